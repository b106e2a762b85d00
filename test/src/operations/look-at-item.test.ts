import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Adapter, ItemRecord } from "../../../adapters/adapter.ts";
import { type ManualClock, manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { isSilent, silencesAt } from "../../../src/operations/is-silent.ts";
import { lookAtItem } from "../../../src/operations/look-at-item.ts";
import { reconcileItems } from "../../../src/operations/reconcile-items.ts";
import { listEvents } from "../../../src/store/events.ts";
import { findItem, insertItem, listSilentItems, noteWebhook, type StoredItem } from "../../../src/store/items.ts";
import { sealToken } from "../../../src/store/tokens.ts";
import { eachDatabase, openMemoryStore } from "../../support/database.ts";
import { reportDeps, reportMaker } from "../../support/report-worker.ts";
import { itemDescription, itemRow } from "../../support/rows.ts";
import { until } from "../../support/until.ts";

const HOUR_MS = 3_600_000;
const LINKED = "2026-03-01T00:00:00.000Z";
const START = Date.parse(LINKED);

describe("how long an item may be silent", () => {
  const item = (products: ItemRecord["products"], change: Partial<StoredItem> = {}) =>
    ({ ...itemRow({ description: itemDescription({ products }) }), ...change }) as StoredItem;

  it.each([
    [["TRANSACTIONS"], 24],
    [["INVESTMENTS", "ASSETS"], 36],
    [["INVESTMENTS", "TRANSACTIONS"], 24],
    [["LIABILITIES"], 36],
    [["ASSETS"], 168],
    [null, 24],
  ] as [ItemRecord["products"], number][])("%j: %i hours", (products, hours) => {
    expect(isSilent(item(products), START + hours * HOUR_MS)).toBe(false);
    expect(isSilent(item(products), START + hours * HOUR_MS + 1)).toBe(true);
  });

  it("is the same rule in the database", async () => {
    const store = await openMemoryStore();
    const lately = new Date(START + 20 * HOUR_MS).toISOString();
    const items: StoredItem[] = [];
    for (const products of [["TRANSACTIONS"], ["INVESTMENTS", "ASSETS"], ["LIABILITIES"], ["ASSETS"], [], null]) {
      for (const heard of [{}, { last_webhook_at: lately }, { described_at: lately }]) {
        for (const health of ["HEALTHY", "EXPIRING"] as const) {
          const description = itemDescription({ products: products as ItemRecord["products"] });
          items.push(await insertItem(store.db, itemRow({ description, health, ...heard })));
        }
      }
    }
    for (const hours of [5, 7, 23, 25, 27, 37, 45, 57, 169, 189]) {
      const now = START + hours * HOUR_MS;
      const silent = items.filter((one) => isSilent(one, now)).map(({ id }) => id);
      expect((await listSilentItems(store.db, silencesAt(now), 100)).sort()).toEqual(silent.sort());
    }
    await store.close();
  });

  it("begins anew with a webhook, and with a look", () => {
    const now = START + 30 * HOUR_MS;
    const lately = new Date(now - HOUR_MS).toISOString();
    expect(isSilent(item(["TRANSACTIONS"]), now)).toBe(true);
    expect(isSilent(item(["TRANSACTIONS"], { last_webhook_at: lately }), now)).toBe(false);
    expect(isSilent(item(["TRANSACTIONS"], { described_at: lately }), now)).toBe(false);
  });
});

describe("how long an item whose consent ends may go without a look", () => {
  it.each([
    ["EXPIRING", 6, false],
    ["EXPIRING", 6.1, true],
    ["HEALTHY", 6.1, false],
    ["ACTION_REQUIRED", 6.1, false],
  ] as const)("%s, %d hours, with webhooks: %s", (health, hours, silent) => {
    const now = START + hours * HOUR_MS;
    const row = itemRow({ health, last_webhook_at: new Date(now).toISOString() });
    expect(isSilent(row as StoredItem, now)).toBe(silent);
  });
});

describe("a look at a silent item", () => {
  eachDatabase((_, open) => {
    let deps: OperationDeps;
    let clock: ManualClock;
    let looks: number;
    let answer: () => ItemRecord;
    const fresh = (product: "TRANSACTIONS" | "INVESTMENTS", at: string) => ({
      product,
      lastSuccessfulUpdate: at,
      lastFailedUpdate: null,
    });
    const record = (change: Partial<ItemRecord> = {}): ItemRecord => ({
      ...itemDescription({ products: ["TRANSACTIONS"] }),
      remoteId: "remote",
      lastWebhookAt: null,
      lastWebhookCode: null,
      error: null,
      ...change,
    });

    beforeEach(async () => {
      clock = manualClock(START);
      looks = 0;
      answer = record;
      const made = await reportDeps(await open(), { PLAID: reportMaker() }, { clock });
      const adapter = {
        ...made.adapters.get("PLAID"),
        readItem: async () => {
          looks++;
          return {
            data: answer(),
            origin: { endpoint: "/item/get", requestId: "r-2", fetchedAt: new Date(clock.now()).toISOString() },
            leftOut: [],
            itemError: null,
          };
        },
      } as unknown as Adapter;
      deps = { ...made, adapters: new Map([["PLAID", adapter]]) };
    });
    afterEach(async () => {
      await deps.hub.close();
      await deps.jobs.stop();
    });

    async function linked(change: Partial<StoredItem> = {}): Promise<string> {
      const row = itemRow({ description: itemDescription({ products: ["TRANSACTIONS"] }), ...change });
      await insertItem(deps.store.db, { ...row, token_sealed: sealToken(deps.vault, row, "access-test") });
      return row.id;
    }
    const events = async () =>
      (await listEvents(deps.store.db, "ann", { after: 0, first: 10 })).map(({ type }) => type);
    const late = 25 * HOUR_MS;

    it("finds the update whose webhook was lost, once", async () => {
      const id = await linked();
      clock.advance(late);
      answer = () => record({ freshness: [fresh("TRANSACTIONS", "2026-03-01T20:00:00.000Z")] });
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({
        generations: { ACCOUNTS: 1, TRANSACTIONS: 1 },
        described_request_id: "r-2",
        description: {
          institutionName: "First Platypus Bank",
          freshness: [fresh("TRANSACTIONS", "2026-03-01T20:00:00.000Z")],
        },
      });
      expect(await events()).toEqual(["TRANSACTIONS_DEFAULT_UPDATE"]);
      await lookAtItem(deps, id);
      expect(looks).toBe(1); // it is not silent any more
      clock.advance(late);
      await lookAtItem(deps, id);
      expect(looks).toBe(2);
      expect(await events()).toEqual(["TRANSACTIONS_DEFAULT_UPDATE"]);
    });

    it("takes nothing back that a webhook told already", async () => {
      const told = fresh("TRANSACTIONS", "2026-03-01T20:00:05.000Z");
      const id = await linked({ description: itemDescription({ products: ["TRANSACTIONS"], freshness: [told] }) });
      clock.advance(late);
      answer = () => record({ freshness: [fresh("TRANSACTIONS", "2026-03-01T20:00:00.000Z")] });
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({
        generations: {},
        description: { freshness: [told] },
      });
      expect(await events()).toEqual([]);
    });

    it("finds it broken, and healed again", async () => {
      const id = await linked();
      clock.advance(late);
      answer = () => record({ error: new GatewayError("ITEM_LOGIN_REQUIRED", "Sign in.") });
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health: "ACTION_REQUIRED" });
      clock.advance(late);
      answer = record;
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health: "HEALTHY" });
      expect(await events()).toEqual(["ITEM_ERROR", "ITEM_REPAIRED"]);
    });

    it("finds a consent that ends within a week, once", async () => {
      const id = await linked();
      for (const [consentExpiresAt, health] of [
        ["2026-03-12T00:00:00.000Z", "HEALTHY"],
        ["2026-03-09T00:00:00.000Z", "EXPIRING"],
        ["2026-03-09T00:00:00.000Z", "EXPIRING"],
      ]) {
        clock.advance(late);
        answer = () => record({ consentExpiresAt });
        await lookAtItem(deps, id);
        expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health, description: { consentExpiresAt } });
      }
      expect(await events()).toEqual(["ITEM_PENDING_EXPIRATION"]);
    });

    it("finds a consent renewed", async () => {
      const soon = itemDescription({ products: ["TRANSACTIONS"], consentExpiresAt: "2026-03-05T00:00:00.000Z" });
      const id = await linked({ health: "EXPIRING", description: soon });
      clock.advance(late);
      answer = () => record({ consentExpiresAt: "2026-03-05T00:00:00.000Z" });
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health: "EXPIRING" });
      clock.advance(late);
      answer = () => record({ consentExpiresAt: "2027-03-05T00:00:00.000Z" });
      await lookAtItem(deps, id);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({
        health: "HEALTHY",
        description: { consentExpiresAt: "2027-03-05T00:00:00.000Z" },
      });
    });

    it("is had anyway where it is asked for", async () => {
      const id = await linked({ health: "ACTION_REQUIRED" });
      await lookAtItem(deps, id);
      expect(looks).toBe(0);
      await lookAtItem(deps, id, { anyway: true });
      expect(looks).toBe(1);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health: "HEALTHY" });
    });

    it("leaves it silent when the aggregator does not answer", async () => {
      const id = await linked();
      clock.advance(late);
      answer = () => {
        throw new GatewayError("PROVIDER_UNAVAILABLE", "Down.");
      };
      await lookAtItem(deps, id);
      await lookAtItem(deps, id);
      expect(looks).toBe(2);
      expect(await findItem(deps.store.db, "ann", id)).toMatchObject({ health: "HEALTHY", described_at: LINKED });
    });

    it("goes to those not looked at for longest first, though their looks fail", async () => {
      const [first, second, third] = [await linked(), await linked(), await linked()];
      clock.advance(late);
      answer = () => {
        throw new GatewayError("PROVIDER_UNAVAILABLE", "Down.");
      };
      await lookAtItem(deps, first);
      clock.advance(HOUR_MS);
      await lookAtItem(deps, third);
      expect(await listSilentItems(deps.store.db, silencesAt(clock.now()), 3)).toEqual([second, first, third]);
    });

    it("is taken every hour, of the silent alone", async () => {
      const silent = await linked();
      const quiet = await linked({ description: itemDescription({ products: ["ASSETS"] }) });
      const gone = await linked({ health: "DISCONNECTED" });
      const heard = await linked();
      const asked: string[] = [];
      const stop = reconcileItems({
        ...deps,
        jobs: { ...deps.jobs, send: async (_tx, _queue, data) => void asked.push((data as { itemId: string }).itemId) },
      });
      clock.advance(24 * HOUR_MS);
      await noteWebhook(deps.store.db, heard, { at: new Date(clock.now()).toISOString(), code: "DEFAULT_UPDATE" });
      clock.advance(HOUR_MS);
      await until(() => asked.length > 0);
      stop();
      expect(asked).toEqual([silent]);
      expect([quiet, gone, heard].some((id) => asked.includes(id))).toBe(false);
    });
  });
});
