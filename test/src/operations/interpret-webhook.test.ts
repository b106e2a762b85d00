import { afterEach, describe, expect, it } from "@jest/globals";
import type { ItemStatus } from "../../../schema/enums.ts";
import { type ManualClock, manualClock } from "../../../src/clock.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { eventBody } from "../../../src/operations/event-body.ts";
import { EARLY_MS, interpretWebhook } from "../../../src/operations/interpret-webhook.ts";
import { removeItem } from "../../../src/operations/remove-item.ts";
import { listEvents } from "../../../src/store/events.ts";
import { findDelivery, reopenDelivery } from "../../../src/store/inbox.ts";
import {
  deleteItem,
  findItem,
  insertItem,
  itemLock,
  type StoredItem,
  setItemHealth,
} from "../../../src/store/items.ts";
import { lockName } from "../../../src/store/lock-name.ts";
import { eachDatabase, onPostgres } from "../../support/database.ts";
import { linkedItem, reportDeps, reportMaker } from "../../support/report-worker.ts";
import { itemRow } from "../../support/rows.ts";
import { until } from "../../support/until.ts";
import { deliver } from "../../support/webhook-inbox.ts";

const START = Date.UTC(2026, 2, 2);
const AT = new Date(START).toISOString();

/** What a webhook of an item changes: in the item's row, and as an event. */
const EFFECTS: {
  what: string;
  body: Record<string, unknown>;
  item?: { health?: ItemStatus; generations?: object; consent?: string; webhook?: string; fresh?: object };
  event: object;
  dropsCache?: boolean;
}[] = [
  {
    what: "an error that the person must mend",
    body: {
      webhook_type: "ITEM",
      webhook_code: "ERROR",
      error: { error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED" },
    },
    item: { health: "ACTION_REQUIRED" },
    event: { type: "ITEM_ERROR", error: expect.objectContaining({ code: "ITEM_LOGIN_REQUIRED" }) },
  },
  {
    what: "an error that passes",
    body: {
      webhook_type: "ITEM",
      webhook_code: "ERROR",
      error: { error_type: "INSTITUTION_ERROR", error_code: "INSTITUTION_DOWN" },
    },
    item: { health: "DEGRADED" },
    event: { type: "ITEM_ERROR", error: expect.objectContaining({ code: "INSTITUTION_UNAVAILABLE" }) },
  },
  {
    what: "a consent that ends soon",
    body: {
      webhook_type: "ITEM",
      webhook_code: "PENDING_EXPIRATION",
      consent_expiration_time: "2026-03-09T13:25:17.766Z",
    },
    item: { health: "EXPIRING", consent: "2026-03-09T13:25:17.766Z" },
    event: { type: "ITEM_PENDING_EXPIRATION" },
  },
  {
    what: "a permission that was revoked",
    body: {
      webhook_type: "ITEM",
      webhook_code: "USER_PERMISSION_REVOKED",
      error: { error_type: "ITEM_ERROR", error_code: "USER_PERMISSION_REVOKED" },
    },
    item: {
      health: "DISCONNECTED",
      generations: expect.objectContaining({ ACCOUNTS: 1, INVESTMENTS: 1, LIABILITIES: 1 }),
    },
    event: { type: "ITEM_PERMISSION_REVOKED", error: expect.objectContaining({ code: "ITEM_REVOKED" }) },
    dropsCache: true,
  },
  {
    what: "an account that the person took back at the bank",
    body: { webhook_type: "ITEM", webhook_code: "USER_ACCOUNT_REVOKED", account_id: "a1" },
    item: {
      generations: {
        ...{
          ACCOUNTS: 1,
          BALANCE: 1,
          AUTH: 1,
          IDENTITY: 1,
          TRANSACTIONS: 1,
          INVESTMENTS: 1,
          INVESTMENT_TRANSACTIONS: 1,
        },
        ...{ INVESTMENTS_AUTH: 1, LIABILITIES: 1 },
      },
    },
    event: { type: "OTHER", account_ids: ["a1"] },
    dropsCache: true,
  },
  {
    what: "a webhook address that was moved",
    body: {
      webhook_type: "ITEM",
      webhook_code: "WEBHOOK_UPDATE_ACKNOWLEDGED",
      error: null,
      new_webhook_url: "https://example.com/hook",
    },
    item: { webhook: "https://example.com/hook" },
    event: { type: "ITEM_WEBHOOK_UPDATED" },
  },
  {
    what: "new transactions",
    body: { webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", error: null, new_transactions: 3 },
    item: {
      generations: { ACCOUNTS: 1, TRANSACTIONS: 1 },
      fresh: { product: "TRANSACTIONS", lastSuccessfulUpdate: AT, lastFailedUpdate: null },
    },
    event: { type: "TRANSACTIONS_DEFAULT_UPDATE", new_count: 3 },
  },
  {
    what: "an update of transactions that failed",
    body: {
      webhook_type: "TRANSACTIONS",
      webhook_code: "INITIAL_UPDATE",
      new_transactions: 0,
      error: { error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED" },
    },
    item: {
      generations: { ACCOUNTS: 1, TRANSACTIONS: 1 },
      fresh: { product: "TRANSACTIONS", lastSuccessfulUpdate: null, lastFailedUpdate: AT },
    },
    event: { type: "TRANSACTIONS_INITIAL_UPDATE", error: expect.objectContaining({ code: "ITEM_LOGIN_REQUIRED" }) },
  },
  {
    what: "transactions taken back",
    body: { webhook_type: "TRANSACTIONS", webhook_code: "TRANSACTIONS_REMOVED", removed_transactions: ["t1", "t2"] },
    item: { generations: { ACCOUNTS: 1, TRANSACTIONS: 1 } },
    event: { type: "TRANSACTIONS_REMOVED", removed_count: 2, transaction_ids: [] },
  },
  {
    what: "changed holdings",
    body: {
      webhook_type: "HOLDINGS",
      webhook_code: "DEFAULT_UPDATE",
      error: null,
      new_holdings: 19,
      updated_holdings: 1,
    },
    item: { generations: { ACCOUNTS: 1, INVESTMENTS: 1 } },
    event: { type: "HOLDINGS_UPDATED", new_count: 19, updated_count: 1 },
  },
  {
    what: "investment transactions",
    body: {
      webhook_type: "INVESTMENTS_TRANSACTIONS",
      webhook_code: "DEFAULT_UPDATE",
      new_investments_transactions: 16,
      canceled_investments_transactions: 2,
    },
    item: { generations: { INVESTMENT_TRANSACTIONS: 1 } },
    event: { type: "INVESTMENT_TRANSACTIONS_UPDATED", new_count: 16, removed_count: 2 },
  },
  {
    what: "changed liabilities",
    body: {
      webhook_type: "LIABILITIES",
      webhook_code: "DEFAULT_UPDATE",
      account_ids_with_new_liabilities: ["a1"],
      account_ids_with_updated_liabilities: { a2: ["past_amount_due"] },
    },
    item: { generations: { ACCOUNTS: 1, LIABILITIES: 1 } },
    event: { type: "LIABILITIES_UPDATED", account_ids: ["a1", "a2"] },
  },
  {
    what: "an account that was verified",
    body: { webhook_type: "AUTH", webhook_code: "AUTOMATICALLY_VERIFIED", account_id: "a1" },
    item: { generations: { ACCOUNTS: 1, AUTH: 1 } },
    event: { type: "AUTH_AUTOMATICALLY_VERIFIED", account_ids: ["a1"] },
  },
  {
    what: "what this gateway has no name for",
    body: { webhook_type: "TRANSFER", webhook_code: "SOMETHING_NEW", more: { of: "it" } },
    event: { type: "OTHER" },
  },
];

describe("a webhook of an item", () => {
  eachDatabase((_, open) => {
    let deps: OperationDeps;
    let dropped: string[];
    let clock: ManualClock;
    afterEach(async () => {
      await deps.hub.close();
      await deps.jobs.stop();
    });

    async function linked(): Promise<StoredItem> {
      dropped = [];
      clock = manualClock(START);
      const made = await reportDeps(await open(), { PLAID: reportMaker() }, { clock });
      deps = { ...made, cache: { ...made.cache, drop: async (_viewer, item) => void dropped.push(item) } };
      return found(await linkedItem(deps, "ann", "PLAID"));
    }
    async function found(id: string): Promise<StoredItem> {
      const item = await findItem(deps.store.db, "ann", id);
      if (!item) throw new Error("the item is gone");
      return item;
    }
    const come = async (item: StoredItem, body: object) => {
      const inboxId = await deliver(deps, { ...body, item_id: item.remote_id });
      await interpretWebhook(deps, inboxId);
      return inboxId;
    };
    const events = () => listEvents(deps.store.db, "ann", { after: 0, first: 100 });
    const ERROR = EFFECTS[0]?.body ?? {};

    it.each(EFFECTS)("tells of $what", async ({ body, item: change = {}, event, dropsCache }) => {
      const item = await linked();
      const inboxId = await come(item, body);
      const now = await found(item.id);
      expect(now).toMatchObject({
        health: change.health ?? "HEALTHY",
        last_webhook_at: AT,
        last_webhook_code: body.webhook_code,
        description: {
          consentExpiresAt: change.consent ?? null,
          webhook: change.webhook ?? null,
          ...(change.fresh && { freshness: [change.fresh] }),
        },
      });
      expect(now.generations).toEqual(change.generations ?? {});
      expect(dropped).toEqual(dropsCache ? [item.id] : []);
      expect(now.access_epoch).toBe(dropsCache ? 1 : 0);
      const [only, ...more] = await events();
      expect(more).toEqual([]);
      expect(only).toMatchObject({ n: 1, item_id: item.id, provider: "PLAID", occurred_at: AT, ...event });
      expect(only && eventBody(deps, only)).toEqual({ ...body, item_id: item.remote_id });
      expect(await findDelivery(deps.store.db, inboxId)).toMatchObject({ interpreted_at: AT });
    });

    it("changes nothing when interpreted twice, and makes no second event when replayed", async () => {
      const item = await linked();
      const inboxId = await come(item, ERROR);
      await interpretWebhook(deps, inboxId);
      await reopenDelivery(deps.store.db, inboxId);
      await interpretWebhook(deps, inboxId);
      expect(await events()).toHaveLength(1);
      expect((await found(item.id)).health).toBe("ACTION_REQUIRED");
    });

    it("does not take back what was known of the item since it came", async () => {
      const item = await linked();
      const inboxId = await deliver(deps, { ...ERROR, item_id: item.remote_id });
      clock.advance(1_000);
      await setItemHealth(deps.store.db, item, {
        status: "DEGRADED",
        error: null,
        at: new Date(clock.now()).toISOString(),
      });
      await interpretWebhook(deps, inboxId);
      expect((await found(item.id)).health).toBe("DEGRADED");
      expect(await events()).toMatchObject([{ type: "ITEM_ERROR" }]);
    });

    it("leaves an ended access ended", async () => {
      const item = await linked();
      await come(item, { webhook_type: "ITEM", webhook_code: "USER_PERMISSION_REVOKED" });
      await come(item, { webhook_type: "ITEM", webhook_code: "LOGIN_REPAIRED" });
      await come(item, ERROR);
      expect((await found(item.id)).health).toBe("DISCONNECTED");
    });

    it("is repaired by the webhook that says so", async () => {
      const item = await linked();
      await come(item, ERROR);
      await come(item, { webhook_type: "ITEM", webhook_code: "LOGIN_REPAIRED" });
      expect(await found(item.id)).toMatchObject({ health: "HEALTHY", health_error: null });
    });

    it("takes effect after those that came before it, whichever job runs first", async () => {
      const item = await linked();
      const first = await deliver(deps, { ...ERROR, item_id: item.remote_id });
      const second = await deliver(deps, {
        webhook_type: "ITEM",
        webhook_code: "LOGIN_REPAIRED",
        item_id: item.remote_id,
      });
      await interpretWebhook(deps, second);
      await interpretWebhook(deps, first);
      expect((await events()).map(({ type }) => type)).toEqual(["ITEM_ERROR", "ITEM_REPAIRED"]);
      expect((await found(item.id)).health).toBe("HEALTHY");
    });

    it("interprets a backlog of hundreds to the last, in order", async () => {
      const item = await linked();
      const ids: number[] = [];
      for (let count = 0; count < 230; count++) {
        const body = { webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", new_transactions: count };
        ids.push(await deliver(deps, { ...body, item_id: item.remote_id }));
      }
      await interpretWebhook(deps, ids.at(-1) ?? 0);
      const told = await listEvents(deps.store.db, "ann", { after: 0, first: 1_000 });
      expect(told.map(({ new_count }) => new_count)).toEqual(ids.map((_, index) => index));
    });

    it("waits when its item is not linked here", async () => {
      const item = await linked();
      await deleteItem(deps.store.db, "ann", item.id);
      const inboxId = await come(item, ERROR);
      expect(await findDelivery(deps.store.db, inboxId)).toMatchObject({ interpreted_at: null });
      expect(await events()).toEqual([]);
    });

    it("has no effect when it is of an earlier link, replayed too", async () => {
      const item = await linked();
      const inboxId = await deliver(deps, { ...ERROR, item_id: item.remote_id });
      const later = new Date(START + EARLY_MS + 1).toISOString();
      await deps.store.db.updateTable("item").set({ linked_at: later }).execute();
      await interpretWebhook(deps, inboxId);
      expect(await findDelivery(deps.store.db, inboxId)).toMatchObject({ interpreted_at: AT });
      expect(await events()).toEqual([]);
      expect((await found(item.id)).health).toBe("HEALTHY");
    });

    it("waits no longer when its item is removed: whoever links it next is not told", async () => {
      const item = await linked();
      const inboxId = await deliver(deps, { ...ERROR, item_id: item.remote_id });
      const others = await deliver(deps, { ...ERROR, item_id: "another" });
      await removeItem(deps, "ann", item.id);
      expect(await findDelivery(deps.store.db, inboxId)).toMatchObject({ interpreted_at: AT });
      expect(await findDelivery(deps.store.db, others)).toMatchObject({ interpreted_at: null });
    });

    it("that cannot be read holds up none that come after it", async () => {
      const item = await linked();
      const body = { webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", item_id: item.remote_id };
      const unreadable: number[] = [];
      for (let count = 0; count < 120; count++) unreadable.push(await deliver(deps, body));
      const sealed = { body_sealed: Buffer.from("no ciphertext") };
      await deps.store.db.updateTable("webhook_inbox").set(sealed).where("id", "in", unreadable).execute();
      await come(item, ERROR);
      expect((await found(item.id)).health).toBe("ACTION_REQUIRED");
      expect(await events()).toMatchObject([{ type: "ITEM_ERROR" }]);
      expect(await findDelivery(deps.store.db, unreadable[0] ?? 0)).toMatchObject({ interpreted_at: null });
      await expect(interpretWebhook(deps, unreadable[0] ?? 0)).rejects.toThrow();
    });

    it("is done when it is about no item at all", async () => {
      await linked();
      const inboxId = await deliver(deps, { webhook_type: "LINK", webhook_code: "SESSION_FINISHED" });
      await interpretWebhook(deps, inboxId);
      expect(await findDelivery(deps.store.db, inboxId)).toMatchObject({ interpreted_at: AT });
    });

    it("shows its body with all digits", async () => {
      const item = await linked();
      const body = `{"webhook_type":"ITEM","webhook_code":"X","item_id":"${item.remote_id}","exact":0.12345678901234567890}`;
      const inboxId = await deliver(deps, { webhook_type: "ITEM", webhook_code: "X", item_id: item.remote_id }, body);
      await interpretWebhook(deps, inboxId);
      const [event] = await events();
      expect(event && eventBody(deps, event)).toMatchObject({ exact: "0.12345678901234567890" });
    });

    it("shows its body less secrets", async () => {
      const item = await linked();
      await come(item, {
        webhook_type: "ITEM",
        webhook_code: "X",
        public_token: "p",
        deep: [{ accessToken: "a", ok: 1 }],
      });
      const [event] = await events();
      expect(event && eventBody(deps, event)).toMatchObject({
        public_token: null,
        deep: [{ accessToken: null, ok: 1 }],
      });
    });
  });

  onPostgres((open) => {
    it("that comes while its item is being linked takes effect once it is", async () => {
      const store = await open();
      const deps = await reportDeps(store, { PLAID: reportMaker() });
      const replica = await reportDeps(await open.replica(store), { PLAID: reportMaker() });
      const row = itemRow();
      let interpreted: Promise<void> = Promise.resolve();
      await store.transaction(async (tx) => {
        await lockName(tx.db, itemLock("PLAID", row.remote_id));
        await insertItem(tx.db, row);
        const body = { webhook_type: "ITEM", webhook_code: "LOGIN_REPAIRED", item_id: row.remote_id };
        interpreted = interpretWebhook(replica, await deliver(replica, body));
        await until(async () => {
          const { rows } = await replica.store.execute("select 1 from pg_locks where not granted");
          return rows.length > 0;
        });
      });
      await interpreted;
      expect(await listEvents(store.db, "ann", { after: 0, first: 10 })).toMatchObject([{ type: "ITEM_REPAIRED" }]);
      for (const { hub, jobs } of [deps, replica]) {
        await hub.close();
        await jobs.stop();
      }
    });

    it("makes one event, and one order, of webhooks that two replicas interpret at once", async () => {
      const store = await open();
      const replicas = [
        await reportDeps(store, { PLAID: reportMaker() }),
        await reportDeps(await open.replica(store), { PLAID: reportMaker() }),
      ];
      const [here] = replicas;
      if (!here) throw new Error("no replica");
      const id = await linkedItem(here, "ann", "PLAID");
      const item = await findItem(store.db, "ann", id);
      const ids: number[] = [];
      for (let count = 0; count < 40; count++) {
        const body = { webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", new_transactions: count };
        ids.push(await deliver(here, { ...body, item_id: item?.remote_id }));
      }
      await Promise.all(replicas.flatMap((deps) => ids.toReversed().map((inboxId) => interpretWebhook(deps, inboxId))));
      const told = await listEvents(store.db, "ann", { after: 0, first: 100 });
      expect(told.map(({ new_count }) => new_count)).toEqual(ids.map((_, index) => index));
      for (const { hub, jobs } of replicas) {
        await hub.close();
        await jobs.stop();
      }
    });
  });
});
