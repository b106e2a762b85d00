import { isLiability } from "./answers/liabilities.ts";
import { hasNumbers } from "./answers/numbers.ts";
import { transactionsAnswer } from "./answers/transactions.ts";
import { ApiError } from "./api-error.ts";
import type { World, WorldAccount } from "./world/world.ts";

/** What a webhook about an item says besides the item's id and the environment. */
export interface ItemWebhook {
  webhook_type: string;
  webhook_code: string;
  [field: string]: unknown;
}

/** The kinds of data that a DEFAULT_UPDATE can be about. */
export const UPDATED = [
  "TRANSACTIONS",
  "HOLDINGS",
  "INVESTMENTS_TRANSACTIONS",
  "LIABILITIES",
  "AUTH",
  "IDENTITY",
] as const;
type Updated = (typeof UPDATED)[number];

const isInvestment = ({ plan }: WorldAccount) => plan.type === "investment";
const hasTransactions = (account: WorldAccount) => !isInvestment(account);
const hasOwner = ({ plan }: WorldAccount) => plan.owner !== null;

/** What such an update tells of the accounts that it is about. */
const UPDATES: Readonly<
  Record<Updated, [of: (account: WorldAccount) => boolean, tell: (ids: string[], world: World) => object]>
> = {
  TRANSACTIONS: [
    hasTransactions,
    (_ids, { accounts, today }) => ({ new_transactions: newTransactions(accounts, today) }),
  ],
  HOLDINGS: [isInvestment, (ids) => ({ new_holdings: 0, updated_holdings: ids.length })],
  INVESTMENTS_TRANSACTIONS: [
    isInvestment,
    () => ({ new_investments_transactions: 0, cancelled_investments_transactions: 0 }),
  ],
  LIABILITIES: [
    isLiability,
    (ids) => ({
      account_ids_with_new_liabilities: [],
      account_ids_with_updated_liabilities: each(ids, ["last_payment_amount"]),
    }),
  ],
  AUTH: [
    hasNumbers,
    (ids) => ({ account_ids_with_new_auth: [], account_ids_with_updated_auth: each(ids, ["ACCOUNT_NUMBER"]) }),
  ],
  IDENTITY: [hasOwner, (ids) => ({ account_ids_with_updated_identity: each(ids, ["PHONES"]) })],
};

/** Whether the item has accounts with data of this kind. */
export function hasData(type: Updated, { accounts }: World): boolean {
  return accounts.some(UPDATES[type][0]);
}

/** That newer data of this kind is there. */
export function defaultUpdate(type: Updated, world: World): ItemWebhook {
  const [isOf, tell] = UPDATES[type];
  const ids = world.accounts.filter(isOf).map(({ id }) => id);
  return { webhook_type: type, webhook_code: "DEFAULT_UPDATE", error: null, ...tell(ids, world) };
}

/** That /transactions/sync would tell something new. */
export function syncUpdates(): ItemWebhook {
  const complete = { initial_update_complete: true, historical_update_complete: true };
  return { webhook_type: "TRANSACTIONS", webhook_code: "SYNC_UPDATES_AVAILABLE", ...complete };
}

/** That the item has an error: its login no longer works, say. */
export function itemError(code: string): ItemWebhook {
  return { webhook_type: "ITEM", webhook_code: "ERROR", error: errorInWebhook(code) };
}

/** An error as webhooks tell it: with its HTTP status, and without the id of a request. */
export function errorInWebhook(code: string): object {
  const error = new ApiError(code);
  return { ...error.toWire(), status: error.status };
}

/** How many transactions the day brought so far. */
function newTransactions(accounts: readonly WorldAccount[], today: number): number {
  return transactionsAnswer(accounts, { from: today, to: today, count: 0, offset: 0 }).total_transactions;
}

function each<T>(ids: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(ids.map((id) => [id, value]));
}
