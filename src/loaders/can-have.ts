import type { AccountType } from "../../schema/enums.ts";

/** Which accounts can have any of either kind of transaction. */
export const canHave = {
  transactions: (type: AccountType) => type !== "INVESTMENT",
  investmentTransactions: (type: AccountType) => type === "INVESTMENT",
};
