/** Which fields of the schema come of which endpoints of the aggregators, held against the adapters' own clients. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./source-files.ts";

/** What comes of each endpoint: fields of the schema, or words where none shows it. */
export const COVERAGE: Readonly<Record<string, readonly string[]>> = {
  "/link/token/create": ["Mutation.createLinkToken"],
  "/item/public_token/exchange": ["Mutation.linkItem"],
  "/item/get": ["Mutation.linkItem", "Mutation.importItem", "Query.items", "Query.item"],
  "/item/remove": ["Mutation.removeItem"],
  "/item/webhook/update": ["Mutation.updateItemWebhook", "Item.webhook"],
  "/item/access_token/invalidate": ["Mutation.rotateAccessToken"],
  "/institutions/get": ["Query.institutions"],
  "/institutions/search": ["Query.institutions"],
  "/institutions/get_by_id": ["Query.institution", "Item.institution", "Item.institutionName", "Institution.status"],
  "/categories/get": ["Query.categories"],
  "/accounts/get": ["Query.accounts", "Query.account", "Item.accounts", "LinkItemPayload.duplicates"],
  "/accounts/balance/get": ["Account.balances"],
  "/identity/get": ["Account.owners"],
  "/auth/get": ["DepositoryAccount.numbers"],
  "/transactions/get": ["Query.transactions", "Item.transactions", "Account.transactions"],
  "/transactions/refresh": ["Mutation.refreshTransactions"],
  "/investments/holdings/get": ["Query.holdings", "Item.holdings", "InvestmentAccount.holdings"],
  "/investments/transactions/get": [
    "Query.investmentTransactions",
    "Item.investmentTransactions",
    "InvestmentAccount.investmentTransactions",
  ],
  "/investments/auth/get": ["InvestmentAccount.transfer"],
  "/investments/refresh": ["Mutation.refreshInvestments"],
  "/liabilities/get": ["Query.liabilities", "Item.liabilities", "CreditAccount.liability", "LoanAccount.liability"],
  "/asset_report/create": ["Mutation.createReport"],
  "/asset_report/refresh": ["Mutation.refreshReport"],
  "/asset_report/filter": ["Mutation.filterReport"],
  "/asset_report/get": ["Query.report", "Report.content", "Subscription.reportStatus"],
  "/asset_report/pdf/get": ["ReportSource.pdf"],
  "/asset_report/remove": ["Mutation.removeReport"],
  "/asset_report/audit_copy/create": ["Mutation.createAuditCopy"],
  "/asset_report/audit_copy/get": ["Query.auditCopyReport"],
  "/asset_report/audit_copy/pdf/get": ["ReportSource.pdf"],
  "/asset_report/audit_copy/remove": ["Mutation.removeAuditCopy"],
  "/credit/relay/create": ["Mutation.createRelay"],
  "/credit/relay/get": ["Query.relayedReport"],
  "/credit/relay/pdf/get": ["ReportSource.pdf"],
  "/credit/relay/refresh": ["Mutation.refreshReport"],
  "/credit/relay/remove": ["Mutation.removeRelay"],
  "/webhook_verification_key/get": ["the signature of every webhook: `POST /webhooks/plaid`"],
  "/webhook__verification_key": ["the signature of every webhook: `POST /webhooks/link-money`"],
};

/** Who speaks Plaid's format: what is called there is called by each. */
const CALLERS = { Plaid: "adapters/plaid", "Link Money": "adapters/link-money" } as const;
export type Caller = keyof typeof CALLERS;

/** The endpoints that each aggregator's client calls, as its source has them. */
export function calledEndpoints(): Map<string, Set<Caller>> {
  const called = new Map<string, Set<Caller>>();
  for (const [caller, folder] of Object.entries(CALLERS) as [Caller, string][]) {
    const files = globSync([`${folder}/{client,*-calls}.ts`, "adapters/plaid-format/*-calls.ts"], { cwd: ROOT });
    for (const file of files) {
      for (const [, endpoint = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(/"(\/[a-z_]+(?:\/[a-z_]+)*)"/g)) {
        called.set(endpoint, (called.get(endpoint) ?? new Set()).add(caller));
      }
    }
  }
  return called;
}

/** The table of docs/coverage.md. */
export function coverageRows(): string[][] {
  const called = calledEndpoints();
  const order = [...new Set([...Object.keys(COVERAGE), ...called.keys()])].filter((endpoint) => called.has(endpoint));
  const rows = order.map((endpoint) => {
    const by = called.get(endpoint);
    const fields = COVERAGE[endpoint] ?? [];
    return [
      `\`${endpoint}\``,
      by?.has("Plaid") ? "yes" : "",
      by?.has("Link Money") ? "yes" : "",
      fields.map((field) => (/^\w+\.\w+$/.test(field) ? `\`${field}\`` : field)).join(", "),
    ];
  });
  return [["endpoint", "Plaid", "Link Money", "what comes of it"], ...rows];
}
