import type { Clock } from "../clock.ts";
import { investmentTransactionsAnswer } from "./answers/investment-transactions.ts";
import { consentEnd } from "./consent-end.ts";
import type { Core } from "./endpoints.ts";
import { defaultUpdate, type ItemWebhook, itemError, syncUpdates } from "./item-webhooks.ts";
import type { ItemRecord, Items } from "./items.ts";
import type { StateStore } from "./state.ts";
import { type Day, dayOf, msOf } from "./world/day.ts";
import type { World } from "./world/world.ts";

/** What it is made with. */
export interface ItemLifeDeps {
  store: StateStore;
  clock: Clock;
  items: Items;
  tell: Core["tell"];
}

/** Aggregators warn of a consent that ends so many days before: https://plaid.com/docs/api/items/#pending_disconnect. */
const WARNED_DAYS = 7;
/** Where consents are Europe's, and told of as such. */
const EUROPEAN: readonly (string | undefined)[] = ["GB", "DE"];

/**
 * Tells by webhook, as each day begins, what it brought to the items that have one: new transactions and trades, a consent that
 * ends soon or has ended. Days on which the sandbox did not run are told as one. Returns what ends it.
 */
export function startItemLife({ store, clock, items, tell }: ItemLifeDeps): () => void {
  const { state } = store;
  state.toldUpTo ??= dayOf(clock.now());

  const tellDays = () => {
    const before = state.toldUpTo ?? 0;
    const today = dayOf(clock.now());
    if (today <= before) return;
    state.toldUpTo = today;
    store.save();
    for (const item of items.all()) {
      const { webhook, removed } = item;
      if (webhook === null || removed) continue;
      for (const news of newsOf(item, { after: before, today })) tell(item, webhook, { ...news, item_id: item.itemId });
    }
  };

  const newsOf = (item: ItemRecord, { after, today }: { after: Day; today: Day }): ItemWebhook[] => {
    const plan = items.plan(item);
    const end = consentEnd(item, plan);
    const endDay = end === null ? null : dayOf(end);
    if (endDay !== null && after < endDay && endDay <= today) return [itemError("ITEM_LOGIN_REQUIRED")];
    if (plan.error !== undefined) return [];
    const warnDay = endDay !== null && Math.max(endDay - WARNED_DAYS, dayOf(item.consentFrom ?? item.linkedAt) + 1);
    const warned = end !== null && warnDay !== false && after < warnDay && warnDay <= today;
    const world = items.world(item);
    return [
      ...(warned ? [consentEnds(end, item, items)] : []),
      ...newTransactions(world, after, item.synced ?? false),
      ...newTrades(world, after),
    ];
  };

  let cancel = () => {};
  const tellAfter = (ms: number) => {
    cancel = clock.after(ms, () => {
      tellDays();
      tellAfter(msOf(dayOf(clock.now()) + 1) - clock.now());
    });
  };
  tellAfter(0); // the days since it last ran
  return () => cancel();
}

function newTransactions(world: World, after: Day, isSynced: boolean): ItemWebhook[] {
  const told = world.accounts.filter(({ plan }) => plan.type !== "investment").flatMap((one) => one.transactions());
  const count = told.filter((one) => one.date > after && one.date <= world.today).length;
  if (count === 0) return [];
  return [{ ...defaultUpdate("TRANSACTIONS", world), new_transactions: count }, ...(isSynced ? [syncUpdates()] : [])];
}

function newTrades(world: World, after: Day): ItemWebhook[] {
  const asked = { from: after + 1, to: world.today, count: 1, offset: 0 };
  const { total_investment_transactions: count } = investmentTransactionsAnswer(world, world.accounts, asked);
  if (count === 0) return [];
  return [{ ...defaultUpdate("INVESTMENTS_TRANSACTIONS", world), new_investments_transactions: count }];
}

/** Plaid has one webhook for Europe and one for America; Link Money has the former alone. */
function consentEnds(end: number, item: ItemRecord, items: Items): ItemWebhook {
  const time = new Date(end).toISOString();
  const isEuropean = items.plan(item).accounts.some(({ country }) => EUROPEAN.includes(country));
  if (item.provider === "PLAID" && !isEuropean) {
    const why = { reason: "INSTITUTION_TOKEN_EXPIRATION", disconnect_time: time };
    return { webhook_type: "ITEM", webhook_code: "PENDING_DISCONNECT", ...why };
  }
  return { webhook_type: "ITEM", webhook_code: "PENDING_EXPIRATION", consent_expiration_time: time };
}
