import { accountForAdded } from "./added-transactions.ts";
import { ApiError } from "./api-error.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { FIRED, firedWebhook } from "./fired-webhooks.ts";
import { itemCalls } from "./item-calls.ts";
import { resetItemLogin } from "./item-logins.ts";
import { defaultUpdate, type ItemWebhook, syncUpdates } from "./item-webhooks.ts";
import type { ItemRecord } from "./items.ts";
import { amount, date, type Judged, listOf, object, oneOf, optional, text } from "./judge.ts";
import { centsOf } from "./world/cents.ts";
import { dayOf, isoDate } from "./world/day.ts";
import type { VerificationStatus } from "./world/world.ts";

/** The one of Plaid's test users whose items take further transactions. */
const DYNAMIC = "user_transactions_dynamic";
const MOST_ADDED = 10;
/** How far back an added transaction may lie. */
const OLDEST_ADDED_DAYS = 14;
const CURRENCY = /^[A-Z]{3}$/;

const NEW_TRANSACTION = {
  date_transacted: date,
  date_posted: date,
  amount,
  description: text,
  iso_currency_code: optional(text),
};

/** Plaid's endpoints that have something happen to an item, which its sandbox alone has. */
export function createSandboxEndpoints(core: Core, manner: Manner): Record<string, Endpoint> {
  const { clock, items, tell } = core;
  const { onItem } = itemCalls(core, manner);
  const told = (item: ItemRecord, ...webhooks: ItemWebhook[]) => {
    if (item.webhook === null) return;
    for (const webhook of webhooks) tell(item, item.webhook, { ...webhook, item_id: item.itemId });
  };

  /** @throws ApiError INVALID_FIELD. */
  const demandRecent = (transactions: readonly Judged<typeof NEW_TRANSACTION>[]) => {
    const today = dayOf(clock.now());
    const from = today - OLDEST_ADDED_DAYS;
    const refuse = (at: number, what: string) =>
      new ApiError("INVALID_FIELD", { message: `transactions[${at}].${what}` });
    for (const [at, { date_transacted, date_posted, iso_currency_code = "USD" }] of transactions.entries()) {
      for (const [name, day] of Object.entries({ date_transacted, date_posted })) {
        if (day < from || day > today)
          throw refuse(at, `${name} must be a date from ${isoDate(from)} to ${isoDate(today)}`);
      }
      if (date_posted < date_transacted) throw refuse(at, "date_posted must not be before date_transacted");
      if (!CURRENCY.test(iso_currency_code)) throw refuse(at, "iso_currency_code must be an ISO 4217 currency code");
    }
  };

  return {
    "/sandbox/item/fire_webhook": onItem(
      { webhook_code: oneOf(FIRED), webhook_type: optional(text) },
      (item, { webhook_code, webhook_type = "TRANSACTIONS" }) => {
        const body = firedWebhook(webhook_code, webhook_type, item, core);
        if (item.webhook === null) throw new ApiError("SANDBOX_WEBHOOK_INVALID");
        tell(item, item.webhook, body);
        return { webhook_fired: true };
      },
    ),
    "/sandbox/item/reset_login": onItem({}, (item) => {
      resetItemLogin(item, core);
      return { reset_login: true };
    }),
    "/sandbox/item/set_verification_status": onItem(
      {
        account_id: text,
        verification_status: oneOf<VerificationStatus>(["automatically_verified", "verification_expired"]),
      },
      (item, { account_id, verification_status }) => {
        if (!items.world(item).accounts.some(({ id }) => id === account_id)) throw new ApiError("INVALID_ACCOUNT_ID");
        items.change(item, { verification: { ...item.verification, [account_id]: verification_status } });
        told(item, { webhook_type: "AUTH", webhook_code: verification_status.toUpperCase(), account_id });
        return {};
      },
    ),
    "/sandbox/transactions/create": onItem(
      { transactions: listOf(object(NEW_TRANSACTION, manner.unknown), 1, MOST_ADDED) },
      (item, { transactions }) => {
        // an item that did not come by a public token of a test user's is the sandbox's own
        if (item.username !== undefined && item.username !== DYNAMIC) {
          const message = `transactions can be created for Items of the test user ${DYNAMIC} only`;
          throw new ApiError("INVALID_FIELD", { message });
        }
        demandRecent(transactions);
        if (!accountForAdded(items.world(item))) throw new ApiError("NO_ACCOUNTS");
        const added = transactions.map((one) => ({
          addedAt: clock.now(),
          transacted: one.date_transacted,
          posted: one.date_posted,
          amount: centsOf(one.amount),
          description: one.description,
          currency: one.iso_currency_code ?? "USD",
        }));
        items.change(item, { added: [...(item.added ?? []), ...added] });
        const world = items.world(item);
        told(
          item,
          { ...defaultUpdate("TRANSACTIONS", world), new_transactions: added.length },
          ...(item.synced ? [syncUpdates()] : []),
        );
        return {};
      },
    ),
  };
}
