import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { AGGREGATORS, type Aggregator } from "./aggregator.ts";
import { ApiError } from "./api-error.ts";
import type { StateStore } from "./state.ts";
import { createChance } from "./world/chance.ts";
import { type Day, dayOf } from "./world/day.ts";
import type { UserPlan } from "./world/plan.ts";
import { USER_NAMES, userOf } from "./world/users.ts";
import { createWorld, type World } from "./world/world.ts";

/** One item, as it is kept: what it holds follows from it and the clock. */
export interface ItemRecord {
  aggregator: Aggregator;
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
  create(aggregator: Aggregator, options: { user: string; webhook?: string | null; demo?: boolean }): ItemRecord;
  /** The item of an access token. @throws ApiError INVALID_ACCESS_TOKEN, also when it was removed. */
  byToken(aggregator: Aggregator, accessToken: string): ItemRecord;
  /** Null when there never was one; removed ones are found, by token too. */
  byId(itemId: string): ItemRecord | null;
  find(aggregator: Aggregator, accessToken: unknown): ItemRecord | null;
  remove(item: ItemRecord): void;
  /** Notes that a webhook about the item was sent. */
  noteWebhook(item: ItemRecord, code: string): void;
  /** The items of the demo household, removed ones too; made at the first start with this seed. */
  demo(aggregator: Aggregator): ItemRecord[];
  plan(item: ItemRecord): UserPlan;
  /** What the item holds: now, or on an earlier day. */
  world(item: ItemRecord, day?: Day): World;
  createPublicToken(options: { user: string; webhook?: string | null }): string;
  /** Turns a public token into a Plaid item. @throws ApiError INVALID_PUBLIC_TOKEN. */
  exchange(publicToken: string): ItemRecord;
}

const PUBLIC_TOKEN_MS = 30 * 60_000;
const WORLDS_KEPT = 64;
const DEMO_USERS: Readonly<Record<Aggregator, readonly string[]>> = {
  plaid: ["default", "brokerage"],
  "link-money": ["default"],
};

export function createItems({ store, clock, seed }: { store: StateStore; clock: Clock; seed: number }): Items {
  const { state } = store;
  const worlds = new LRUCache<string, World>({ max: WORLDS_KEPT });
  const planOf = (user: string, aggregator: Aggregator): UserPlan => {
    const plan = userOf(user, aggregator);
    if (!plan) throw new Error(`the sandbox has no user "${user}"; there are ${USER_NAMES.join(", ")}`);
    return plan;
  };
  const find: Items["find"] = (aggregator, accessToken) =>
    state.items.find((item) => item.accessToken === accessToken && item.aggregator === aggregator) ?? null;
  const demo: Items["demo"] = (aggregator) =>
    state.items.filter((item) => item.demo && item.aggregator === aggregator && item.seed === seed);

  const create: Items["create"] = (aggregator, { user, webhook = null, demo = false }) => {
    planOf(user, aggregator);
    const number = state.items.filter((item) => item.aggregator === aggregator && item.seed === seed).length;
    const chance = createChance(seed, aggregator, "item", number);
    const item: ItemRecord = {
      aggregator,
      itemId: chance.id(37),
      accessToken: aggregator === "plaid" ? `access-sandbox-${chance.uuid()}` : `link-sandbox-${chance.hex(40)}`,
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

  for (const aggregator of AGGREGATORS) {
    if (demo(aggregator).length > 0) continue;
    for (const user of DEMO_USERS[aggregator]) create(aggregator, { user, demo: true });
  }

  return {
    create,
    byToken(aggregator, accessToken) {
      const item = find(aggregator, accessToken);
      if (!item || item.removed) throw new ApiError("INVALID_ACCESS_TOKEN");
      return item;
    },
    byId: (itemId) => state.items.find((item) => item.itemId === itemId) ?? null,
    find,
    remove(item) {
      item.removed = true;
      store.save();
    },
    noteWebhook(item, code) {
      item.lastWebhook = { sentAt: clock.now(), code };
      store.save();
    },
    demo,
    plan: (item) => planOf(item.user, item.aggregator),
    world(item, day = dayOf(clock.now())) {
      const key = `${item.itemId}/${day}`;
      const known = worlds.get(key);
      if (known) return known;
      const { seed: itsSeed, user, itemId, aggregator } = item;
      const world = createWorld(
        planOf(user, aggregator),
        { seed: itsSeed, user: `${aggregator}/${user}`, itemId, linked: dayOf(item.linkedAt) },
        day,
      );
      worlds.set(key, world);
      return world;
    },
    createPublicToken({ user, webhook = null }) {
      planOf(user, "plaid");
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
      return create("plaid", found);
    },
  };
}
