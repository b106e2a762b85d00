import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { add, subtract } from "../../src/decimal.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

const SUMS = `{
  netWorth { totals { currency currencyOfficial assets liabilities net } accountsCounted duplicatesSkipped { id } withoutBalance { id } asOf unavailable { item { id } error { code } } }
  accounts { nodes { id name type item { provider } balances { current currency } sameAs { account { id } confidence reasons } } }
  once: accounts(filter: { deduplicate: true }) { totalCount nodes { id } }
}`;

interface Told {
  id: string;
  name: string;
  type: string;
  item: { provider: string };
  balances: { current: string; currency: string };
  sameAs: { account: { id: string }; confidence: number; reasons: string[] }[];
}

type Numbers = { current: number | null };

describe("net worth and accounts that are linked more than once", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "0" } });
  });
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  const link = (user: string, provider: "PLAID" | "LINK_MONEY" = "PLAID") =>
    importItem(gateway, { provider, accessToken: sandbox.createItem(provider, { user }).accessToken });
  const ask = async () => {
    const { data, errors } = await gateway.query(SUMS);
    expect(errors).toEqual([]);
    return data as {
      netWorth: Record<"totals" | "duplicatesSkipped" | "withoutBalance" | "unavailable", { id: string }[]> & {
        accountsCounted: number;
        asOf: string | null;
      };
      accounts: { nodes: Told[] };
      once: { totalCount: number; nodes: { id: string }[] };
    };
  };
  const sumOf = (accounts: Told[], ...types: string[]) =>
    accounts.filter(({ type }) => types.includes(type)).reduce((sum, { balances }) => add(sum, balances.current), "0");

  it("of nothing is nothing", async () => {
    expect((await ask()).netWorth).toEqual({
      ...{ totals: [], accountsCounted: 0, duplicatesSkipped: [], withoutBalance: [], asOf: null, unavailable: [] },
    });
  });

  it("is the exact sum of both providers' accounts", async () => {
    await linkHousehold(gateway, sandbox);
    const { netWorth, accounts, once } = await ask();
    const assets = sumOf(accounts.nodes, "DEPOSITORY", "INVESTMENT");
    const liabilities = sumOf(accounts.nodes, "CREDIT", "LOAN");
    expect(netWorth).toEqual({
      totals: [{ currency: "USD", currencyOfficial: true, assets, liabilities, net: subtract(assets, liabilities) }],
      ...{ accountsCounted: accounts.nodes.length, duplicatesSkipped: [], withoutBalance: [], unavailable: [] },
      asOf: expect.any(String),
    });
    expect(once.totalCount).toBe(accounts.nodes.length);
  });

  it("is told for each currency by itself", async () => {
    await link("abroad");
    const { netWorth } = await ask();
    expect(netWorth.totals.map(({ currency }: { id: string; currency?: string }) => currency)).toEqual([
      ...["CAD", "EUR", "GBP", "USD"],
    ]);
  });

  it("counts each account of a login that was linked twice once", async () => {
    await link("other");
    const alone = await ask();
    await link("other");
    const twice = await ask();
    expect(twice.netWorth.totals).toEqual(alone.netWorth.totals);
    expect(twice.netWorth.accountsCounted).toBe(3);
    const [first, second] = [twice.accounts.nodes.slice(0, 3), twice.accounts.nodes.slice(3)];
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    expect(ids(twice.netWorth.duplicatesSkipped)).toEqual(ids(second));
    expect(ids(twice.once.nodes)).toEqual(ids(first));
    for (const [index, account] of first.entries()) {
      expect(account.sameAs).toEqual([
        {
          account: { id: second[index]?.id },
          confidence: 0.98,
          reasons: ["institution", "mask", "type", "currency", "balance", "name"],
        },
      ]);
      expect(second[index]?.sameAs.map((match) => match.account.id)).toEqual([account.id]);
    }
  });

  it("counts an account that is linked through both providers once, where its balance agrees", async () => {
    await link("other");
    await link("other", "LINK_MONEY");
    const apart = await ask();
    expect(apart.netWorth).toMatchObject({ accountsCounted: 6, duplicatesSkipped: [] });
    for (const { sameAs } of apart.accounts.nodes) expect(sameAs).toMatchObject([{ confidence: 0.7 }]);

    const balances = apart.accounts.nodes.slice(0, 3).map((account) => Number(account.balances.current));
    sandbox.faults.script({
      ...{ kind: "mutate", provider: "LINK_MONEY", endpoint: "/accounts/get" },
      mutate(body) {
        for (const [index, account] of (body.accounts as { balances: Numbers }[]).entries()) {
          account.balances.current = balances[index] ?? null;
          Object.assign(account, { name: `Account ${index}`, official_name: null });
        }
        return body;
      },
    });
    const { netWorth, accounts, once } = await ask();
    expect(netWorth).toMatchObject({ accountsCounted: 3, duplicatesSkipped: [{}, {}, {}] });
    expect(once.totalCount).toBe(3);
    for (const { sameAs } of accounts.nodes) expect(sameAs).toMatchObject([{ confidence: 0.95 }]);
  });

  it("knows an account by the id that it has at every link, whatever else is told of it", async () => {
    await link("large");
    const again = sandbox.createItem("PLAID", { user: "large" });
    await importItem(gateway, { provider: "PLAID", accessToken: again.accessToken });
    sandbox.faults.script({
      ...{ kind: "mutate", provider: "PLAID", endpoint: "/accounts/get", itemId: again.itemId },
      mutate(body) {
        for (const account of body.accounts as { balances: Numbers }[])
          Object.assign(account, { mask: null, name: "Account", balances: { ...account.balances, current: 1 } });
        return body;
      },
    });
    const { netWorth, accounts } = await ask();
    const [first] = accounts.nodes;
    expect(first?.sameAs).toMatchObject([
      { confidence: 1, reasons: ["persistentAccountId", "institution", "type", "currency"] },
    ]);
    expect(netWorth.duplicatesSkipped).toHaveLength(30); // all but the ten cards, which have no such id
  });

  it("says which accounts and items are not in it", async () => {
    await link("other");
    await link("no-liabilities");
    const broken = sandbox.createItem("PLAID", { user: "brokerage" });
    const lost = await importItem(gateway, { provider: "PLAID", accessToken: broken.accessToken });
    sandbox.faults.script({
      ...{ kind: "error", code: "INSTITUTION_DOWN", provider: "PLAID", endpoint: "/accounts/get" },
      itemId: broken.itemId,
    });
    sandbox.faults.script({
      ...{ kind: "mutate", provider: "PLAID", endpoint: "/accounts/get" },
      mutate(body) {
        for (const account of (body.accounts as { balances: Numbers; subtype: string }[]).filter(
          ({ subtype }) => subtype === "credit card",
        ))
          account.balances.current = null;
        return body;
      },
    });
    const { netWorth, accounts } = await ask();
    const card = accounts.nodes.find(({ type }) => type === "CREDIT");
    expect(netWorth.withoutBalance).toEqual([{ id: card?.id }]);
    expect(netWorth.unavailable).toEqual([{ item: { id: lost }, error: { code: "INSTITUTION_UNAVAILABLE" } }]);
    expect(netWorth.accountsCounted).toBe(accounts.nodes.length - 1 - netWorth.duplicatesSkipped.length);
  });

  it("knows nothing of another viewer's accounts", async () => {
    await link("other");
    const { accessToken } = sandbox.createItem("PLAID", { user: "other" });
    await importItem(gateway, { provider: "PLAID", accessToken }, { viewer: "bob" });
    const { netWorth, accounts } = await ask();
    expect(netWorth).toMatchObject({ accountsCounted: 3, duplicatesSkipped: [] });
    for (const { sameAs } of accounts.nodes) expect(sameAs).toEqual([]);
  });
});
