import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { ApiError } from "./api-error.ts";
import { IMITATED, type Imitated } from "./imitated.ts";
import type { StateStore } from "./state.ts";
import { type Chance, createChance } from "./world/chance.ts";
import { type Day, dayOf } from "./world/day.ts";
import type { UserPlan } from "./world/plan.ts";
import { USER_NAMES, userOf } from "./world/users.ts";
import { createWorld, type World } from "./world/world.ts";

/** One item, as it is kept: what it holds follows from it and the clock. */
export interface ItemRecord {
  provider: Imitated;
  itemId: string;
  accessToken: string;
  user: string;
  seed: number;
  /** Ms since the epoch. */
  linkedAt: number;
  webhook: string | null;
  removed: boolean;
  /** One of the demo household's. */
  demo: boolean;
  lastWebhook: { sentAt: number; code: string } | null;
}

/** What Link gives the front end: good once, for 30 minutes. */
export interface PublicToken {
  token: string;
  user: string;
  webhook: string | null;
  /** Ms since the epoch. */
  expiresAt: number;
}

/** The items of both aggregators. */
export interface Items {
  create(provider: Imitated, options: { user: string; webhook?: string | null; demo?: boolean }): ItemRecord;
  /** The item of an access token. @throws ApiError INVALID_ACCESS_TOKEN, also when it was removed. */
  byToken(provider: Imitated, accessToken: string): ItemRecord;
  /** Null when there never was one; removed ones are found, by token too. */
  byId(itemId: string): ItemRecord | null;
  find(provider: Imitated, accessToken: unknown): ItemRecord | null;
  remove(item: ItemRecord): void;
  /** Gives the item another access token, which it returns; the one before is forgotten. */
  rotateToken(item: ItemRecord): string;
  setWebhook(item: ItemRecord, webhook: string | null): void;
  /** Notes that a webhook about the item was sent. */
  noteWebhook(item: ItemRecord, code: string): void;
  /** The items of the demo household, removed ones too; made at the first start with this seed. */
  demo(provider: Imitated): ItemRecord[];
  plan(item: ItemRecord): UserPlan;
  /** What the item holds: now, or on an earlier day. */
  world(item: ItemRecord, day?: Day): World;
  createPublicToken(options: { user: string; webhook?: string | null }): string;
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

export function createItems({ store, clock, seed }: { store: StateStore; clock: Clock; seed: number }): Items {
  const { state } = store;
  const worlds = new LRUCache<string, World>({ max: WORLDS_KEPT });
  const planOf = (user: string, provider: Imitated): UserPlan => {
    const plan = userOf(user, provider);
    if (!plan) throw new Error(`the sandbox has no user "${user}"; there are ${USER_NAMES.join(", ")}`);
    return plan;
  };
  const find: Items["find"] = (provider, accessToken) =>
    state.items.find((item) => item.accessToken === accessToken && item.provider === provider) ?? null;
  const demo: Items["demo"] = (provider) =>
    state.items.filter((item) => item.demo && item.provider === provider && item.seed === seed);

  const create: Items["create"] = (provider, { user, webhook = null, demo = false }) => {
    planOf(user, provider);
    const number = state.items.filter((item) => item.provider === provider && item.seed === seed).length;
    const chance = createChance(seed, provider, "item", number);
    const item: ItemRecord = {
      provider,
      itemId: chance.id(37),
      accessToken: MANNERS[provider].newToken(chance),
      user,
      seed,
      linkedAt: clock.now(),
      webhook,
      removed: false,
      demo,
      lastWebhook: null,
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
    setWebhook(item, webhook) {
      item.webhook = webhook;
      store.save();
    },
    noteWebhook(item, code) {
      item.lastWebhook = { sentAt: clock.now(), code };
      store.save();
    },
    demo,
    plan: (item) => planOf(item.user, item.provider),
    world(item, day = dayOf(clock.now())) {
      const key = `${item.itemId}/${day}`;
      const known = worlds.get(key);
      if (known) return known;
      const { seed: itsSeed, user, itemId, provider } = item;
      const world = createWorld(
        planOf(user, provider),
        { seed: itsSeed, user: `${MANNERS[provider].story}/${user}`, itemId, linked: dayOf(item.linkedAt) },
        day,
      );
      worlds.set(key, world);
      return world;
    },
    createPublicToken({ user, webhook = null }) {
      planOf(user, "PLAID");
      const now = clock.now();
      state.publicTokens = state.publicTokens.filter((one) => one.expiresAt > now);
      const token = `public-sandbox-${createChance(seed, "public", now, state.items.length, state.publicTokens.length).uuid()}`;
      state.publicTokens.push({ token, user, webhook, expiresAt: now + PUBLIC_TOKEN_MS });
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
