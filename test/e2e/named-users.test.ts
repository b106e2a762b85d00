import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getNamedType } from "graphql";
import { resolvers } from "../../resolvers/index.ts";
import { buildGraphSchema } from "../../src/graphql/build-graph-schema.ts";
import { IMITATED } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { NAMED_USERS, USER_NAMES } from "../../src/sandbox/world/users.ts";
import { type Gateway, importItem, startGateway, testSandbox, type Who } from "../support/gateway.ts";
import { selectEverything } from "../support/select-everything.ts";

const schema = buildGraphSchema(resolvers);
const everythingOf = (field: string) => {
  const found = schema.getQueryType()?.getFields()[field];
  if (!found) throw new Error(`There is no ${field}.`);
  return selectEverything(schema, getNamedType(found.type));
};
const WALK = ["items", "accounts", "holdings", "liabilities"].map((name) => `${name}(first: 50) ${everythingOf(name)}`);
const LISTS = [
  "transactions(first: 50) { totalCount nodes { id name amount currency date pending } unavailable { error { code } } }",
  "investmentTransactions(first: 50) { totalCount nodes { id name amount currency date } unavailable { error { code } } }",
  "netWorth { totals { currency currencyOfficial net } accountsCounted duplicatesSkipped { id } unavailable { error { code } } }",
];
/** What an item says instead that cannot be read. */
const INSTEAD: Record<string, string> = {
  "broken-login": "ITEM_LOGIN_REQUIRED",
  "bank-down": "INSTITUTION_UNAVAILABLE",
};

describe("the sandbox's named users", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox);
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const linked = new Map<string, Promise<Who>>();
  /** The user at both aggregators, linked once, by a viewer of that name. */
  function link(user: string): Promise<Who> {
    const known = linked.get(user) ?? linkNew(user);
    linked.set(user, known);
    return known;
  }
  async function linkNew(user: string): Promise<Who> {
    const as = { viewer: `viewer of ${user}` };
    for (const provider of IMITATED)
      await importItem(gateway, { provider, accessToken: sandbox.createItem(provider, { user }).accessToken }, as);
    return as;
  }

  it.each(USER_NAMES)("%s can be walked from end to end, through both aggregators", async (user) => {
    const as = await link(user);
    const codes = new Set<string>();
    const told: Record<string, { totalCount?: number }> = {};
    for (const selection of [...WALK, ...LISTS]) {
      const { data, errors } = await gateway.query(`{ ${selection} }`, {}, as);
      const all = [...JSON.stringify([data, errors]).matchAll(/"code(?:OfItemError)?":"([A-Z_]+)"/g)];
      for (const [, code = ""] of all) codes.add(code);
      Object.assign(told, data);
    }
    const instead = INSTEAD[user];
    expect([...codes]).toEqual(instead ? [instead] : []);
    const { PLAID, LINK_MONEY } = NAMED_USERS[user]?.plans ?? {};
    if (!instead)
      expect(told.accounts?.totalCount).toBe((PLAID?.accounts.length ?? 0) + (LINK_MONEY?.accounts.length ?? 0));
  });

  it("duplicates is one person's money, counted once", async () => {
    const as = await link("duplicates");
    const { data, errors } = await gateway.query(
      `{ netWorth { accountsCounted duplicatesSkipped { id } }
         accounts { totalCount nodes { item { provider } sameAs { account { item { provider } } confidence } } }
         once: accounts(filter: { deduplicate: true }) { totalCount } }`,
      {},
      as,
    );
    expect(errors).toEqual([]);
    expect([data.accounts.totalCount, data.once.totalCount]).toEqual([6, 3]);
    expect(data.netWorth).toMatchObject({ accountsCounted: 3, duplicatesSkipped: [{}, {}, {}] });
    for (const { item, sameAs } of data.accounts.nodes) {
      const provider = item.provider === "PLAID" ? "LINK_MONEY" : "PLAID";
      expect(sameAs).toEqual([{ account: { item: { provider } }, confidence: expect.any(Number) }]);
      expect(sameAs[0].confidence).toBeGreaterThanOrEqual(0.9);
    }
  });

  it("currencies are told each by itself, the bitcoin as none of ISO 4217", async () => {
    const as = await link("currencies");
    const { data } = await gateway.query("{ netWorth { totals { currency currencyOfficial } } }", {}, as);
    expect(data.netWorth.totals).toEqual(
      ["BTC", "CHF", "EUR", "GBP", "JPY", "USD"].map((currency) => ({
        currency,
        currencyOfficial: currency !== "BTC",
      })),
    );
  });
});
