import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { FaultScope, RequestFault } from "../../src/sandbox/faults.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import {
  type Answer,
  capturedLog,
  type Gateway,
  linkHousehold,
  startGateway,
  testSandbox,
} from "../support/gateway.ts";

const QUERY = `{
  items { nodes { id remoteId institutionName accounts { nodes { id } unavailable { ...why } } } unavailable { ...why } }
  accounts { totalCount nodes { id item { id } name balances { current } } unavailable { ...why } }
  holdings { totalCount nodes { id quantity account { id } security { id } } unavailable { ...why } }
  liabilities { totalCount nodes { id account { id } } unavailable { ...why } }
}
fragment why on Unavailable { item { id } provider product action error { code message retryable retryAt errorCode httpStatus } }`;

interface Case {
  name: string;
  fault: RequestFault;
  /** What `unavailable` says of the one broken item. */
  code: string;
  action: string;
  retryAt?: boolean;
}

const CASES: Case[] = [
  {
    name: "an item whose login broke",
    fault: { kind: "error", code: "ITEM_LOGIN_REQUIRED" },
    code: "ITEM_LOGIN_REQUIRED",
    action: "RELINK",
  },
  {
    name: "a revoked item",
    fault: { kind: "error", code: "INVALID_ACCESS_TOKEN" },
    code: "ITEM_REVOKED",
    action: "RELINK",
  },
  {
    name: "an institution that is down",
    fault: { kind: "error", code: "INSTITUTION_DOWN" },
    code: "INSTITUTION_UNAVAILABLE",
    action: "RETRY_LATER",
  },
  {
    name: "a product not ready",
    fault: { kind: "error", code: "PRODUCT_NOT_READY", type: "ITEM_ERROR" },
    code: "ITEM_NOT_READY",
    action: "RETRY_LATER",
  },
  {
    name: "a product not supported",
    fault: { kind: "error", code: "PRODUCTS_NOT_SUPPORTED" },
    code: "PRODUCT_UNSUPPORTED",
    action: "UNSUPPORTED",
  },
  {
    name: "a product without consent",
    fault: { kind: "error", code: "ADDITIONAL_CONSENT_REQUIRED" },
    code: "ITEM_CONSENT_REQUIRED",
    action: "GRANT_CONSENT",
  },
  {
    name: "an error without a name here",
    fault: { kind: "error", code: "SOMETHING_NEW", type: "ITEM_ERROR", status: 400 },
    code: "PROVIDER_ERROR",
    action: "CONTACT_SUPPORT",
  },
  { name: "a connection that is reset", fault: { kind: "reset" }, code: "PROVIDER_UNAVAILABLE", action: "RETRY_LATER" },
  { name: "a call that hangs", fault: { kind: "hang" }, code: "PROVIDER_TIMEOUT", action: "RETRY_LATER" },
  { name: "a 500", fault: { kind: "server-error", status: 500 }, code: "PROVIDER_UNAVAILABLE", action: "RETRY_LATER" },
  {
    name: "a proxy's 502 page",
    fault: { kind: "server-error", status: 502, html: true },
    code: "PROVIDER_UNAVAILABLE",
    action: "RETRY_LATER",
  },
  {
    name: "a 429 with Retry-After",
    fault: { kind: "rate-limit", retryAfter: 30 },
    code: "PROVIDER_RATE_LIMITED",
    action: "RETRY_LATER",
    retryAt: true,
  },
  {
    name: "a 429 without Retry-After",
    fault: { kind: "rate-limit" },
    code: "PROVIDER_RATE_LIMITED",
    action: "RETRY_LATER",
    retryAt: true,
  },
  { name: "HTML where JSON should be", fault: { kind: "html" }, code: "PROVIDER_BAD_RESPONSE", action: "RETRY_LATER" },
  { name: "JSON that is cut off", fault: { kind: "cut-off" }, code: "PROVIDER_BAD_RESPONSE", action: "RETRY_LATER" },
  {
    name: "an answer that is no object",
    fault: { kind: "mutate", mutate: () => [1, 2] },
    code: "PROVIDER_BAD_RESPONSE",
    action: "RETRY_LATER",
  },
  {
    name: "a list that is none",
    fault: { kind: "mutate", mutate: (body) => ({ ...body, accounts: "none", holdings: 7, liabilities: null }) },
    code: "PROVIDER_BAD_RESPONSE",
    action: "RETRY_LATER",
  },
];

describe("a query over three items of which one is broken", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let itemIds: string[];
  let whole: Answer["data"];
  const { log, lines } = capturedLog();

  beforeAll(async () => {
    sandbox = await testSandbox();
    // no cache: each test sees the aggregators as they are
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "0", OPERATION_TIMEOUT_MS: "1500" }, log });
    itemIds = await linkHousehold(gateway, sandbox);
    whole = (await gateway.query(QUERY)).data;
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const remoteId = (index: number): string => whole.items.nodes[index].remoteId;
  const scopes: [string, number, FaultScope["provider"]][] = [
    ["Plaid", 0, "PLAID"],
    ["Link Money", 2, "LINK_MONEY"],
  ];

  it("has everything when nothing is wrong", () => {
    expect(whole.accounts.totalCount).toBeGreaterThan(10);
    for (const list of ["items", "accounts", "holdings", "liabilities"]) expect(whole[list].unavailable).toEqual([]);
  });

  describe.each(scopes)("of %s", (_, index, provider) => {
    it.each(CASES)("by $name", async ({ fault, code, action, retryAt }) => {
      sandbox.faults.script({ ...fault, provider, itemId: remoteId(index) });
      const { data, errors } = await gateway.query(QUERY);
      expect(errors).toEqual([]);
      const broken = itemIds[index];

      expect(data.items.nodes.map((item: Named) => item.id)).toEqual(whole.items.nodes.map((item: Named) => item.id));
      for (const list of ["accounts", "holdings", "liabilities"] as const) {
        const complete = whole[list].nodes.filter((node: Belonging) => itemOf(whole, node) !== broken);
        expect(data[list].nodes).toEqual(complete);
      }
      const products = { accounts: "ACCOUNTS", holdings: "INVESTMENTS", liabilities: "LIABILITIES" };
      for (const [list, product] of Object.entries(products)) {
        const answered = whole[list].nodes.some((node: Belonging) => itemOf(whole, node) === broken);
        if (fault.kind === "mutate" && !answered) continue; // the aggregator says that it has none: there is no list to spoil
        expect(data[list].unavailable).toEqual([
          expect.objectContaining({ item: { id: broken }, product, action, error: expect.objectContaining({ code }) }),
        ]);
        if (retryAt) expect(Date.parse(data[list].unavailable[0].error.retryAt)).toBeGreaterThan(Date.now());
      }
      const below = data.items.nodes.map((item: { accounts: { unavailable: unknown[] } }) => item.accounts.unavailable);
      expect(below.map((list: unknown[]) => list.length)).toEqual([0, 1, 2].map((each) => (each === index ? 1 : 0)));
      expect(below[index][0]).toMatchObject({ product: "ACCOUNTS", error: { code } });
    });

    it("by one record of the wrong shape: only the record is left out, and named", async () => {
      sandbox.faults.script({
        kind: "mutate",
        provider,
        itemId: remoteId(index),
        endpoint: "/accounts/get",
        mutate(body) {
          const accounts = body.accounts as Record<string, unknown>[];
          return { ...body, accounts: [{ ...accounts[0], account_id: null }, ...accounts.slice(1)] };
        },
      });
      const { data, errors } = await gateway.query(QUERY);
      expect(errors).toEqual([]);
      expect(data.accounts.totalCount).toBe(whole.accounts.totalCount - 1);
      expect(data.accounts.unavailable).toEqual([
        expect.objectContaining({
          item: { id: itemIds[index] },
          error: expect.objectContaining({
            code: "PROVIDER_BAD_RESPONSE",
            message: expect.stringContaining("accounts[0].account_id"),
          }),
        }),
      ]);
    });
  });

  it("when a whole aggregator refuses connections", async () => {
    sandbox.faults.script({ kind: "refuse", provider: "LINK_MONEY" });
    const { data, errors } = await gateway.query(QUERY);
    expect(errors).toEqual([]);
    expect(data.accounts.nodes).toEqual(
      whole.accounts.nodes.filter((node: Belonging) => itemOf(whole, node) !== itemIds[2]),
    );
    expect(data.accounts.unavailable[0]).toMatchObject({
      item: { id: itemIds[2] },
      provider: "LINK_MONEY",
      error: { code: "PROVIDER_UNAVAILABLE", retryable: true },
    });
  });

  it("when nobody listens at either provider any more", async () => {
    const gone = await testSandbox();
    const alone = await startGateway(gone, { env: { CACHE_TTL_S: "0" } });
    await linkHousehold(alone, gone);
    await gone.close();
    const { data, errors } = await alone.query(QUERY);
    expect(errors).toEqual([]);
    expect(data.items.nodes.map(({ institutionName }: { institutionName: string }) => institutionName)).toEqual(
      whole.items.nodes.map(({ institutionName }: { institutionName: string }) => institutionName),
    );
    for (const list of ["accounts", "holdings", "liabilities"]) {
      expect(data[list].nodes).toEqual([]);
      expect(data[list].unavailable).toHaveLength(3);
      for (const { error } of data[list].unavailable)
        expect(error).toMatchObject({ code: "PROVIDER_UNAVAILABLE", retryable: true });
    }
    await alone.close();
  });

  it("never puts a secret into the log", () => {
    const text = lines.join("");
    expect(text.length).toBeGreaterThan(0);
    for (const secret of [
      ...sandbox.demo.PLAID,
      ...sandbox.demo.LINK_MONEY,
      sandbox.endpoints.PLAID.secret,
      sandbox.endpoints.LINK_MONEY.secret,
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

interface Named {
  id: string;
}
interface Belonging {
  item?: Named;
  account?: Named;
}

/** The item of an account, or of the account of a holding or liability. */
function itemOf(whole: Answer["data"], node: Belonging): string | undefined {
  if (node.item) return node.item.id;
  return whole.accounts.nodes.find((account: Named) => account.id === node.account?.id)?.item.id;
}
