import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

const DETAILS = `{
  accounts {
    nodes {
      name
      owners { names emails { address primary } }
      identity: unavailable(product: IDENTITY) { action error { code errorCode } }
      auth: unavailable(product: AUTH) { action error { code errorCode } }
      transfers: unavailable(product: INVESTMENTS_AUTH) { action error { code errorCode } }
      ... on DepositoryAccount { numbers { ach { account routing wireRouting } eft { account institution branch } international { iban bic } bacs { account sortCode } } }
      ... on InvestmentAccount { transfer { acats { account dtcNumbers } aton { account } retirement401k { account plan } ownerNames numbersSource ownersSource holdingsSource } }
    }
    unavailable { product }
  }
}`;

const unsupported = { action: "UNSUPPORTED", error: { code: "PRODUCT_UNSUPPORTED", errorCode: null } };

describe("what accounts tell of their holders and numbers", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox);
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  const link = (user: string, provider: "PLAID" | "LINK_MONEY" = "PLAID") =>
    importItem(gateway, { provider, accessToken: sandbox.createItem(provider, { user }).accessToken });

  it("is had through each provider as far as it goes, without an error", async () => {
    await linkHousehold(gateway, sandbox);
    const { data, errors } = await gateway.query(DETAILS);
    expect(errors).toEqual([]);
    expect(data.accounts.unavailable).toEqual([]);
    const named = (name: string) => data.accounts.nodes.find((node: { name: string }) => node.name === name);
    const fine = { identity: null, auth: null, transfers: null };
    expect(named("Plaid Checking")).toMatchObject({
      ...fine,
      owners: [
        {
          names: ["Alberta Bobbeth Charleson", "Cameron Howe"],
          emails: expect.arrayContaining([{ address: "accountholder0@example.com", primary: true }]),
        },
      ],
      numbers: {
        ach: [{ account: expect.stringMatching(/^\d{8}0000$/), routing: "011000138", wireRouting: "021000021" }],
        ...{ eft: [], international: [], bacs: [] },
      },
    });
    expect(named("Plaid CD")).toMatchObject({ ...fine, numbers: null });
    expect(named("Plaid 401k")).toMatchObject({
      ...fine,
      transfer: {
        ...{ acats: [], aton: [], ownerNames: ["Alberta Bobbeth Charleson"] },
        ...{ numbersSource: "INSTITUTION", ownersSource: "INSTITUTION", holdingsSource: "INSTITUTION" },
        retirement401k: [{ account: expect.stringMatching(/6666$/), plan: expect.any(String) }],
      },
    });
    expect(named("Link Money Checking")).toMatchObject({
      ...{ owners: null, identity: unsupported, auth: null, transfers: null },
      numbers: { ach: [{ account: expect.stringMatching(/9606$/) }] },
    });
    expect(named("Link Money Brokerage")).toMatchObject({ owners: null, transfer: null, transfers: unsupported });
  });

  it("is in the manner of each country", async () => {
    await link("abroad");
    const { data, errors } = await gateway.query(DETAILS);
    expect(errors).toEqual([]);
    const [toronto, london, berlin, tfsa] = data.accounts.nodes;
    expect(toronto.numbers).toMatchObject({ ach: [], eft: [{ institution: "621" }], international: [], bacs: [] });
    expect(london.numbers).toMatchObject({ bacs: [{ sortCode: "601613" }], international: [{ bic: "ROYPGB2L" }] });
    expect(berlin.numbers).toMatchObject({ bacs: [], international: [{ iban: expect.stringMatching(/^DE/) }] });
    expect(tfsa.transfer).toMatchObject({ acats: [], aton: [{ account: expect.stringMatching(/9081$/) }] });
  });

  it.each([
    ["numbers:read", ["owners"], { owners: null, transfer: { ownerNames: [], numbersSource: "INSTITUTION" } }],
    ["pii:read", ["numbers", "transfer"], { owners: [expect.anything()], transfer: null }],
    ["", ["owners", "numbers", "transfer"], { owners: null, transfer: null, identity: null, transfers: null }],
  ])("is refused once a field beyond the scope %j, and then not read", async (scopes, refused, brokerage) => {
    await linkHousehold(gateway, sandbox);
    sandbox.clearCalls();
    const { data, errors } = await gateway.query(DETAILS, {}, { scopes: scopes.split(" ") });
    expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code]).sort()).toEqual(
      refused.map((field) => [field, "FORBIDDEN"]).sort(),
    );
    const named = data.accounts.nodes.find(({ name }: { name: string }) => name === "Plaid Brokerage");
    expect(named).toMatchObject(brokerage);
    const endpoints = { owners: "/identity/get", numbers: "/auth/get", transfer: "/investments/auth/get" };
    const called = sandbox.calls().map(({ endpoint }) => endpoint);
    for (const [field, endpoint] of Object.entries(endpoints))
      expect([field, called.includes(endpoint)]).toEqual([field, !refused.includes(field)]);
  });

  it.each([
    [
      "an institution that does not tell",
      "owners-unavailable",
      null,
      { action: "UNSUPPORTED", error: { code: "PRODUCT_UNSUPPORTED", errorCode: "PRODUCTS_NOT_SUPPORTED" } },
    ],
    [
      "a person who did not consent",
      "other",
      "ADDITIONAL_CONSENT_REQUIRED",
      { action: "GRANT_CONSENT", error: { code: "ITEM_CONSENT_REQUIRED", errorCode: "ADDITIONAL_CONSENT_REQUIRED" } },
    ],
    [
      "an institution that is down",
      "other",
      "INSTITUTION_DOWN",
      { action: "RETRY_LATER", error: { code: "INSTITUTION_UNAVAILABLE", errorCode: "INSTITUTION_DOWN" } },
    ],
  ])("is null with its reason for %s", async (_, user, code, why) => {
    await link(user);
    if (code) sandbox.faults.script({ kind: "error", code, provider: "PLAID", endpoint: "/identity/get" });
    const { data, errors } = await gateway.query(DETAILS);
    expect(errors).toEqual([]);
    for (const account of data.accounts.nodes)
      expect(account).toMatchObject({ owners: null, identity: why, auth: null });
  });

  it("is less one broken record, which is named", async () => {
    await link("other");
    sandbox.faults.script({
      ...{ kind: "mutate", provider: "PLAID", endpoint: "/auth/get" },
      mutate(body) {
        const numbers = body.numbers as { ach: { account: unknown }[] };
        for (const number of numbers.ach.slice(0, 1)) number.account = null;
        return body;
      },
    });
    const { data, errors } = await gateway.query(DETAILS);
    expect(errors).toEqual([]);
    const [checking, savings] = data.accounts.nodes;
    expect(checking).toMatchObject({ numbers: null, auth: { error: { code: "PROVIDER_BAD_RESPONSE" } } });
    expect(savings.numbers.ach).toHaveLength(1);
  });

  it("has fresh balances too where the institution wants to know how old they may be", async () => {
    await link("card-of-yesterday");
    const { data, errors } = await gateway.query(
      "{ accounts { nodes { type balances(fresh: true) { current lastUpdatedAt provenance { endpoint } } unavailable(product: BALANCE) { error { code } } } } }",
    );
    expect(errors).toEqual([]);
    const provenance = { endpoint: "/accounts/balance/get" };
    expect(data.accounts.nodes).toMatchObject([
      { type: "DEPOSITORY", balances: { lastUpdatedAt: null, provenance }, unavailable: null },
      { type: "DEPOSITORY", balances: { lastUpdatedAt: null, provenance }, unavailable: null },
      { type: "CREDIT", balances: { lastUpdatedAt: expect.any(String), provenance }, unavailable: null },
    ]);
  });

  it("answers each operation by its own variables", async () => {
    await link("other");
    const document =
      "query ($fresh: Boolean!) { accounts { nodes { balances(fresh: $fresh) { provenance { endpoint } } } } }";
    for (const fresh of [false, true, false, true]) {
      const { data } = await gateway.query(document, { fresh });
      expect(data.accounts.nodes[0].balances.provenance.endpoint).toBe(
        fresh ? "/accounts/balance/get" : "/accounts/get",
      );
    }
  });
});
