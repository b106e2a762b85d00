import type { AccountType, Product } from "../../schema/enums.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { ReportItem } from "../../schema/report-content.ts";
import { revivedError } from "../errors/stored-error.ts";
import { unavailable } from "../errors/unavailable.ts";
import { GatewayError } from "../errors.ts";
import type { PageKind } from "../store/database.ts";
import type { ContentAccount, ContentHead } from "./content.ts";

/** The lists of an account that a report may lack. */
export type ListKind = Exclude<PageKind, "history">;

const INVESTMENTS: Told = { product: "INVESTMENTS", warning: "INVESTMENTS_UNAVAILABLE", types: ["INVESTMENT"] };
const TOLD: Record<ListKind, Told> = {
  transactions: { product: "TRANSACTIONS", warning: "TRANSACTIONS_UNAVAILABLE", types: ["DEPOSITORY", "CREDIT"] },
  holdings: INVESTMENTS,
  investmentTransactions: INVESTMENTS,
};

/** Of which accounts a list is told, and the warning (Plaid's codes) that an item's are not. */
interface Told {
  product: Product;
  warning: string;
  types: readonly AccountType[];
}

/** Why an account's list is empty where one would expect records: without a reason, nothing of it means that there is nothing. */
export function missingRecords(
  item: Pick<ReportItem, "provider" | "itemUuid" | "remoteId">,
  { warnings }: Pick<ContentHead, "warnings">,
  account: Pick<ContentAccount, "type" | "counts" | "investmentsTold">,
  kind: ListKind,
): Unavailable[] {
  const { product, warning, types } = TOLD[kind];
  if (account.counts[kind] > 0 || !types.includes(account.type)) return [];
  const { provider, itemUuid, remoteId } = item;
  const warned = warnings.find(
    (one) => one.warningCode === warning && (one.remoteItemId === null || one.remoteItemId === remoteId),
  );
  if (!warned && (kind === "transactions" || account.investmentsTold)) return [];
  const upstream = { provider };
  const error = warned
    ? (warned.cause && revivedError(warned.cause)) ||
      new GatewayError("PROVIDER_ERROR", `${provider} warns of ${warning} in this report, and does not say why.`, {
        upstream,
      })
    : new GatewayError(
        "PRODUCT_UNSUPPORTED",
        `${provider} tells nothing of this account's investments in this report. Where it has them for reports, the item must be linked with the product INVESTMENTS.`,
        {
          upstream,
        },
      );
  return [unavailable(error, { itemUuid, provider, product })];
}
