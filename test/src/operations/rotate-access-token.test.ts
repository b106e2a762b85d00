import { afterEach, expect, it } from "@jest/globals";
import type { Adapter } from "../../../adapters/adapter.ts";
import { createCache } from "../../../src/cache.ts";
import { GatewayError } from "../../../src/errors.ts";
import { readProduct } from "../../../src/loaders/read-product.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { confirmItemRemoval, removeItem } from "../../../src/operations/remove-item.ts";
import { rotateAccessToken, settleRotation } from "../../../src/operations/rotate-access-token.ts";
import { listEvents } from "../../../src/store/events.ts";
import { listRemovals } from "../../../src/store/item-removals.ts";
import { findItemById, insertItem, type StoredItem } from "../../../src/store/items.ts";
import { beginRotation } from "../../../src/store/rotation.ts";
import { openToken, sealToken } from "../../../src/store/tokens.ts";
import { eachDatabase, onPostgres } from "../../support/database.ts";
import { accountRecord, fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { reportDeps } from "../../support/report-worker.ts";
import { itemRow } from "../../support/rows.ts";

const LATER = "2100-01-01T00:00:00.000Z";
const error = (code: "PROVIDER_TIMEOUT" | "PROVIDER_UNAVAILABLE" | "PROVIDER_BAD_RESPONSE", options = {}) =>
  new GatewayError(code, "no answer.", { upstream: { provider: "PLAID" }, ...options });
const refusal = (code: "ITEM_REVOKED" | "PROVIDER_ERROR", errorCode: string) =>
  new GatewayError(code, "refused.", { upstream: { provider: "PLAID", httpStatus: 400, errorCode } });

/** An aggregator with one item, whose token is the only one in force. */
function oneItem() {
  const state = { token: "access-1", rotations: 0, removed: [] as string[] };
  const check = (token: string) => {
    if (token !== state.token) throw refusal("ITEM_REVOKED", "INVALID_ACCESS_TOKEN");
  };
  const adapter = fakeAdapter({
    async rotateToken({ token }) {
      state.rotations += 1;
      check(token);
      state.token = `access-${state.rotations + 1}`;
      return state.token;
    },
    async readAccounts({ token }) {
      check(token);
      return reading("/accounts/get", [accountRecord()]);
    },
    async removeItem({ token }) {
      if (token === state.token) state.removed.push(token);
    },
  });
  return { adapter, state };
}

eachDatabase((_, open) => {
  let deps: OperationDeps;
  let item: StoredItem;
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });
  const withAdapter = async (adapter: Adapter) => {
    const plain = await reportDeps(await open(), {});
    const cache = createCache({ ...plain, ttlMs: 0, deadlineMs: 5_000, redisUrl: null });
    deps = { ...plain, cache, adapters: new Map([["PLAID", adapter]]) };
    const row = itemRow({ viewer: "ann", provider: "PLAID" });
    item = await insertItem(deps.store.db, { ...row, token_sealed: sealToken(deps.vault, row, "access-1") });
  };
  const stored = async () => (await findItemById(deps.store.db, item.id)) as StoredItem;
  const read = (row: StoredItem) =>
    readProduct(
      deps,
      {
        product: "ACCOUNTS",
        call: (adapter, call) => adapter.readAccounts(call),
        nouns: (data) => data,
        uncached: true,
      },
      row,
      new AbortController().signal,
    );
  const eventTypes = async () =>
    (await listEvents(deps.store.db, "ann", { after: 0, first: 10 })).map(({ type }) => type);

  it("gives the item the new token, and reads that began with the old one go on with it", async () => {
    const { adapter, state } = oneItem();
    await withAdapter(adapter);
    const before = item;
    const rotated = await rotateAccessToken(deps, "ann", item.id);
    expect(openToken(deps.vault, rotated)).toBe("access-2");
    expect(rotated.rotation_began_at).toBeNull();
    expect(state.token).toBe("access-2");
    expect((await read(before)).value).toHaveLength(1);
    expect((await stored()).health).toBe("HEALTHY");
    expect(await eventTypes()).toEqual([]);
    await settleRotation(deps, { itemId: item.id, began: "2026-01-01T00:00:00.000Z" });
    expect((await stored()).health).toBe("HEALTHY");
  });

  it("says nothing of the item by a read that is refused while the token is being replaced", async () => {
    const { adapter, state } = oneItem();
    await withAdapter(adapter);
    await beginRotation(deps.store.db, item, "2026-01-01T00:00:00.000Z");
    state.token = "access-2";
    const { value, unavailable } = await read(item);
    expect(value).toBeNull();
    expect(unavailable).toMatchObject([{ action: "RETRY_LATER", error: { code: "PROVIDER_UNAVAILABLE" } }]);
    expect((await stored()).health).toBe("HEALTHY");
    expect(await eventTypes()).toEqual([]);
  });

  it.each([
    ["a timeout", error("PROVIDER_TIMEOUT")],
    ["a broken connection", error("PROVIDER_UNAVAILABLE")],
    ["a 5xx", error("PROVIDER_UNAVAILABLE", { upstream: { provider: "PLAID", httpStatus: 500, errorCode: "X" } })],
    ["an answer without the token", error("PROVIDER_BAD_RESPONSE")],
  ])("tells of a new token that was lost by %s", async (_name, lost) => {
    await withAdapter(fakeAdapter({ rotateToken: () => Promise.reject(lost) }));
    await expect(rotateAccessToken(deps, "ann", item.id)).rejects.toMatchObject({
      code: "ITEM_LOGIN_REQUIRED",
      action: "RELINK",
      retryable: false,
      message: expect.stringMatching(/lost/),
    });
    expect(await stored()).toMatchObject({
      health: "ACTION_REQUIRED",
      health_error: { code: "ITEM_LOGIN_REQUIRED", action: "RELINK", message: expect.stringMatching(/lost/) },
      rotation_began_at: null,
    });
    expect(await eventTypes()).toEqual(["ITEM_ERROR"]);
    // the old one was not replaced: the next read shows it
    await read(await stored());
    expect((await stored()).health).toBe("HEALTHY");
    expect(await eventTypes()).toEqual(["ITEM_ERROR", "ITEM_REPAIRED"]);
  });

  it.each([
    ["nothing was sent", error("PROVIDER_UNAVAILABLE", { nothingDone: true }), "HEALTHY"],
    ["the aggregator refused", refusal("PROVIDER_ERROR", "INVALID_FIELD"), "HEALTHY"],
    ["the token was over already", refusal("ITEM_REVOKED", "INVALID_ACCESS_TOKEN"), "DISCONNECTED"],
  ])("leaves the item as it is known to be where %s", async (_name, refused, health) => {
    await withAdapter(fakeAdapter({ rotateToken: () => Promise.reject(refused) }));
    await expect(rotateAccessToken(deps, "ann", item.id)).rejects.toBe(refused);
    expect(await stored()).toMatchObject({ health, rotation_began_at: null });
  });

  it("has a job that tells of the new token of a process that died", async () => {
    await withAdapter(oneItem().adapter);
    const sent: unknown[] = [];
    const { send } = deps.jobs;
    deps.jobs.send = async (tx, queue, data, options) => {
      sent.push([queue, options?.startAfter instanceof Date]);
      return send(tx, queue, data, options);
    };
    await rotateAccessToken(deps, "ann", item.id);
    expect(sent).toEqual([["settle-rotation", true]]);
    const began = "2026-01-01T00:00:00.000Z";
    await beginRotation(deps.store.db, await stored(), began);
    await settleRotation(deps, { itemId: item.id, began });
    expect(await stored()).toMatchObject({ health: "ACTION_REQUIRED", rotation_began_at: null });
    expect(await eventTypes()).toEqual(["ITEM_ERROR"]);
  });

  it("ends upstream the new token of an item that was removed meanwhile, whenever that is", async () => {
    for (const confirmedBefore of [true, false]) {
      const { adapter, state } = oneItem();
      const rotate = adapter.rotateToken?.bind(adapter);
      adapter.rotateToken = async (call) => {
        const token = (await rotate?.(call)) ?? "";
        await removeItem(deps, "ann", item.id);
        if (confirmedBefore) await confirmItemRemoval(deps, item.id);
        return token;
      };
      await withAdapter(adapter);
      await expect(rotateAccessToken(deps, "ann", item.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await confirmItemRemoval(deps, item.id);
      expect(state.removed).toEqual(["access-2"]);
      expect(await listRemovals(deps.store.db, LATER)).toEqual([]);
      await deps.hub.close();
      await deps.jobs.stop();
    }
  });

  it.each([
    ["another's item", "bob", {}, "NOT_FOUND"],
    ["an aggregator without it", "ann", { rotateToken: undefined }, "PRODUCT_UNSUPPORTED"],
  ])("refuses %s before any call", async (_name, viewer, change, code) => {
    await withAdapter(fakeAdapter(change));
    await expect(rotateAccessToken(deps, viewer, item.id)).rejects.toMatchObject({ code });
  });
});

onPostgres((open) => {
  it("of two replicas that replace a token at once one does", async () => {
    const { adapter, state } = oneItem();
    const adapters = new Map([["PLAID" as const, adapter]]);
    const store = await open();
    const [one, other] = [
      { ...(await reportDeps(store, {})), adapters },
      { ...(await reportDeps(await open.replica(store), {})), adapters },
    ];
    const row = itemRow({ viewer: "ann", provider: "PLAID" });
    await insertItem(store.db, { ...row, token_sealed: sealToken(one.vault, row, "access-1") });
    const outcomes = await Promise.allSettled([
      rotateAccessToken(one, "ann", row.id),
      rotateAccessToken(other, "ann", row.id),
    ]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toMatchObject([{ code: "CONFLICT" }]);
    expect(state.rotations).toBe(1);
    const now = await findItemById(store.db, row.id);
    expect(now && openToken(one.vault, now)).toBe("access-2");
    for (const deps of [one, other]) {
      await deps.hub.close();
      await deps.jobs.stop();
    }
  });
});
