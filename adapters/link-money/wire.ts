/**
 * What Link Money writes otherwise than Plaid, by FinGoal's Plaid guide. Everything may be missing: what really comes is
 * read leniently.
 */
import type { Institution, LiabilitiesGetResponse, ProductStatus, ProductStatusBreakdown } from "plaid";

/** Its own share of the errors is `error_link_money`; the guide's examples mix in `error_plaid`. */
export type LinkMoneyStatusBreakdown = ProductStatusBreakdown & { error_link_money: number };

/** The breakdown stands in one of the guide's examples under `error_link_money`. */
export type LinkMoneyProductStatus = ProductStatus & { error_link_money: LinkMoneyStatusBreakdown };

/** An institution's status, with what Plaid writes beside it. */
export type LinkMoneyInstitutionStatus = Pick<Institution, "url" | "primary_color" | "logo">;

/** The liabilities stand in one of the guide's examples inside `investments`. */
export type LinkMoneyLiabilities = LiabilitiesGetResponse & {
  investments: Pick<LiabilitiesGetResponse, "liabilities">;
};

/** Saving advice that FinGoal's fingineers attach to a transaction. */
export interface SavingAdvice {
  insight_text?: string | null;
  insight_ctaurl?: string | null;
  finsight_image?: string | null;
  recommendation?: string | null;
  /** What following the advice is held to save. */
  amountFound?: number | null;
}
