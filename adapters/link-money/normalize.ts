import type { TransactionInsight } from "../../schema/transaction.ts";
import { decimal, text, url } from "../fields.ts";
import { createNormalizers } from "../plaid-format/normalizers.ts";
import { nullWhenEmpty, raw } from "../records.ts";
import type { SavingAdvice } from "./wire.ts";

/** Link Money's answers as records: Plaid's format, with saving advice on transactions. */
export const normalize = createNormalizers("LINK_MONEY", readInsight);

/** Null where no fingineer has found anything. */
function readInsight(value: unknown): TransactionInsight | null {
  const advice = raw<SavingAdvice>(value);
  return nullWhenEmpty({
    text: text(advice.insight_text),
    ctaUrl: url(advice.insight_ctaurl),
    imageUrl: url(advice.finsight_image),
    recommendation: text(advice.recommendation),
    amountFound: decimal(advice.amountFound),
  });
}
