import type { TransactionInsight } from "../../schema/transaction.ts";
import { decimal, text, url } from "../fields.ts";
import { createNormalizers, type Normalizers } from "../plaid-format/normalizers.ts";
import { isObject, nullWhenEmpty, raw } from "../records.ts";
import type {
  LinkMoneyInstitutionStatus,
  LinkMoneyLiabilities,
  LinkMoneyProductStatus,
  LinkMoneyStatusBreakdown,
  SavingAdvice,
} from "./wire.ts";

const plaidFormat = createNormalizers("LINK_MONEY", readInsight);

/**
 * Link Money's answers as records: Plaid's format, with saving advice on transactions. Where the guide's examples differ
 * from Plaid's, and from each other, either is taken.
 */
export const normalize: Normalizers = {
  ...plaidFormat,
  institution: (body, leftOut) =>
    plaidFormat.institution({ ...body, institution: asPlaids(body.institution) }, leftOut),
  institutions: (body, leftOut) =>
    plaidFormat.institutions(
      Array.isArray(body.institutions) ? { ...body, institutions: body.institutions.map(asPlaids) } : body,
      leftOut,
    ),
  liabilities: (body, leftOut) => plaidFormat.liabilities({ ...body, liabilities: liabilitiesIn(body) }, leftOut),
};

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

/** The institution with colour, address and logo beside its status, where Plaid has them, instead of in it. */
function asPlaids(institution: unknown): unknown {
  if (!isObject(institution) || !isObject(institution.status)) return institution;
  const status = raw<LinkMoneyInstitutionStatus>(institution.status);
  return {
    ...institution,
    url: institution.url ?? status.url,
    primary_color: institution.primary_color ?? status.primary_color,
    logo: institution.logo ?? status.logo,
    status: Object.fromEntries(statusesIn(institution.status)),
  };
}

/** Every kind of request that has a status, also those inside another, as `liabilities` in `investments`. */
function statusesIn(kinds: Record<string, unknown>): [kind: string, status: object][] {
  return Object.entries(kinds).flatMap(([kind, value]) => {
    if (!isObject(value) || text(value.status) === null) return [];
    const { breakdown, error_link_money } = raw<LinkMoneyProductStatus>(value);
    const shares = raw<LinkMoneyStatusBreakdown>(isObject(breakdown) ? breakdown : error_link_money);
    const own = { ...value, breakdown: { ...shares, error_plaid: shares.error_plaid ?? shares.error_link_money } };
    return [[kind, own], ...statusesIn(value)];
  });
}

/** At the top, or inside `investments`. */
function liabilitiesIn(body: Record<string, unknown>): unknown {
  const { liabilities, investments } = raw<LinkMoneyLiabilities>(body);
  return liabilities ?? raw<LinkMoneyLiabilities["investments"]>(investments).liabilities;
}
