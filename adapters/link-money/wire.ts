/**
 * Link Money's requests and answers where they differ from Plaid's, by FinGoal's Plaid guide. What its guide leaves out is
 * optional here; what it adds stands beside. What really comes is read leniently.
 */
import type {
  AccountBalance,
  AccountBase,
  AssetReportTransaction,
  CreditCardLiability,
  Institution,
  InstitutionStatus,
  Item,
  JWKPublicKey,
  ProductStatus,
  ProductStatusBreakdown,
  Security,
  Transaction,
} from "plaid";

type Without<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** No word of products. */
export type LinkMoneyItem = Without<Item, "available_products" | "billed_products">;

export type LinkMoneyAccount = Omit<AccountBase, "balances"> & { balances: AccountBalance };

/** Its own share of the errors is `error_link_money`; the guide's examples mix in `error_plaid`. */
export type LinkMoneyStatusBreakdown = Without<ProductStatusBreakdown, "error_plaid"> & { error_link_money?: number };

export type LinkMoneyProductStatus = Omit<ProductStatus, "breakdown"> & { breakdown: LinkMoneyStatusBreakdown };

export type LinkMoneyInstitution = Omit<
  Without<Institution, "products" | "country_codes" | "routing_numbers" | "oauth">,
  "status"
> & { status?: { [kind in keyof InstitutionStatus | "balance"]?: LinkMoneyProductStatus } | null };

export type LinkMoneySecurity = Without<
  Security,
  "market_identifier_code" | "sector" | "industry" | "option_contract" | "fixed_income" | "cfi_code" | "figi"
>;

export type LinkMoneyCreditCardLiability = Without<CreditCardLiability, "last_statement_balance">;

/** Saving advice that FinGoal's fingineers attach to a transaction. */
export interface SavingAdvice {
  insight_text?: string | null;
  insight_ctaurl?: string | null;
  finsight_image?: string | null;
  recommendation?: string | null;
  /** What following the advice is held to save. */
  amountFound?: number | null;
}

/** `uid` is the user's id at the client, or Link Money's. */
export type LinkMoneyTransaction = (Transaction | AssetReportTransaction) & SavingAdvice & { uid?: string };

/** Answer of /webhook__verification_key. */
export interface LinkMoneyWebhookKeyResponse {
  key: JWKPublicKey;
  request_id: string;
}
