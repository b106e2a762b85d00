import { accountAnswer } from "./answers/account.ts";
import { transactionAnswer } from "./answers/transactions.ts";
import { ApiError } from "./api-error.ts";
import { askedHistory, noteAskedHistory } from "./asked-history.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { chosenAccounts, itemCalls } from "./item-calls.ts";
import type { ItemRecord } from "./items.ts";
import { flag, integer, nullable, object, oneOf, optional, string, text } from "./judge.ts";
import { createChance } from "./world/chance.ts";
import { dayOf } from "./world/day.ts";
import type { World, WorldAccount, WorldTransaction } from "./world/world.ts";

/** A state that an item was in. */
interface State {
  /** Ms since the epoch. */
  at: number;
  /** How many transactions had been added to it: more may come within a millisecond. */
  added: number;
}

/** How far a client has come: it knows all that was in one state, and the first `offset` of the changes from there to the other. */
interface Cursor {
  /** Null when it knows nothing yet. */
  from: State | null;
  /** Null when no page is left. */
  to: State | null;
  offset: number;
}

interface Told {
  one: WorldTransaction;
  account: WorldAccount;
}

const BEGINNING: Cursor = { from: null, to: null, offset: 0 };

/** Plaid's way to the transactions of an item that tells what changed since the last time. Link Money has it not. */
export function createSyncEndpoint(core: Core, manner: Manner): Record<string, Endpoint> {
  const { clock, items } = core;
  const { onItem, worldOf } = itemCalls(core, manner);
  const options = {
    include_original_description: nullable(flag),
    include_personal_finance_category: optional(flag),
    include_logo_and_counterparty_beta: optional(flag),
    personal_finance_category_version: optional(oneOf(["v1", "v2"])),
    days_requested: optional(integer(1, 730)),
    account_id: optional(text),
  };
  const stateOf = ({ added = [] }: ItemRecord): State => ({ at: clock.now(), added: added.length });

  return {
    "/transactions/sync": onItem(
      {
        cursor: nullable(string), // as the quickstart of Plaid's Node SDK begins,
        count: optional(integer(1, 500)),
        options: optional(object(options, manner.unknown)),
      },
      (item, { cursor, count = 100, options: asked }) => {
        const id = asked?.account_id;
        noteAskedHistory(items, item, asked?.days_requested);
        const world = askedHistory(worldOf(item), item);
        const accounts = chosenAccounts(world, id === undefined ? undefined : [id]).filter(hasTransactions);
        if (!item.synced) items.change(item, { synced: true });

        const tag = createChance("cursor", item.itemId, id ?? "").hex(12);
        const now = stateOf(item);
        const { from, to, offset } = cursor === "now" ? { ...BEGINNING, from: now } : read(cursor ?? "", tag);
        if (to && (dayOf(to.at) !== dayOf(now.at) || to.added !== now.added))
          throw new ApiError("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
        const before = from ? toldIn(askedHistory(items.world(item, from.at, from.added), item), id) : [];
        const after = toldIn(world, id);
        const [added, removed] = [lacking(after, before), lacking(before, after)];

        const end = offset + count;
        const more = added.length + removed.length > end;
        return {
          accounts: accounts.map(accountAnswer),
          added: added.slice(offset, end).map(({ one, account }) =>
            transactionAnswer(one, account, {
              originalDescription: asked?.include_original_description ?? false,
              personalFinanceCategory: true,
            }),
          ),
          // one that posts has another id than while it was pending, and nothing else changes
          modified: [],
          removed: removed
            .slice(Math.max(0, offset - added.length), Math.max(0, end - added.length))
            .map(({ one, account }) => ({ transaction_id: one.id, account_id: account.id })),
          has_more: more,
          next_cursor: written(tag, more ? { from, to: now, offset: end } : { ...BEGINNING, from: now }),
          transactions_update_status: "HISTORICAL_UPDATE_COMPLETE",
        };
      },
    ),
  };
}

function hasTransactions({ plan }: WorldAccount): boolean {
  return plan.type !== "investment";
}

/** All that is known there, or of one account, oldest first. */
function toldIn({ accounts }: World, id: string | undefined): Told[] {
  return accounts
    .filter((account) => hasTransactions(account) && (id === undefined || account.id === id))
    .flatMap((account) => account.transactions().map((one) => ({ one, account })))
    .sort((a, b) => a.one.date - b.one.date);
}

function lacking(list: readonly Told[], other: readonly Told[]): Told[] {
  const known = new Set(other.map(({ one }) => one.id));
  return list.filter(({ one }) => !known.has(one.id));
}

/** The cursor as it travels: whose it is, and how far it is. */
function written(tag: string, { from, to, offset }: Cursor): string {
  const state = (one: State | null) => (one ? `${one.at}+${one.added}` : "");
  return Buffer.from([tag, state(from), state(to), offset].join("/")).toString("base64");
}

/** @throws ApiError INVALID_FIELD for what was no cursor of this item and account. */
function read(cursor: string, tag: string): Cursor {
  if (cursor === "") return BEGINNING;
  const [, whose, from, to, offset = ""] =
    /^([0-9a-f]+)\/(\d+\+\d+|)\/(\d+\+\d+|)\/(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (whose !== tag) throw new ApiError("INVALID_FIELD", { message: "cursor not associated with access_token" });
  const state = (text = "") => {
    const [at, added] = text.split("+");
    return text === "" ? null : { at: Number(at), added: Number(added) };
  };
  return { from: state(from), to: state(to), offset: Number(offset) };
}
