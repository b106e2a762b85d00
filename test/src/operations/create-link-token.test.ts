import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { LinkTokenRequest } from "../../../adapters/adapter/link-token.ts";
import type { Adapter } from "../../../adapters/adapter.ts";
import type { CreateLinkTokenInput } from "../../../schema/inputs.ts";
import { createLinkToken } from "../../../src/operations/create-link-token.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { insertItem } from "../../../src/store/items.ts";
import type { Store } from "../../../src/store/store.ts";
import { sealToken } from "../../../src/store/tokens.ts";
import { openMemoryStore } from "../../support/database.ts";
import { fakeAdapter } from "../../support/fake-adapter.ts";
import { reportDeps } from "../../support/report-worker.ts";
import { itemRow } from "../../support/rows.ts";

const VIEWER = "jane.doe@example.com";
const TOKEN = { linkToken: "link-1", expiresAt: "2026-03-01T00:00:00.000Z", hostedLinkUrl: null };

describe("what a link flow is opened for", () => {
  let store: Store;
  let deps: OperationDeps;
  let asked: LinkTokenRequest[];
  beforeEach(async () => {
    store = await openMemoryStore();
    asked = [];
    deps = await reportDeps(store, {});
    withAdapter({});
  });
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
    await store.close();
  });

  function withAdapter(change: Partial<Adapter>): void {
    const adapter = fakeAdapter({
      linkProducts: ["AUTH", "TRANSACTIONS"],
      async createLinkToken(request) {
        asked.push(request);
        return TOKEN;
      },
      ...change,
    });
    deps = { ...deps, adapters: new Map([["PLAID", adapter]]) };
  }
  const open = (input: Partial<CreateLinkTokenInput & { hosted: boolean }>, viewer = VIEWER) =>
    createLinkToken(deps, viewer, { provider: "PLAID", hosted: true, ...input }, new AbortController().signal);

  it("is a new item of a person who is not named, the same one each time", async () => {
    expect(await open({ products: ["AUTH", "AUTH"], clientName: " " })).toEqual(TOKEN);
    await open({ products: ["TRANSACTIONS"] });
    await open({ products: ["TRANSACTIONS"] }, "another");
    const [first, second, other] = asked;
    expect(first).toEqual({
      userId: expect.stringMatching(/^[\w-]{43}$/),
      clientName: "This Application",
      language: "en",
      countryCodes: ["US"],
      products: ["AUTH"],
      redirectUri: null,
      webhook: "http://127.0.0.1:1/webhooks/PLAID",
      token: null,
      hosted: false,
    });
    expect(second?.userId).toBe(first?.userId);
    expect(other?.userId).not.toBe(first?.userId);
    expect(JSON.stringify(asked)).not.toContain("jane");
  });

  it("tells a real aggregator no address on this machine", async () => {
    withAdapter({ sandbox: false });
    await open({ products: ["AUTH"] });
    expect(asked[0]?.webhook).toBeNull();
  });

  it("is the item to repair, by its token, whatever provider is named", async () => {
    const row = itemRow({ viewer: VIEWER });
    await insertItem(store.db, { ...row, token_sealed: sealToken(deps.vault, row, "access-1") });
    await open({ itemId: row.id, provider: "LINK_MONEY", countryCodes: ["US", "CA"], language: "fr" });
    const repair = { token: "access-1", products: [], countryCodes: ["US", "CA"], language: "fr" };
    expect(asked).toMatchObject([{ ...repair, hosted: true }]);
    await open({ itemId: row.id, hosted: false });
    expect(asked[1]).toMatchObject({ token: "access-1", hosted: false });
    await expect(open({ itemId: row.id }, "another")).rejects.toMatchObject({ code: "NOT_FOUND" });
    withAdapter({ createLinkToken: undefined });
    await expect(open({ itemId: row.id })).rejects.toMatchObject({
      code: "PRODUCT_UNSUPPORTED",
      message: expect.stringContaining("portal"),
    });
  });
});
