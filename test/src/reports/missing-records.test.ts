import { expect, it } from "@jest/globals";
import type { AccountType } from "../../../schema/enums.ts";
import { storedError } from "../../../src/errors/stored-error.ts";
import { GatewayError } from "../../../src/errors.ts";
import { type ListKind, missingRecords } from "../../../src/reports/missing-records.ts";

const CAUSE = storedError(new GatewayError("ITEM_CONSENT_REQUIRED", "No consent."));

/** The code of the reason that a list of an account of item-1 is empty, or of what is said of a list of `count` records. */
function reason(
  kind: ListKind,
  type: AccountType,
  options: { warning?: string; of?: string | null; cause?: typeof CAUSE | null; told?: boolean; count?: number } = {},
) {
  const { warning, of = "item-1", cause = CAUSE, told = true, count = 0 } = options;
  const [found, ...more] = missingRecords(
    { provider: "PLAID", itemUuid: "uuid-1", remoteId: "item-1" },
    {
      warnings: warning ? [{ warningType: "ASSET_REPORT_WARNING", warningCode: warning, remoteItemId: of, cause }] : [],
    },
    {
      type,
      counts: { transactions: count, history: 0, holdings: count, investmentTransactions: count },
      investmentsTold: told,
    },
    kind,
  );
  expect(more).toEqual([]);
  return found ? [found.product, found.error.code, found.itemUuid] : null;
}

const INVESTMENTS = "INVESTMENTS_UNAVAILABLE";
const TRANSACTIONS = "TRANSACTIONS_UNAVAILABLE";
type Case = [string, Parameters<typeof reason>, ReturnType<typeof reason>];

it.each<Case>([
  ["nothing held", ["holdings", "INVESTMENT"], null],
  ["a deposit account has no holdings", ["holdings", "DEPOSITORY", { told: false }], null],
  ["not told", ["holdings", "INVESTMENT", { told: false }], ["INVESTMENTS", "PRODUCT_UNSUPPORTED", "uuid-1"]],
  [
    "warned of",
    ["investmentTransactions", "INVESTMENT", { warning: INVESTMENTS, told: false }],
    ["INVESTMENTS", "ITEM_CONSENT_REQUIRED", "uuid-1"],
  ],
  [
    "warned of without an item",
    ["holdings", "INVESTMENT", { warning: INVESTMENTS, of: null }],
    ["INVESTMENTS", "ITEM_CONSENT_REQUIRED", "uuid-1"],
  ],
  [
    "warned of without a cause",
    ["holdings", "INVESTMENT", { warning: INVESTMENTS, cause: null }],
    ["INVESTMENTS", "PROVIDER_ERROR", "uuid-1"],
  ],
  ["a warning of another item", ["holdings", "INVESTMENT", { warning: INVESTMENTS, of: "item-2" }], null],
  ["a warning of something else", ["holdings", "INVESTMENT", { warning: TRANSACTIONS }], null],
  ["a warning, but there they are", ["holdings", "INVESTMENT", { warning: INVESTMENTS, count: 1 }], null],
  ["no transactions", ["transactions", "DEPOSITORY", { told: false }], null],
  [
    "transactions warned of",
    ["transactions", "CREDIT", { warning: TRANSACTIONS, told: false }],
    ["TRANSACTIONS", "ITEM_CONSENT_REQUIRED", "uuid-1"],
  ],
  ["transactions of a loan", ["transactions", "LOAN", { warning: TRANSACTIONS }], null],
])("%s", (_, of, wanted) => {
  expect(reason(...of)).toEqual(wanted);
});
