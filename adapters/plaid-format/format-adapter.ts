import type { Provider } from "../../schema/enums.ts";
import { type Clock, isoNow } from "../../src/clock.ts";
import { GatewayError } from "../../src/errors.ts";
import type { FilterRequest, RefreshRequest, ReportRequest } from "../adapter/reports.ts";
import type { TransactionsQuery } from "../adapter/transactions-page.ts";
import type { Adapter, BalancesCall, Call, ItemCall, Reading, ReportCall } from "../adapter.ts";
import { text } from "../fields.ts";
import type { Http, HttpAnswer, HttpStream, LongList } from "../http.ts";
import { required } from "../records.ts";
import { createdReport } from "./created-report.ts";
import type { Normalize, Normalizers } from "./normalizers.ts";
import { reading } from "./reading.ts";
import { reportReading } from "./report-reading.ts";
import { unlessGone } from "./unless-gone.ts";

/** The calls that every aggregator of Plaid's format has, each one endpoint. */
export interface FormatClient {
  itemGet(call: ItemCall): Promise<HttpAnswer>;
  itemRemove(call: ItemCall): Promise<HttpAnswer>;
  itemWebhookUpdate(url: string, call: ItemCall): Promise<HttpAnswer>;
  accountsGet(call: ItemCall): Promise<HttpAnswer>;
  accountsBalanceGet(call: BalancesCall): Promise<HttpAnswer>;
  authGet(call: ItemCall): Promise<HttpAnswer>;
  investmentsHoldingsGet(call: ItemCall): Promise<HttpAnswer>;
  liabilitiesGet(call: ItemCall): Promise<HttpAnswer>;
  transactionsGet(query: TransactionsQuery, call: ItemCall): Promise<HttpAnswer>;
  transactionsRefresh(call: ItemCall): Promise<HttpAnswer>;
  investmentsTransactionsGet(query: TransactionsQuery, call: ItemCall): Promise<HttpAnswer>;
  assetReportCreate(request: ReportRequest, call: Call & { budgetKey: string }): Promise<HttpAnswer>;
  assetReportRefresh(request: RefreshRequest, call: ReportCall): Promise<HttpAnswer>;
  assetReportFilter(request: FilterRequest, call: ReportCall): Promise<HttpAnswer>;
  assetReportGet(options: { insights: boolean; items: LongList }, call: ReportCall): Promise<HttpAnswer>;
  assetReportPdfGet(call: ReportCall): Promise<HttpStream>;
  assetReportRemove(call: ReportCall): Promise<HttpAnswer>;
  auditCopyCreate(auditorId: string, call: ReportCall): Promise<HttpAnswer>;
  auditCopyRemove(call: ReportCall): Promise<HttpAnswer>;
}

/** What an adapter of Plaid's format does the same way as its siblings. */
type FormatAdapter = Omit<Adapter, "products" | "sandbox" | "exchangePublicToken" | "readInstitution" | "webhooks">;

export interface FormatOptions {
  provider: Provider;
  http: Http;
  client: FormatClient;
  normalize: Normalizers;
  clock: Clock;
}

/** The part of an adapter that is the same for all who speak Plaid's format. */
export function formatAdapter({ provider, http, client, normalize, clock }: FormatOptions) {
  /** The answer, or an empty one when the item has no account of this kind: the aggregators call that an error. */
  async function orEmpty<T>(
    answer: Promise<HttpAnswer>,
    read: Normalize<T>,
    none: { code: string; endpoint: string; data: T },
  ): Promise<Reading<T>> {
    try {
      return reading(provider, await answer, read);
    } catch (error) {
      const upstream = error instanceof GatewayError ? error.options.upstream : undefined;
      if (upstream?.errorCode !== none.code) throw error;
      const origin = { endpoint: none.endpoint, requestId: upstream.requestId ?? null, fetchedAt: isoNow(clock) };
      return { data: none.data, origin, leftOut: [], itemError: null };
    }
  }

  return {
    provider,
    availability: http.availability,
    close: http.close,

    readItem: async (call) => reading(provider, await client.itemGet(call), normalize.item),
    removeItem: (call) => unlessGone(client.itemRemove(call), "ITEM_REVOKED"),
    async updateWebhook(url, call) {
      await client.itemWebhookUpdate(url, call);
    },

    readAccounts: async (call) => reading(provider, await client.accountsGet(call), normalize.accounts),
    readBalances: async (call) => reading(provider, await client.accountsBalanceGet(call), normalize.accounts),
    readHoldings: (call) =>
      orEmpty(client.investmentsHoldingsGet(call), normalize.holdings, {
        code: "NO_INVESTMENT_ACCOUNTS",
        endpoint: "/investments/holdings/get",
        data: { accounts: [], holdings: [], securities: [] },
      }),
    readLiabilities: (call) =>
      orEmpty(client.liabilitiesGet(call), normalize.liabilities, {
        code: "NO_LIABILITY_ACCOUNTS",
        endpoint: "/liabilities/get",
        data: { accounts: [], liabilities: [] },
      }),
    readNumbers: async (call) => reading(provider, await client.authGet(call), normalize.numbers),

    readTransactions: async (query, call) =>
      reading(provider, await client.transactionsGet(query, call), normalize.transactions),
    readInvestmentTransactions: (query, call) =>
      orEmpty(client.investmentsTransactionsGet(query, call), normalize.investmentTransactions, {
        code: "NO_INVESTMENT_ACCOUNTS",
        endpoint: "/investments/transactions/get",
        data: { accounts: [], transactions: [], securities: [], received: 0, total: 0 },
      }),
    async refreshTransactions(call) {
      await client.transactionsRefresh(call);
    },

    // both publish the same: Plaid in its reference of /asset_report/create, Link Money in its guide
    reportLimits: { items: 99, days: 731 },
    createReport: async (request, call) =>
      reading(provider, await client.assetReportCreate(request, call), createdReport).data,
    refreshReport: async (request, call) =>
      reading(provider, await client.assetReportRefresh(request, call), createdReport).data,
    filterReport: async (request, call) =>
      reading(provider, await client.assetReportFilter(request, call), createdReport).data,
    readReport: ({ insights, begin }, call) =>
      reportReading(provider, normalize, begin, (items) => client.assetReportGet({ insights, items }, call)),
    readReportPdf: (call) => client.assetReportPdfGet(call),
    removeReport: (call) => unlessGone(client.assetReportRemove(call), "GONE"),

    createAuditCopy: async (auditorId, call) =>
      reading(provider, await client.auditCopyCreate(auditorId, call), ({ audit_copy_token }) =>
        required(text(audit_copy_token), audit_copy_token, "audit_copy_token", "a string"),
      ).data,
    removeAuditCopy: (call) => unlessGone(client.auditCopyRemove(call), "GONE"),
  } satisfies FormatAdapter;
}
