import { describe, expect, it } from "@jest/globals";
import { linkDemoItems } from "../../../src/app/link-demo-items.ts";
import { DEMO_VIEWER } from "../../../src/auth.ts";
import { GatewayError } from "../../../src/errors.ts";
import type { Operations } from "../../../src/operations/operations.ts";
import { insertItem, listItems } from "../../../src/store/items.ts";
import { openMemoryStore, silentLog } from "../../support/database.ts";
import { testSandbox } from "../../support/gateway.ts";
import { itemRow } from "../../support/rows.ts";

describe("the demo viewer's items", () => {
  it("are linked once; one that cannot be is left out, and keeps nothing from starting", async () => {
    const store = await openMemoryStore();
    const sandbox = await testSandbox();
    const asked: string[] = [];
    const importItem: Operations["importItem"] = async (viewer, { provider, accessToken }) => {
      asked.push(accessToken);
      if (asked.length === 1) throw new GatewayError("CONFLICT", "This item is just being removed.");
      return { item: await insertItem(store.db, itemRow({ viewer, provider })), duplicates: [] };
    };
    const deps = { store, operations: { importItem } as Operations, log: silentLog };
    await linkDemoItems(deps, DEMO_VIEWER.id, sandbox);
    expect(asked).toEqual([...sandbox.demo.PLAID, ...sandbox.demo.LINK_MONEY]);
    expect(await listItems(store.db, DEMO_VIEWER.id)).toHaveLength(2);

    await linkDemoItems(deps, DEMO_VIEWER.id, sandbox);
    expect(asked).toHaveLength(3);
    await sandbox.close();
    await store.close();
  });
});
