import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { add } from "../../src/decimal.ts";
import type { Imitated } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { countReads, type ReadCounts } from "../support/count-reads.ts";
import { eachDatabase } from "../support/database.ts";
import { type Gateway, importItem, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let reads: ReadCounts;
  let store: Store;

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  async function start(pollMs = 300) {
    store = await open();
    const counted = countReads(store);
    reads = counted.reads;
    gateway = await startGateway(sandbox, { store: counted.store, env: { REPORT_POLL_MS: String(pollMs) } });
  }

  /** The id of a report over the items, when it has ended. */
  async function ready(itemIds: string[], daysRequested = 731): Promise<string> {
    const { data, errors } = await gateway.query(
      "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
      { input: { itemIds, daysRequested, user: { firstName: "Jane", ssn: "123-45-6789" } } },
    );
    expect(errors).toEqual([]);
    const { id } = data.createReport.report;
    for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", { id }));
    return id;
  }

  async function read(document: string, id: string) {
    const { data, errors } = await gateway.query(document, { id });
    expect(errors).toEqual([]);
    return data;
  }

  /** The accounts of a report, with these fields. */
  async function accounts(id: string, fields: string) {
    const document = `query ($id: ID!) { report(id: $id) { content { items { provider remoteId item { id } accounts { ${fields} } } } } }`;
    const { items } = (await read(document, id)).report.content;
    return items.flatMap(({ accounts, ...item }: { accounts: object[] }) =>
      accounts.map((account) => ({ ...account, of: item })),
    );
  }

  /** All records of one of an account's lists, page by page. */
  async function all(accountId: string, list: string, fields: string, first: number) {
    const document = `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount {
      ${list}(first: ${first}, after: $after) { totalCount nodes { ${fields} } unavailable { product } pageInfo { hasNextPage endCursor } } } } }`;
    const records = [];
    for (let after: string | null = null; ; ) {
      const { data, errors } = await gateway.query(document, { id: accountId, after });
      expect(errors).toEqual([]);
      const { nodes, pageInfo, totalCount, unavailable } = data.node[list];
      records.push(...nodes);
      expect(unavailable).toEqual([]);
      if (!pageInfo.hasNextPage) {
        expect(records).toHaveLength(totalCount);
        return records;
      }
      after = pageInfo.endCursor;
    }
  }

  it("has what investment accounts of both aggregators held and traded, page by page, for no call", async () => {
    await start();
    const id = await ready(await linkHousehold(gateway, sandbox));
    sandbox.clearCalls();
    const invested = (await accounts(id, "id type balances { current }")).filter(
      ({ type }: { type: string }) => type === "INVESTMENT",
    );
    expect(new Set(invested.map((account: Of) => account.of.provider))).toEqual(new Set(["PLAID", "LINK_MONEY"]));
    for (const account of invested) {
      const holdings = await all(account.id, "holdings", HOLDING, 2);
      const sum = holdings.map(({ institutionValue }) => institutionValue).reduce(add, "0");
      expect(sum).toBe(account.balances.current);
      expect(holdings.every(({ account, security }) => account === null && security.name !== null)).toBe(true);
      const trades = await all(account.id, "investmentTransactions", TRADE, 7);
      const dates = trades.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort().reverse());
      const ids = [...holdings, ...trades].map((record) => record.id);
      expect(new Set(ids).size).toBe(ids.length);
      const held = new Set(holdings.map(({ security }) => security.id));
      expect(trades.every(({ security }) => held.has(security.id))).toBe(true);
    }
    expect(sandbox.calls()).toEqual([]);
  });

  it.each(["Holding", "InvestmentTransaction", "Security"])("finds a report's %s again by its id", async (type) => {
    await start();
    const id = await ready(await linkHousehold(gateway, sandbox), 90);
    const lists = `holdings { nodes { ${HOLDING} provenance { endpoint requestId } } } investmentTransactions { nodes { ${TRADE} } }`;
    const all = await accounts(id, lists);
    const holdings = all.flatMap((account: Lists) => account.holdings.nodes);
    const trades = all.flatMap((account: Lists) => account.investmentTransactions.nodes);
    const wanted = {
      Holding: holdings,
      InvestmentTransaction: trades,
      Security: [...holdings, ...trades].map((record: { security: object }) => record.security),
    }[type];
    const fields = { Holding: HOLDING, InvestmentTransaction: TRADE, Security: SECURITY }[type];
    expect(wanted?.length).toBeGreaterThan(5);
    for (const { provenance: _, ...record } of wanted?.slice(0, 12) ?? []) {
      expect(
        (await read(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`, record.id)).node,
      ).toEqual(record);
    }
  });

  it("asks for investments only where the items have them", async () => {
    await start();
    const { accessToken } = sandbox.createItem("PLAID", { user: "no-investments" });
    const id = await ready([await importItem(gateway, { provider: "PLAID", accessToken })], 30);
    const lists = "holdings { totalCount unavailable { error { code } } } investmentTransactions { totalCount }";
    for (const account of await accounts(id, lists)) {
      expect(account.holdings).toEqual({ totalCount: 0, unavailable: [] });
      expect(account.investmentTransactions).toEqual({ totalCount: 0 });
    }
  });

  it.each<Imitated>(["PLAID", "LINK_MONEY"])(
    "says what a ready report of %s could not tell, and of which item",
    async (provider) => {
      await start();
      const codes = ["OWNERS_UNAVAILABLE", "INVESTMENTS_UNAVAILABLE", "TRANSACTIONS_UNAVAILABLE"] as const;
      const { accessToken, itemId } = sandbox.createItem(provider, { user: "no-liabilities" });
      const good = sandbox.createItem(provider, { user: "other" });
      const warned = await importItem(gateway, { provider, accessToken });
      const other = await importItem(gateway, { provider, accessToken: good.accessToken });
      sandbox.faults.script({ kind: "report-warning", provider, itemId, codes: [...codes] });
      const id = await ready([warned, other], 60);
      const { report } = await read(
        "query ($id: ID!) { report(id: $id) { status content { warnings { warningType warningCode provider remoteItemId item { id } cause { code errorCode provider } } unavailable { product } } } }",
        id,
      );
      expect(report.status).toBe("READY");
      expect(report.content.warnings).toEqual(
        codes.map((warningCode) => ({
          ...{ warningType: "ASSET_REPORT_WARNING", warningCode, provider, remoteItemId: itemId, item: { id: warned } },
          cause: { code: "PRODUCT_UNSUPPORTED", errorCode: "PRODUCTS_NOT_SUPPORTED", provider },
        })),
      );
      const lacking = "{ totalCount unavailable { product item { id } error { errorCode } action } }";
      const found = await accounts(
        id,
        `type owners { names } transactions ${lacking} holdings ${lacking} investmentTransactions ${lacking}`,
      );
      for (const account of found) {
        const isWarned = account.of.item.id === warned;
        const missing = (product: string, type: string) => ({
          totalCount: 0,
          unavailable:
            isWarned && account.type === type
              ? [
                  {
                    product,
                    item: { id: warned },
                    error: { errorCode: "PRODUCTS_NOT_SUPPORTED" },
                    action: "UNSUPPORTED",
                  },
                ]
              : [],
        });
        expect(account.owners === null).toBe(isWarned);
        expect(account.holdings).toEqual(missing("INVESTMENTS", "INVESTMENT"));
        expect(account.investmentTransactions).toEqual(missing("INVESTMENTS", "INVESTMENT"));
        if (isWarned) expect(account.transactions).toEqual(missing("TRANSACTIONS", "DEPOSITORY"));
        else expect(account.transactions.unavailable).toEqual([]);
      }
    },
  );

  it("names an investment account that was told without its investments", async () => {
    await start();
    sandbox.faults.script({
      kind: "mutate",
      provider: "LINK_MONEY",
      endpoint: "/asset_report/get",
      mutate(body) {
        const { report } = body as { report: { items: { accounts: Record<string, unknown>[] }[] } };
        for (const account of report.items.flatMap((item) => item.accounts)) delete account.investments;
      },
    });
    const id = await ready(await linkHousehold(gateway, sandbox), 30);
    for (const account of await accounts(id, "type holdings { unavailable { product error { code } action } }")) {
      const isSilent = account.type === "INVESTMENT" && account.of.provider === "LINK_MONEY";
      expect(account.holdings.unavailable).toEqual(
        isSilent ? [{ product: "INVESTMENTS", error: { code: "PRODUCT_UNSUPPORTED" }, action: "UNSUPPORTED" }] : [],
      );
    }
  });

  it.each<Imitated>(["PLAID", "LINK_MONEY"])("says which items made a report of %s fail, and why", async (provider) => {
    await start();
    const [good, bad] = [sandbox.createItem(provider), sandbox.createItem(provider)];
    const [, atFault] = [
      await importItem(gateway, { provider, accessToken: good.accessToken }),
      await importItem(gateway, { provider, accessToken: bad.accessToken }),
    ];
    sandbox.faults.script({ kind: "report-failure", provider, itemId: bad.itemId, code: "INSTITUTION_DOWN" });
    const { data } = await gateway.query("{ items { nodes { id } } }");
    const id = await ready(data.items.nodes.map((item: { id: string }) => item.id));
    const { report } = await read(
      "query ($id: ID!) { report(id: $id) { status error { code causes { remoteItemId item { id } error { code errorCode provider } } } } }",
      id,
    );
    expect(report).toEqual({
      status: "FAILED",
      error: {
        code: "REPORT_FAILED",
        causes: [
          {
            remoteItemId: bad.itemId,
            item: { id: atFault },
            error: { code: "INSTITUTION_UNAVAILABLE", errorCode: "INSTITUTION_DOWN", provider },
          },
        ],
      },
    });
  });

  it("marks accounts that are in it through two items, over both aggregators, with the first of them", async () => {
    await start();
    const household = await linkHousehold(gateway, sandbox);
    const twice = [];
    for (const provider of ["PLAID", "LINK_MONEY"] as const) {
      const { accessToken } = sandbox.createItem(provider, { user: "no-liabilities" });
      twice.push(await importItem(gateway, { provider, accessToken }));
    }
    const id = await ready([...household, ...twice], 30);
    sandbox.clearCalls();
    const pagesBefore = reads.pages;
    const found = await accounts(id, "id remoteId name duplicateOf { id name duplicateOf { id } }");
    expect(reads.pages).toBe(pagesBefore);
    expect(sandbox.calls()).toEqual([]);
    const [first, second] = twice.map((itemId) => found.filter((account: Of) => account.of.item.id === itemId));
    expect(second.map((account: { duplicateOf: object }) => account.duplicateOf)).toEqual(
      first.map(({ id, name }: { id: string; name: string }) => ({ id, name, duplicateOf: null })),
    );
    expect(first.length).toBe(3);
    for (const account of found) if (!second.includes(account)) expect(account.duplicateOf).toBeNull();
  });

  it("opens for a page one head and the pages that hold it, and nothing else", async () => {
    await start();
    const id = await ready(await linkHousehold(gateway, sandbox));
    const found = await accounts(id, "id transactions(first: 1) { totalCount } holdings(first: 1) { totalCount }");
    const [largest] = found.sort(
      (a: Counted, b: Counted) => b.transactions.totalCount - a.transactions.totalCount,
    ) as Counted[];
    const [richest] = found.filter((account: Counted) => account.holdings.totalCount > 0) as Counted[];
    expect(largest?.transactions.totalCount).toBeGreaterThan(400);
    const cost = async (accountId: string | undefined, list: string) => {
      Object.assign(reads, { heads: 0, pages: 0 });
      await read(`query ($id: ID!) { node(id: $id) { ... on ReportAccount { ${list} } } }`, accountId ?? "");
      return { ...reads };
    };
    expect(await cost(largest?.id, "name mask balances { current }")).toEqual({ heads: 1, pages: 0 });
    expect(await cost(largest?.id, "transactions(first: 50) { nodes { amount } }")).toEqual({ heads: 1, pages: 1 });
    expect(await cost(largest?.id, "transactions(first: 201) { nodes { amount } }")).toEqual({ heads: 1, pages: 2 });
    expect(await cost(largest?.id, "historicalBalances(days: 7) { current }")).toEqual({ heads: 1, pages: 1 });
    expect(await cost(richest?.id, "holdings { nodes { security { name } } }")).toEqual({ heads: 1, pages: 1 });
    expect(await cost(richest?.id, "investmentTransactions { nodes { security { name } } }")).toEqual({
      ...{ heads: 1, pages: 1 },
    });
  });

  it("is never asked for again once it is ready, whatever webhooks come", async () => {
    await start(300_000);
    const { accessToken } = sandbox.createItem("PLAID", { user: "other" });
    const item = await importItem(gateway, { provider: "PLAID", accessToken });
    const id = await ready([item], 30);
    const { report } = await read("query ($id: ID!) { report(id: $id) { sources { remoteId } } }", id);
    sandbox.clearCalls();
    const webhook = { webhook_type: "ASSETS", webhook_code: "PRODUCT_READY", report_type: "FULL" };
    const about = { ...webhook, asset_report_id: report.sources[0].remoteId };
    const address = `${gateway.app.url}/webhooks/plaid`;
    expect(await sandbox.sendWebhook("PLAID", address, about)).toBe(200);
    const waiting = () =>
      store.db.selectFrom("webhook_inbox").select("id").where("interpreted_at", "is", null).execute();
    await until(async () => (await waiting()).length === 0);
    await ready([item], 30); // jobs are done in their order: one of the first report's would have been
    const gets = sandbox.calls().filter(({ endpoint }) => endpoint === "/asset_report/get");
    expect(gets).toHaveLength(1);
  });

  it("shows a social security number and owners to those with pii:read only", async () => {
    await start();
    const id = await ready(await linkHousehold(gateway, sandbox), 30);
    const document =
      "query ($id: ID!) { report(id: $id) { content { user { firstName ssn } items { accounts { owners { names } } } } } }";
    const asked = await gateway.query(document, { id }, { scopes: ["reports:write"] });
    expect(asked.data.report.content.user).toEqual({ firstName: "Jane", ssn: "***-**-6789" });
    expect(JSON.stringify(asked)).not.toContain("123-45");
    for (const { owners } of asked.data.report.content.items.flatMap((item: { accounts: object[] }) => item.accounts))
      expect(owners).toBeNull();
    expect((await read(document, id)).report.content.user.ssn).toBe("123-45-6789");
  });
});

interface Of {
  of: { provider: Imitated; item: { id: string } };
}
interface Counted {
  id: string;
  transactions: { totalCount: number };
  holdings: { totalCount: number };
}
interface Lists {
  holdings: { nodes: object[] };
  investmentTransactions: { nodes: object[] };
}

const SECURITY = "id remoteId name tickerSymbol type";
const HOLDING = `id quantity institutionPrice institutionValue costBasis unrealizedGain currency account { id } security { ${SECURITY} } raw`;
const TRADE = `id remoteId date name amount quantity price fees type subtype currency cancelTransactionId account { id } security { ${SECURITY} } raw`;
