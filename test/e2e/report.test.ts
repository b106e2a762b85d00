import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { add, subtract } from "../../src/decimal.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { eachDatabase } from "../support/database.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const CREATE = `
  mutation ($input: CreateReportInput!) {
    createReport(input: $input) { report { id status readyAt content { id } sources { status provider remoteId itemIds } } }
  }`;
const WATCH =
  "subscription ($id: ID!) { reportStatus(id: $id) { id status readyAt sources { provider status error { code causes { remoteItemId } } } } }";
const USER = { clientUserId: "u-1", firstName: "Jane", lastName: "Doe", ssn: "123-45-6789", email: "jane@example.com" };

/** Every value of the report's subscription. */
async function watch(gateway: Gateway, id: string) {
  const seen = [];
  for await (const { reportStatus } of gateway.subscribe(WATCH, { id })) seen.push(reportStatus);
  return seen;
}

/** Polls that come so late that only webhooks can make a report ready within a test. */
const SELDOM_MS = 300_000;

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let itemIds: string[];
  let store: Store;

  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  /** A gateway whose polls come after `pollMs`. */
  async function start(pollMs: number, env: Record<string, string> = {}) {
    store = await open();
    gateway = await startGateway(sandbox, { store, env: { REPORT_POLL_MS: String(pollMs), ...env } });
    itemIds = await linkHousehold(gateway, sandbox);
  }

  async function create(input: Record<string, unknown> = {}) {
    const { data, errors } = await gateway.query(CREATE, {
      input: { itemIds, daysRequested: 60, user: USER, ...input },
    });
    expect(errors).toEqual([]);
    return data.createReport.report;
  }

  it("is PENDING at once, READY by a webhook from each, and reads as one", async () => {
    await start(SELDOM_MS);
    const report = await create({ clientReportId: "loan-7" });
    expect(report).toMatchObject({ status: "PENDING", readyAt: null, content: null });
    expect(report.sources.map((source: { provider: string }) => source.provider)).toEqual(["PLAID", "LINK_MONEY"]);

    const seen = await watch(gateway, report.id);
    expect(seen[0].status).toBe("PENDING");
    expect(seen.at(-1).status).toBe("READY");
    expect(seen.slice(0, -1).every(({ status }) => status === "PENDING")).toBe(true);

    const { data, errors } = await gateway.query(CONTENT, { id: report.id });
    expect(errors).toEqual([]);
    const { content } = data.report;
    expect(content.unavailable).toEqual([]);
    expect(content.warnings).toEqual([]);
    expect(content.clientReportId).toBe("loan-7");
    expect(content.user).toMatchObject({ firstName: "Jane", ssn: "123-45-6789" });
    expect(new Set(content.items.map((item: { provider: string }) => item.provider))).toEqual(
      new Set(["PLAID", "LINK_MONEY"]),
    );
    expect(content.items.map((item: { item: { id: string } }) => item.item.id).sort()).toEqual([...itemIds].sort());
    for (const item of content.items) {
      for (const account of item.accounts) {
        expect(account.owners[0].names.length).toBeGreaterThan(0);
        if (account.type === "DEPOSITORY" || account.type === "CREDIT") {
          expect(balanceSince(account)).toBe(account.balances.current);
          expect(account.historicalBalances.length).toBeGreaterThan(50);
        }
      }
    }
    const all = content.items.flatMap((item: { accounts: unknown[] }) => item.accounts);
    const busiest = all.find(
      (account: { transactions: { totalCount: number } }) => account.transactions.totalCount > 10,
    );
    expect(busiest.transactions.nodes[0].name).not.toBeNull();
  });

  it("pages an account's transactions, newest first, losing and repeating none", async () => {
    await start(SELDOM_MS);
    const { id } = await create({ daysRequested: 731 });
    await watch(gateway, id);
    const first = await gateway.query(ACCOUNTS, { id });
    const accounts = first.data.report.content.items.flatMap((item: { accounts: object[] }) => item.accounts);
    const largest = accounts.sort((a: Counted, b: Counted) => b.transactions.totalCount - a.transactions.totalCount)[0];
    const seen: { id: string; date: string }[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await gateway.query(PAGE, { id: largest.id, after });
      expect(errors).toEqual([]);
      seen.push(...data.node.transactions.nodes);
      after = data.node.transactions.pageInfo.hasNextPage ? data.node.transactions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(largest.transactions.totalCount);
    expect(seen.length).toBeGreaterThan(250);
    expect(new Set(seen.map((transaction) => transaction.id)).size).toBe(seen.length);
    expect(seen.map(({ date }) => date)).toEqual(
      seen
        .map(({ date }) => date)
        .sort()
        .reverse(),
    );
  });

  it("becomes READY by polls when the webhooks are lost", async () => {
    await start(200);
    sandbox.faults.script({ kind: "webhook-lost", provider: "PLAID" });
    sandbox.faults.script({ kind: "webhook-lost", provider: "LINK_MONEY" });
    const { id } = await create();
    expect((await watch(gateway, id)).at(-1).status).toBe("READY");
  });

  it("is matched with webhooks that come before create was answered", async () => {
    await start(SELDOM_MS);
    sandbox.faults.script({ kind: "webhook-early", provider: "PLAID" });
    sandbox.faults.script({ kind: "webhook-early", provider: "LINK_MONEY" });
    const { id } = await create();
    expect((await watch(gateway, id)).at(-1).status).toBe("READY");
  });

  it("loses nothing in a restart, whatever came while it was down", async () => {
    const store = await open();
    const env = { REPORT_POLL_MS: String(SELDOM_MS), ENCRYPTION_KEYS: `k:${Buffer.alloc(32, 1).toString("base64")}` };
    gateway = await startGateway(sandbox, { store, env });
    itemIds = await linkHousehold(gateway, sandbox);
    sandbox.faults.script({ kind: "webhook-lost", provider: "PLAID" });
    sandbox.faults.script({ kind: "webhook-lost", provider: "LINK_MONEY" });
    const { id } = await create();
    const { port } = new URL(gateway.app.url);
    await gateway.close();
    gateway = await startGateway(sandbox, { store, env: { ...env, PORT: port, REPORT_POLL_MS: "200" } });
    expect((await watch(gateway, id)).at(-1).status).toBe("READY");
    const { data } = await gateway.query("{ items { totalCount } }");
    expect(data.items.totalCount).toBe(3);
  });

  it("changes nothing for a doubled or badly signed webhook", async () => {
    await start(300);
    sandbox.faults.script({ kind: "webhook-doubled", provider: "PLAID" });
    sandbox.faults.script({ kind: "webhook-badly-signed", provider: "LINK_MONEY" });
    const { id } = await create();
    const seen = await watch(gateway, id);
    expect(seen.filter(({ status }) => status === "READY")).toHaveLength(1);
    const counted = async (provider: string, outcome: string) => {
      const text = await (await fetch(`${gateway.app.url}/metrics`)).text();
      const label = `tributary_webhooks_total{provider="${provider}",outcome="${outcome}"} `;
      return Number(
        text
          .split("\n")
          .find((line) => line.startsWith(label))
          ?.slice(label.length) ?? 0,
      );
    };
    await until(async () => (await counted("PLAID", "repeated")) > 0);
    await until(async () => (await counted("LINK_MONEY", "refused")) > 0);
    expect(await counted("LINK_MONEY", "accepted")).toBe(1); // that its webhook was registered
  });

  it("is PARTIAL when one source fails, and its content says whose data is missing", async () => {
    await start(SELDOM_MS);
    sandbox.faults.script({ kind: "report-failure", provider: "LINK_MONEY" });
    const { id } = await create();
    const last = (await watch(gateway, id)).at(-1);
    expect(last.status).toBe("PARTIAL");
    const failed = last.sources.find((source: { provider: string }) => source.provider === "LINK_MONEY");
    expect(failed).toMatchObject({ status: "FAILED", error: { code: "REPORT_FAILED" } });
    const { data, errors } = await gateway.query(CONTENT, { id });
    expect(errors).toEqual([]);
    expect(data.report.content.unavailable).toEqual([
      expect.objectContaining({ provider: "LINK_MONEY", product: "ASSETS", item: { id: itemIds[2] } }),
    ]);
    expect(data.report.content.items).toHaveLength(2);
  });

  it("is FAILED when all sources do", async () => {
    await start(SELDOM_MS);
    sandbox.faults.script({ kind: "report-failure", provider: "PLAID" });
    sandbox.faults.script({ kind: "report-failure", provider: "LINK_MONEY" });
    const { id } = await create();
    expect((await watch(gateway, id)).at(-1).status).toBe("FAILED");
    const { data } = await gateway.query("query ($id: ID!) { report(id: $id) { error { code } content { id } } }", {
      id,
    });
    expect(data.report).toEqual({ error: { code: "REPORT_FAILED" }, content: null });
  });

  it("gives the first report again for the same idempotency key, and CONFLICT for other input", async () => {
    await start(SELDOM_MS);
    sandbox.clearCalls();
    const [first, second] = await Promise.all([create({ idempotencyKey: "k1" }), create({ idempotencyKey: "k1" })]);
    expect(second.id).toBe(first.id);
    await watch(gateway, first.id);
    expect(sandbox.calls().filter((call) => call.endpoint === "/asset_report/create")).toHaveLength(2);
    const { errors } = await gateway.query(CREATE, {
      input: { itemIds, daysRequested: 61, user: USER, idempotencyKey: "k1" },
    });
    expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", field: "input.idempotencyKey" });
  });

  it("asks for insights only when they are selected, once", async () => {
    await start(SELDOM_MS);
    const { id } = await create();
    await watch(gateway, id);
    sandbox.clearCalls();
    const gets = () => sandbox.calls().filter((call) => call.endpoint === "/asset_report/get").length;
    await gateway.query(ACCOUNTS, { id });
    expect(gets()).toBe(0);
    await Promise.all([gateway.query(CONTENT, { id }), gateway.query(CONTENT, { id })]);
    expect(gets()).toBe(2);
    await gateway.query(CONTENT, { id });
    expect(gets()).toBe(2);
  });

  it("keeps every transaction under its id when insights come in another order", async () => {
    await start(SELDOM_MS);
    const { id } = await create();
    await watch(gateway, id);
    const read = async (fields: string) => {
      const { data } = await gateway.query(
        `query ($id: ID!) { report(id: $id) { content { items { accounts { transactions(first: 200) { nodes { id remoteId amount ${fields} } } } } } } }`,
        { id },
      );
      const accounts = data.report.content.items.flatMap((item: { accounts: unknown[] }) => item.accounts);
      return accounts.flatMap((account: { transactions: { nodes: unknown[] } }) => account.transactions.nodes);
    };
    const before = await read("");
    sandbox.faults.script({
      kind: "mutate",
      provider: "PLAID",
      endpoint: "/asset_report/get",
      mutate: reverseTransactions,
    });
    const after = await read("name");
    expect(after.some(({ name }: { name: string | null }) => name !== null)).toBe(true);
    expect(after.map(({ name: _, ...node }: { name: string | null }) => node)).toEqual(before);
  });

  it("asks once a source and says why, when insights are refused", async () => {
    await start(SELDOM_MS);
    const { id } = await create();
    await watch(gateway, id);
    sandbox.faults.script({
      kind: "error",
      provider: "PLAID",
      endpoint: "/asset_report/get",
      code: "INSIGHTS_NOT_ENABLED",
    });
    for (let time = 0; time < 2; time++) {
      sandbox.clearCalls();
      const { data, errors } = await gateway.query(CONTENT, { id });
      expect(errors).toEqual([]);
      expect(data.report.content.unavailable).toEqual([
        expect.objectContaining({
          provider: "PLAID",
          product: "ASSETS",
          error: expect.objectContaining({ code: "PRODUCT_UNSUPPORTED" }),
        }),
      ]);
      const gets = sandbox.calls().filter((call) => call.endpoint === "/asset_report/get" && call.provider === "PLAID");
      expect(gets).toHaveLength(time === 0 ? 1 : 0);
    }
  });

  it("leaves nothing of its content after removal, here or at the aggregators", async () => {
    await start(SELDOM_MS);
    sandbox.clearCalls();
    const { id } = await create();
    await watch(gateway, id);
    const { data } = await gateway.query(
      "mutation ($id: ID!) { removeReport(id: $id) { report { status content { id } } } }",
      { id },
    );
    expect(data.removeReport.report).toEqual({ status: "REMOVED", content: null });
    expect((await watch(gateway, id)).map(({ status }) => status)).toEqual(["REMOVED"]);
    for (const table of ["report_head", "report_page"] as const) {
      expect(await store.db.selectFrom(table).select("source_id").execute()).toEqual([]);
    }
    const removals = () =>
      sandbox.calls().filter((call) => call.endpoint === "/asset_report/remove" && call.status === 200);
    await until(() => removals().length === 2);
  });
});

/** The newest historical balance and what was posted after its day: it must be the current one. */
function balanceSince(account: SnapshotAccount): string {
  const [newest] = account.historicalBalances;
  const later = account.transactions.nodes.filter(({ date, pending }) => !pending && date > (newest?.date ?? ""));
  const change = account.type === "CREDIT" ? add : subtract; // money that leaves raises what a card owes
  return later.reduce((balance, { amount }) => change(balance, amount), newest?.current ?? "");
}

interface SnapshotAccount {
  type: string;
  balances: { current: string };
  historicalBalances: { date: string; current: string }[];
  transactions: { nodes: { date: string; amount: string; pending: boolean }[] };
}
function reverseTransactions(body: Record<string, unknown>): unknown {
  const { report } = body as { report: { items: { accounts: { transactions: unknown[] }[] }[] } };
  for (const item of report.items) for (const account of item.accounts) account.transactions.reverse();
  return body;
}

interface Counted {
  transactions: { totalCount: number };
}

const CONTENT = `query ($id: ID!) { report(id: $id) { status content {
  generatedAt daysRequested clientReportId user { firstName ssn }
  warnings { warningCode } unavailable { provider product item { id } error { code message } action }
  items { provider institutionName item { id } source { status } accounts {
    name type subtype mask balances { current available currency provenance { endpoint } } owners { names emails { address } }
    historicalBalances { date current }
    transactions(first: 50) { totalCount nodes { id date amount name merchantName category pending raw } pageInfo { hasNextPage } }
  } }
} } }`;
const ACCOUNTS =
  "query ($id: ID!) { report(id: $id) { content { items { accounts { id transactions(first: 1) { totalCount } } } } } }";
const PAGE = `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount {
  transactions(first: 90, after: $after) { nodes { id date amount originalDescription } pageInfo { hasNextPage endCursor } } } } }`;
