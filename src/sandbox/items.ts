import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { type AddedTransaction, withAdded } from "./added-transactions.ts";
import { ApiError } from "./api-error.ts";
import { consentEnd } from "./consent-end.ts";
import { IMITATED, type Imitated } from "./imitated.ts";
import { createLogins, type KeptLogin, type Login } from "./logins.ts";
import type { Product } from "./products.ts";
import type { StateStore } from "./state.ts";
import { type Chance, createChance } from "./world/chance.ts";
import { dayOf } from "./world/day.ts";
import type { UserPlan } from "./world/plan.ts";
import { createWorld, type VerificationStatus, type World } from "./world/world.ts";

/** One item, as it is kept: what it holds follows from it and the clock. */
export interface ItemRecord {
  provider: Imitated;
  itemId: string;
  accessToken: string;
  user: string;
  /** What a custom user was written as when the item was made. */
  custom?: unknown;
  seed: number;
  /** Ms since the epoch. */
  linkedAt: number;
  webhook: string | null;
  removed: boolean;
  /** One of the demo household's. */
  demo: boolean;
  lastWebhook: { sentAt: number; code: string } | null;
  /** How many days the consent lasts; as its user's plan says when absent. */
  consentDays?: number;
  /** When the login was given anew, ms since the epoch: the consent lasts from then on, else from the linking. */
  consentFrom?: number;
  /** What became of its login since it was linked: lost, or given anew. */
  login?: "reset" | "repaired";
  /** Where it was linked, when not at its user's own bank. */
  institutionId?: string;
  /** The name that it was linked by through Plaid's sandbox endpoint. */
  username?: string;
  /** What it was linked with, and what was read of it since; all that its accounts have when absent. */
  products?: Product[];
  /** How many days of transactions before its linking were asked for; all two years when absent. */
  historyDays?: number;
  /** Transactions that were added to it, oldest first. */
  added?: AddedTransaction[];
  /** How far the verification of an account by micro-deposits came, by the account's id. */
  verification?: Readonly<Record<string, VerificationStatus>>;
  /** Its transactions were asked for by /transactions/sync. */
  synced?: boolean;
}

/** What an item is made of. */
export interface NewItem extends Login {
  webhook?: string | null;
  demo?: boolean;
  /** As the user's plan says unless given. */
  consentDays?: number;
}

/** What Link gives the front end: good once, for 30 minutes. */
export interface PublicToken extends KeptLogin {
  token: string;
  webhook: string | null;
  /** Ms since the epoch. */
  expiresAt: number;
}

/** The items of both aggregators. */
export interface Items {
  /** @throws as `Logins.check`. */
  create(provider: Imitated, options: NewItem): ItemRecord;
  /** All there ever were, removed ones too, oldest first. */
  all(): readonly ItemRecord[];
  /** The item of an access token. @throws ApiError INVALID_ACCESS_TOKEN, also when it was removed. */
  byToken(provider: Imitated, accessToken: string): ItemRecord;
  /** Null when there never was one; removed ones are found, by token too. */
  byId(itemId: string): ItemRecord | null;
  find(provider: Imitated, accessToken: unknown): ItemRecord | null;
  remove(item: ItemRecord): void;
  /** Gives the item another access token, which it returns; the one before is forgotten. */
  rotateToken(item: ItemRecord): string;
  /** Keeps what changed of the item. */
  change(
    item: ItemRecord,
    changes: Partial<
      Pick<ItemRecord, "webhook" | "login" | "products" | "historyDays" | "added" | "verification" | "synced">
    >,
  ): void;
  /** Notes that a webhook about the item was sent. */
  noteWebhook(item: ItemRecord, code: string): void;
  /** The items of the demo household, removed ones too; made at the first start with this seed. */
  demo(provider: Imitated): ItemRecord[];
  /** Its user's plan, with what became of the login: lost, with the end of the consent too, or given anew. */
  plan(item: ItemRecord): UserPlan;
  /**
   * What the item holds: now, or at an earlier moment, ms since the epoch; with the first `added` of the transactions that were
   * added to it, or with those that were by then.
   */
  world(item: ItemRecord, at?: number, added?: number): World;
  /** Whether an item can be made of a user of this name. */
  isUser(name: string): boolean;
  /** @throws as `Logins.check` and `Logins.demandItem`. */
  createPublicToken(options: Login & { webhook?: string | null }): string;
  /** Turns a public token into a Plaid item. @throws ApiError INVALID_PUBLIC_TOKEN. */
  exchange(publicToken: string): ItemRecord;
}

const PUBLIC_TOKEN_MS = 30 * 60_000;
const WORLDS_KEPT = 64;
/** Where items differ from one aggregator to the next. */
interface ItemManner {
  /** The household's. */
  demoUsers: readonly string[];
  /** Sets its users' lives apart from those of the same names elsewhere: another word is another life. */
  story: string;
  newToken(chance: Chance): string;
}

const MANNERS: Readonly<Record<Imitated, ItemManner>> = {
  PLAID: {
    demoUsers: ["default", "brokerage"],
    story: "plaid",
    newToken: (chance) => `access-sandbox-${chance.uuid()}`,
  },
  LINK_MONEY: {
    demoUsers: ["default"],
    story: "link-money",
    newToken: (chance) => `link-sandbox-${chance.hex(40)}`,
  },
};

/** What items are made with. */
export interface ItemsDeps {
  store: StateStore;
  clock: Clock;
  seed: number;
  /** Custom users by name, as they are written. */
  customUsers: ReadonlyMap<string, object>;
}

export function createItems({ store, clock, seed, customUsers }: ItemsDeps): Items {
  const { state } = store;
  const worlds = new LRUCache<string, World>({ max: WORLDS_KEPT });
  const logins = createLogins(customUsers);
  const plan: Items["plan"] = (item) => {
    const { login, institutionId } = item;
    const own = logins.planOf(item);
    const there = institutionId === undefined ? own : { ...own, institutionId };
    const end = consentEnd(item, own);
    if (login === "reset" || (end !== null && end <= clock.now())) return { ...there, error: "ITEM_LOGIN_REQUIRED" };
    // a new login mends nothing else
    return login === "repaired" && own.error === "ITEM_LOGIN_REQUIRED" ? { ...there, error: undefined } : there;
  };
  const find: Items["find"] = (provider, accessToken) =>
    state.items.find((item) => item.accessToken === accessToken && item.provider === provider) ?? null;
  const demo: Items["demo"] = (provider) =>
    state.items.filter((item) => item.demo && item.provider === provider && item.seed === seed);

  const create: Items["create"] = (provider, { webhook = null, demo = false, consentDays, ...login }) => {
    const kept = logins.check(provider, login);
    const number = state.items.filter((item) => item.provider === provider && item.seed === seed).length;
    const chance = createChance(seed, provider, "item", number);
    const item: ItemRecord = {
      provider,
      itemId: chance.id(37),
      accessToken: MANNERS[provider].newToken(chance),
      ...kept,
      seed,
      linkedAt: clock.now(),
      webhook,
      removed: false,
      demo,
      lastWebhook: null,
      ...(consentDays !== undefined && { consentDays }),
    };
    state.items.push(item);
    store.save();
    return item;
  };

  for (const provider of IMITATED) {
    if (demo(provider).length > 0) continue;
    for (const user of MANNERS[provider].demoUsers) create(provider, { user, demo: true });
  }

  return {
    create,
    all: () => state.items,
    byToken(provider, accessToken) {
      const item = find(provider, accessToken);
      if (!item || item.removed) throw new ApiError("INVALID_ACCESS_TOKEN");
      return item;
    },
    byId: (itemId) => state.items.find((item) => item.itemId === itemId) ?? null,
    find,
    remove(item) {
      item.removed = true;
      store.save();
    },
    rotateToken(item) {
      item.accessToken = MANNERS[item.provider].newToken(createChance(item.seed, item.itemId, item.accessToken));
      store.save();
      return item.accessToken;
    },
    change(item, changes) {
      Object.assign(item, changes);
      if (changes.login === "repaired") item.consentFrom = clock.now();
      store.save();
    },
    noteWebhook(item, code) {
      item.lastWebhook = { sentAt: clock.now(), code };
      store.save();
    },
    demo,
    plan,
    world(item, at = clock.now(), first) {
      const day = dayOf(at);
      const added = (item.added ?? []).filter(({ addedAt }, number) =>
        first === undefined ? addedAt <= at : number < first,
      );
      const key = `${item.itemId}/${day}/${added.length}`;
      const told = (world: World) => withVerification(world, item.verification);
      const known = worlds.get(key);
      if (known) return told(known);
      const { seed: itsSeed, user, itemId, provider } = item;
      const lived = plan(item);
      const story = lived.isOneLife ? user : `${MANNERS[provider].story}/${user}`;
      const world = withAdded(
        createWorld(lived, { seed: itsSeed, user: story, itemId, linked: dayOf(item.linkedAt) }, day),
        added,
      );
      worlds.set(key, world);
      return told(world);
    },
    isUser: logins.isUser,
    createPublicToken({ webhook = null, ...login }) {
      const kept = logins.check("PLAID", login);
      logins.demandItem(kept);
      const now = clock.now();
      state.publicTokens = state.publicTokens.filter((one) => one.expiresAt > now);
      const token = `public-sandbox-${createChance(seed, "public", now, state.items.length, state.publicTokens.length).uuid()}`;
      state.publicTokens.push({ token, ...kept, webhook, expiresAt: now + PUBLIC_TOKEN_MS });
      store.save();
      return token;
    },
    exchange(publicToken) {
      const now = clock.now();
      const found = state.publicTokens.find((one) => one.token === publicToken && one.expiresAt > now);
      if (!found) throw new ApiError("INVALID_PUBLIC_TOKEN");
      state.publicTokens = state.publicTokens.filter((one) => one !== found);
      return create("PLAID", found);
    },
  };
}

function withVerification(world: World, verification: ItemRecord["verification"]): World {
  if (!verification) return world;
  const accounts = world.accounts.map((account) => ({ ...account, verification: verification[account.id] }));
  return { ...world, accounts };
}
