import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { COVERAGE, calledEndpoints } from "../../scripts/coverage.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, startGateway, testSandbox, type Who } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const BOB: Who = { viewer: "bob" };
const PROVIDERS = { Plaid: "PLAID", "Link Money": "LINK_MONEY" } as const;
type Provider = (typeof PROVIDERS)[keyof typeof PROVIDERS];

/** Queries of one field, by the field, each with what it may be narrowed to one provider by. */
const READS: Record<string, string> = {
  "Query.accounts": "accounts(filter: { providers: [$provider] }) { totalCount }",
  "Account.balances": "accounts(filter: { providers: [$provider] }) { nodes { balances(fresh: true) { current } } }",
  "Account.owners": "accounts(filter: { providers: [$provider] }) { nodes { owners { names } } }",
  "DepositoryAccount.numbers":
    "accounts(filter: { providers: [$provider] }) { nodes { ... on DepositoryAccount { numbers { ach { account } } } } }",
  "InvestmentAccount.transfer":
    "accounts(filter: { providers: [$provider] }) { nodes { ... on InvestmentAccount { transfer { numbersSource } } } }",
  "CreditAccount.liability":
    "accounts(filter: { providers: [$provider] }) { nodes { ... on CreditAccount { liability { isOverdue } } } }",
  "Query.transactions": "transactions(filter: { providers: [$provider] }) { totalCount }",
  "Query.holdings": "holdings(filter: { providers: [$provider] }) { totalCount }",
  "Query.investmentTransactions": "investmentTransactions(filter: { providers: [$provider] }) { totalCount }",
  "Query.liabilities": "liabilities(filter: { providers: [$provider] }) { totalCount }",
  "Query.institutions":
    'institutions(provider: $provider) { totalCount } found: institutions(provider: $provider, query: "bank") { totalCount }',
  "Query.institution": 'institution(provider: $provider, remoteId: "ins_109508") { name }',
  "Query.categories": "categories(provider: $provider) { categoryId }",
};

describe("every endpoint that a client calls", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  /** What fields of the schema have called, by the table of coverage. */
  const reached = new Set<string>();
  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "0" } });
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const callsAt = (provider: Provider) => sandbox.calls().filter((call) => call.provider === provider);

  /** Asks for a field, and notes the endpoints of its rows that this reached, at once or by a job. */
  async function by<T>(field: string, providers: readonly Provider[], ask: () => Promise<T>): Promise<T> {
    sandbox.clearCalls();
    const answer = await ask();
    for (const provider of providers) {
      const reachedNow = () =>
        callsAt(provider).flatMap(({ endpoint }) => (COVERAGE[endpoint]?.includes(field) ? [endpoint] : []));
      await until(() => reachedNow().length > 0);
      for (const endpoint of reachedNow()) reached.add(`${provider} ${endpoint}`);
    }
    return answer;
  }
  async function asked(document: string, variables: Record<string, unknown> = {}, as: Who = {}) {
    const { data, errors } = await gateway.query(document, variables, as);
    expect(errors).toEqual([]);
    return data;
  }
  async function settled(id: string, as: Who = {}) {
    for await (const _ of gateway.subscribe(
      "subscription ($id: ID!) { reportStatus(id: $id) { status } }",
      { id },
      as,
    ));
  }
  async function pdfs(id: string, as: Who = {}) {
    const { report } = await asked("query ($id: ID!) { report(id: $id) { sources { pdf { url } } } }", { id }, as);
    for (const { pdf } of report.sources) expect((await fetch(pdf.url)).status).toBe(200);
  }

  it("is reached by a field that the table of coverage names", async () => {
    const both = Object.values(PROVIDERS);
    const imported: Record<string, string> = {};
    for (const provider of both) {
      const { accessToken } = sandbox.createItem(provider);
      imported[provider] = await by("Mutation.importItem", [provider], () =>
        importItem(gateway, { provider, accessToken }),
      );
      // a webhook, whose signature is checked by a key of the aggregator, has told that it is registered
      for (const { endpoint } of callsAt(provider))
        if (/^\/webhook_+verification/.test(endpoint)) reached.add(`${provider} ${endpoint}`);
    }
    const publicToken = sandbox.createPublicToken({ user: "brokerage" });
    const { linkItem } = await by("Mutation.linkItem", ["PLAID"], () =>
      asked("mutation ($publicToken: String!) { linkItem(input: { publicToken: $publicToken }) { item { id } } }", {
        publicToken,
      }),
    );
    await by("Mutation.createLinkToken", ["PLAID"], () =>
      asked("mutation { createLinkToken(input: { products: [AUTH] }) { linkToken } }"),
    );
    for (const provider of both) {
      for (const [field, selection] of Object.entries(READS)) {
        const offered = Object.entries(COVERAGE).some(
          ([endpoint, fields]) => fields.includes(field) && calledBy(provider, endpoint),
        );
        if (offered)
          await by(field, [provider], () => asked(`query ($provider: Provider!) { ${selection} }`, { provider }));
      }
      const id = imported[provider];
      await by("Mutation.refreshTransactions", [provider], () =>
        asked("mutation ($id: ID!) { refreshTransactions(itemId: $id) { item { id } } }", { id }),
      );
      await by("Mutation.updateItemWebhook", [provider], () =>
        asked("mutation ($id: ID!) { updateItemWebhook(id: $id) { item { id } } }", { id }),
      );
    }
    const { id } = linkItem.item;
    await by("Mutation.rotateAccessToken", ["PLAID"], () =>
      asked("mutation ($id: ID!) { rotateAccessToken(id: $id) { item { id } } }", { id }),
    );
    await by("Mutation.refreshInvestments", ["PLAID"], () =>
      asked("mutation ($id: ID!) { refreshInvestments(itemId: $id) { item { id } } }", { id }),
    );

    const itemIds = Object.values(imported);
    const { createReport } = await by("Mutation.createReport", both, () =>
      asked("mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }", {
        input: { itemIds, daysRequested: 1 },
      }),
    );
    const own = createReport.report.id;
    await by("Subscription.reportStatus", both, () => settled(own));
    await by("ReportSource.pdf", both, () => pdfs(own));
    const { report } = await asked("query ($id: ID!) { report(id: $id) { content { items { accounts { id } } } } }", {
      id: own,
    });
    const excludeAccountIds = report.content.items.map(
      ({ accounts }: { accounts: { id: string }[] }) => accounts[0]?.id,
    );
    const { filterReport } = await by("Mutation.filterReport", both, () =>
      asked("mutation ($input: FilterReportInput!) { filterReport(input: $input) { report { id } } }", {
        input: { id: own, excludeAccountIds },
      }),
    );
    await settled(filterReport.report.id);
    const refresh = (of: string, as: Who = {}) =>
      asked(
        "mutation ($input: RefreshReportInput!) { refreshReport(input: $input) { report { id } } }",
        { input: { id: of } },
        as,
      );
    await by("Mutation.refreshReport", both, () => refresh(own));

    const { createAuditCopy } = await by("Mutation.createAuditCopy", both, () =>
      asked(
        'mutation ($id: ID!) { createAuditCopy(input: { reportId: $id, auditorId: "fannie_mae" }) { auditCopies { id auditCopyToken source { provider } } } }',
        { id: own },
      ),
    );
    const { createRelay } = await by("Mutation.createRelay", ["PLAID"], () =>
      asked(
        'mutation ($id: ID!) { createRelay(input: { reportId: $id, secondaryClientId: "partner" }) { relays { id relayToken } } }',
        { id: own },
      ),
    );
    const copyOf = (provider: Provider) =>
      createAuditCopy.auditCopies.find((copy: { source: { provider: string } }) => copy.source.provider === provider);
    const opened = [
      ["Query.auditCopyReport", "auditCopyReport(auditCopyToken: $token)", copyOf("PLAID").auditCopyToken],
      ["Query.relayedReport", "relayedReport(relayToken: $token)", createRelay.relays[0].relayToken],
    ] as const;
    for (const [field, selection, token] of opened) {
      const data = await by(field, ["PLAID"], () =>
        asked(`query ($token: String!) { shared: ${selection} { id } }`, { token }, BOB),
      );
      await by("ReportSource.pdf", ["PLAID"], () => pdfs(data.shared.id, BOB));
      if (field === "Query.relayedReport")
        await by("Mutation.refreshReport", ["PLAID"], () => refresh(data.shared.id, BOB));
    }
    await by("Mutation.removeRelay", ["PLAID"], () =>
      asked("mutation ($id: ID!) { removeRelay(id: $id) { relay { id } } }", { id: createRelay.relays[0].id }),
    );
    for (const provider of both) {
      await by("Mutation.removeAuditCopy", [provider], () =>
        asked("mutation ($id: ID!) { removeAuditCopy(id: $id) { auditCopy { id } } }", { id: copyOf(provider).id }),
      );
    }
    await by("Mutation.removeReport", both, () =>
      asked("mutation ($id: ID!) { removeReport(id: $id) { report { id } } }", { id: filterReport.report.id }),
    );
    for (const provider of both) {
      await by("Mutation.removeItem", [provider], () =>
        asked("mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }", { id: imported[provider] }),
      );
    }

    const called = [...calledEndpoints()].flatMap(([endpoint, callers]) =>
      [...callers].map((caller) => `${PROVIDERS[caller]} ${endpoint}`),
    );
    expect([...reached].sort()).toEqual(called.sort());
  });

  function calledBy(provider: Provider, endpoint: string): boolean {
    return [...(calledEndpoints().get(endpoint) ?? [])].some((caller) => PROVIDERS[caller] === provider);
  }
});
