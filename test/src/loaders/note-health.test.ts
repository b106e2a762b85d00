import { afterEach, describe, expect, it } from "@jest/globals";
import type { ErrorCode, ItemStatus } from "../../../schema/enums.ts";
import { type StoredError, storedError } from "../../../src/errors/stored-error.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createHub } from "../../../src/events.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { listEvents } from "../../../src/store/events.ts";
import { findItem, insertItem } from "../../../src/store/items.ts";
import type { Store } from "../../../src/store/store.ts";
import { openMemoryStore, silentLog } from "../../support/database.ts";
import { fakeAdapter, reading } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";

const stored = (code: ErrorCode): StoredError => storedError(new GatewayError(code, "said so"));
const failed = (code: ErrorCode) => new GatewayError(code, "refused");

describe("an answer tells of its item", () => {
  let store: Store;
  afterEach(() => store.close());

  it.each<[string, ItemStatus, ErrorCode | null, StoredError | null | GatewayError, ItemStatus, string[]]>([
    ["works and is sound", "HEALTHY", null, null, "HEALTHY", []],
    ["works, its consent ending", "EXPIRING", null, null, "EXPIRING", []],
    ["works again", "ACTION_REQUIRED", "ITEM_LOGIN_REQUIRED", null, "HEALTHY", ["ITEM_REPAIRED"]],
    ["works again by itself", "DEGRADED", "PROVIDER_ERROR", null, "HEALTHY", ["ITEM_REPAIRED"]],
    ["wants its login", "HEALTHY", null, stored("ITEM_LOGIN_REQUIRED"), "ACTION_REQUIRED", ["ITEM_ERROR"]],
    ["wants consent", "EXPIRING", null, stored("ITEM_CONSENT_REQUIRED"), "ACTION_REQUIRED", ["ITEM_ERROR"]],
    ["has trouble that passes", "HEALTHY", null, stored("INSTITUTION_UNAVAILABLE"), "DEGRADED", ["ITEM_ERROR"]],
    [
      "still wants its login",
      "ACTION_REQUIRED",
      "ITEM_LOGIN_REQUIRED",
      stored("ITEM_LOGIN_REQUIRED"),
      "ACTION_REQUIRED",
      [],
    ],
    ["is refused for its login", "HEALTHY", null, failed("ITEM_LOGIN_REQUIRED"), "ACTION_REQUIRED", ["ITEM_ERROR"]],
    ["is revoked", "EXPIRING", null, failed("ITEM_REVOKED"), "DISCONNECTED", ["ITEM_ERROR"]],
    ["is not the one that failed", "HEALTHY", null, failed("INSTITUTION_UNAVAILABLE"), "HEALTHY", []],
  ])("it %s", async (_, health, code, shown, after, events) => {
    store = await openMemoryStore();
    const plaid = fakeAdapter({
      async readAccounts() {
        if (shown instanceof GatewayError) throw shown;
        return { ...reading("/accounts/get", []), itemError: shown };
      },
    });
    const bare = testReadDeps({ plaid });
    const deps = { ...bare, store, hub: await createHub({ store, clock: bare.clock, log: silentLog }) };
    const item = await insertItem(store.db, deps.sealedItem({ health, health_error: code && stored(code) }));
    const { signal } = new AbortController();
    await createLoaders(deps, "ann", signal).accounts(item);
    expect(await findItem(store.db, "ann", item.id)).toMatchObject({ health: after });
    const told = await listEvents(store.db, "ann", { after: 0, first: 10 });
    expect(told.map(({ type }) => type)).toEqual(events);
    await deps.hub.close();
  });
});
