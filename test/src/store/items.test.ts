import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import type { StoredError } from "../../../src/errors/stored-error.ts";
import {
  bumpGenerations,
  deleteItem,
  findItem,
  findItemByRemote,
  insertItem,
  listItems,
  noteWebhook,
  relinkItem,
  setItemHealth,
} from "../../../src/store/items.ts";
import { eachDatabase } from "../../support/database.ts";
import { itemDescription, itemRow } from "../../support/rows.ts";

const LOGIN_REQUIRED: StoredError = {
  code: "ITEM_LOGIN_REQUIRED",
  message: "Sign in again.",
  action: "RELINK",
  retryable: false,
  retryAt: null,
  displayMessage: null,
  provider: "PLAID",
  errorType: "ITEM_ERROR",
  errorCode: "ITEM_LOGIN_REQUIRED",
  errorCodeReason: null,
  httpStatus: 400,
  requestId: "request-2",
  documentationUrl: null,
  suggestedAction: null,
  causes: [],
};

describe("items", () => {
  eachDatabase((_, open) => {
    it("are listed for their viewer alone, the one linked first at the head", async () => {
      const { db } = await open();
      const second = await insertItem(db, itemRow({ linked_at: "2026-03-02T00:00:00.000Z" }));
      const first = await insertItem(db, itemRow({ linked_at: "2026-03-01T00:00:00.000Z" }));
      const other = await insertItem(db, itemRow({ viewer: "bob" }));
      expect(await listItems(db, "ann")).toEqual([first, second]);
      expect(await listItems(db, "bob")).toEqual([other]);
      expect(await listItems(db, "cy")).toEqual([]);
    });

    it("come back as they were written", async () => {
      const { db } = await open();
      const row = itemRow({ health: "ACTION_REQUIRED", health_error: LOGIN_REQUIRED, generations: { ACCOUNTS: 2 } });
      expect(await insertItem(db, row)).toEqual(row);
      expect(await findItem(db, "ann", row.id)).toEqual(row);
    });

    it("of another viewer are found by the aggregator's id only", async () => {
      const { db } = await open();
      const item = await insertItem(db, itemRow({ viewer: "bob", remote_id: "r1" }));
      expect(await findItem(db, "ann", item.id)).toBeNull();
      expect(await deleteItem(db, "ann", item.id)).toBeNull();
      expect(await findItemByRemote(db, "PLAID", "r1")).toEqual(item);
      expect(await findItemByRemote(db, "LINK_MONEY", "r1")).toBeNull();
    });

    it("cannot be linked twice, though two aggregators may use one id", async () => {
      const { db } = await open();
      await insertItem(db, itemRow({ remote_id: "r1" }));
      await insertItem(db, itemRow({ remote_id: "r1", provider: "LINK_MONEY" }));
      await expect(insertItem(db, itemRow({ remote_id: "r1", viewer: "bob" }))).rejects.toMatchObject({
        code: "23505",
      });
    });

    it("are written anew when linked again, and deleted with what they held given back", async () => {
      const { db } = await open();
      const item = await insertItem(db, itemRow());
      const again = {
        ...item,
        token_sealed: Buffer.from("other"),
        description: itemDescription({ products: ["AUTH"] }),
      };
      expect(await relinkItem(db, again)).toEqual(again);
      expect(await deleteItem(db, "ann", item.id)).toEqual(again);
      expect(await listItems(db, "ann")).toEqual([]);
    });

    it("keep the moment their health began until it changes", async () => {
      const { db } = await open();
      const item = await insertItem(db, itemRow());
      const broken = { status: "ACTION_REQUIRED" as const, error: LOGIN_REQUIRED };
      await setItemHealth(db, item, { ...broken, at: "2026-03-05T00:00:00.000Z" });
      await setItemHealth(db, item, { ...broken, at: "2026-03-06T00:00:00.000Z" });
      expect(await findItem(db, "ann", item.id)).toMatchObject({
        health: "ACTION_REQUIRED",
        health_error: LOGIN_REQUIRED,
        health_since: "2026-03-05T00:00:00.000Z",
      });
      await setItemHealth(
        db,
        { ...item, token_sealed: Buffer.from("an older one") },
        { ...broken, status: "DISCONNECTED", at: "2026-03-06T12:00:00.000Z" },
      );
      expect(await findItem(db, "ann", item.id)).toMatchObject({ health: "ACTION_REQUIRED" });
      await setItemHealth(db, item, { status: "HEALTHY", error: null, at: "2026-03-07T00:00:00.000Z" });
      expect(await findItem(db, "ann", item.id)).toMatchObject({
        health: "HEALTHY",
        health_error: null,
        health_since: "2026-03-07T00:00:00.000Z",
      });
    });

    it("count a generation for each product, also when bumped at once", async () => {
      const store = await open();
      const item = await insertItem(store.db, itemRow({ generations: { AUTH: 7 } }));
      await bumpGenerations(store.db, item.id, []);
      await bumpGenerations(store.db, item.id, ["ASSETS", "AUTH"]);
      await Promise.all([1, 2, 3].map(() => store.transaction((tx) => bumpGenerations(tx.db, item.id, ["ASSETS"]))));
      expect((await findItem(store.db, "ann", item.id))?.generations).toEqual({ ASSETS: 4, AUTH: 8 });
    });

    it("note the latest webhook, whatever order they come in", async () => {
      const { db } = await open();
      const item = await insertItem(db, itemRow({ remote_id: "r1" }));
      const latest = { at: "2026-03-05T00:00:00.000Z", code: "LATE" };
      await noteWebhook(db, item.id, latest);
      await noteWebhook(db, item.id, { at: "2026-03-04T00:00:00.000Z", code: "EARLY" });
      await noteWebhook(db, randomUUID(), { at: "2026-03-06T00:00:00.000Z", code: "OTHER" });
      expect(await findItem(db, "ann", item.id)).toEqual({
        ...item,
        last_webhook_at: latest.at,
        last_webhook_code: "LATE",
      });
    });
  });
});
