import type { Cents } from "./world/cents.ts";
import { createChance } from "./world/chance.ts";
import type { Day } from "./world/day.ts";
import { type Description, internal } from "./world/description.ts";
import {
  newestFirst,
  type World,
  type WorldAccount,
  type WorldDepository,
  type WorldTransaction,
} from "./world/world.ts";

/** A transaction that a client added to an item. */
export interface AddedTransaction {
  /** Ms since the epoch. */
  addedAt: number;
  transacted: Day;
  posted: Day;
  /** Positive when money leaves the account. */
  amount: Cents;
  description: string;
  /** ISO 4217. */
  currency: string;
}

/** The account that transactions are added to: the item's first that holds deposits; null when there is none. */
export function accountForAdded({ accounts }: World): WorldDepository | null {
  return accounts.find((account): account is WorldDepository => account.plan.type === "depository") ?? null;
}

/** The world with these transactions in it, its balances of then and now with them. What happens in it else stays. */
export function withAdded(world: World, added: readonly AddedTransaction[]): World {
  const account = accountForAdded(world);
  if (!account || added.length === 0) return world;
  const sumUntil = (day: Day) => added.reduce((sum, { posted, amount }) => (posted <= day ? sum + amount : sum), 0);
  const told = added.map(
    ({ transacted, posted, amount, description, currency }, number): WorldTransaction => ({
      id: createChance(account.id, "added", number).id(37),
      // after all that the day has of its own
      ordinal: 1_000_000 + number,
      ...{ transacted, posted, date: posted, amount, currency },
      description: described(description, amount),
      pending: false,
      pendingId: null,
    }),
  );
  const changed: WorldDepository = {
    ...account,
    transactions: () => [...account.transactions(), ...told].sort(newestFirst),
    current: account.current - sumUntil(world.today),
    balanceAt: (day) => account.balanceAt(day) - sumUntil(day),
  };
  return { ...world, accounts: world.accounts.map((one): WorldAccount => (one === account ? changed : one)) };
}

/** Of the words alone nothing can be told but which way the money went. */
function described(words: string, amount: Cents): Description {
  return internal(amount < 0 ? "transferIn" : "transferOut", words, words);
}
