import { describe, expect, it } from "@jest/globals";
import type { ReportItemRecord } from "../../adapters/adapter/reports.ts";
import { linkMoney } from "../../adapters/link-money/index.ts";
import { adapterContract } from "./adapter-contract.ts";
import {
  type ContractCall,
  type ContractSubject,
  failure,
  openStage,
  REFRESH_BODY,
  REFRESH_REQUEST,
  REPORT_BODY,
  REPORT_REQUEST,
  SECRETS,
  TRANSACTIONS_BODY,
  TRANSACTIONS_QUERY,
} from "./subject.ts";
import { PLAID_WORDS } from "./words.ts";

const bearer = { authorization: `Bearer ${SECRETS.token}` };
const credentials = { client_id: SECRETS.clientId, secret: SECRETS.secret };
const item = { token: SECRETS.token, budgetKey: "item-1" };
const keepAll = () => async (item: ReportItemRecord) => item;
const report = { token: SECRETS.reportToken, budgetKey: "source-1" };

/** An answer from which nothing is left out. */
const whole = (data: unknown) => ({ data, origin: expect.anything(), leftOut: [], itemError: null });

/** A list of so many records. */
const many = (count: number) => Array(count).fill(expect.anything());

const calls: ContractCall[] = [
  {
    endpoint: "/item/get",
    fixture: "item-get",
    run: (adapter, signal) => adapter.readItem({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: {
      data: expect.objectContaining({ institutionName: null, products: null }),
      origin: { endpoint: "/item/get", requestId: "m8MDnv9okwxFNBV", fetchedAt: "2026-03-01T12:00:00.000Z" },
      leftOut: [],
      itemError: null,
    },
  },
  {
    endpoint: "/item/remove",
    fixture: "item-remove",
    run: (adapter, signal) => adapter.removeItem({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/item/webhook/update",
    fixture: "item-webhook-update",
    run: async (adapter, signal) => adapter.updateWebhook?.(REPORT_REQUEST.webhook, { ...item, signal }),
    headers: bearer,
    body: { webhook: REPORT_REQUEST.webhook },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/institutions/get_by_id",
    fixture: "institutions-get-by-id",
    run: (adapter, signal) => adapter.readInstitution("ins_109512", { token: SECRETS.token, signal }),
    headers: bearer,
    body: { institution_id: "ins_109512" },
    kind: "read",
    gives: whole(expect.objectContaining({ name: "Houndstooth Bank" })),
  },
  {
    endpoint: "/institutions/get",
    fixture: "institutions-get",
    run: async (adapter, signal) =>
      adapter.listInstitutions?.(
        { countryCodes: ["US"], details: true, count: 500, offset: 1000 },
        { token: SECRETS.token, signal },
      ),
    headers: bearer,
    body: { count: 500, offset: 1000 },
    kind: "read",
    gives: whole({
      institutions: [
        {
          place: 0,
          institution: {
            remoteId: "ins_1",
            name: "Bank of America",
            url: null,
            primaryColor: null,
            logo: null,
            oauth: null,
            products: null,
            countryCodes: null,
            routingNumbers: null,
            dtcNumbers: null,
            status: null,
          },
        },
      ],
      total: 11_384,
    }),
  },
  {
    endpoint: "/institutions/search",
    fixture: "institutions-search",
    run: async (adapter, signal) =>
      adapter.searchInstitutions?.(
        { query: "Gingham", countryCodes: ["US"], details: false },
        { token: SECRETS.token, signal },
      ),
    headers: bearer,
    body: { query: "Gingham" },
    kind: "read",
    gives: whole({
      institutions: [{ place: 0, institution: expect.objectContaining({ remoteId: "ins_118923" }) }],
      total: null,
    }),
  },
  {
    endpoint: "/categories/get",
    fixture: "categories-get",
    run: async (adapter, signal) => adapter.readCategories?.({ token: SECRETS.token, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(expect.arrayContaining([{ categoryId: "10000000", group: "special", hierarchy: ["Bank Fees"] }])),
  },
  {
    endpoint: "/accounts/get",
    fixture: "accounts-get",
    run: (adapter, signal) => adapter.readAccounts({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(many(3)),
  },
  {
    endpoint: "/accounts/balance/get",
    fixture: "accounts-balance-get",
    run: (adapter, signal) => adapter.readBalances({ ...item, remoteInstitutionId: "ins_128026", signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(many(3)),
  },
  {
    endpoint: "/auth/get",
    fixture: "auth-get",
    run: async (adapter, signal) => adapter.readNumbers?.({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(many(1)),
  },
  {
    endpoint: "/investments/holdings/get",
    fixture: "investments-holdings-get",
    run: async (adapter, signal) => adapter.readHoldings?.({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(expect.objectContaining({ holdings: many(7) })),
  },
  {
    endpoint: "/liabilities/get",
    fixture: "liabilities-get-nested",
    run: async (adapter, signal) => adapter.readLiabilities?.({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "read",
    gives: whole(expect.objectContaining({ liabilities: many(3) })),
  },
  {
    endpoint: "/transactions/get",
    fixture: "transactions-get",
    run: async (adapter, signal) => adapter.readTransactions?.(TRANSACTIONS_QUERY, { ...item, signal }),
    headers: bearer,
    body: TRANSACTIONS_BODY,
    kind: "read",
    gives: whole(
      expect.objectContaining({ transactions: many(1), received: 1, total: 1, accounts: many(1), securities: [] }),
    ),
  },
  {
    endpoint: "/transactions/refresh",
    fixture: "transactions-refresh",
    run: async (adapter, signal) => adapter.refreshTransactions?.({ ...item, signal }),
    headers: bearer,
    body: {},
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/investments/transactions/get",
    fixture: "investments-transactions-get",
    run: async (adapter, signal) => adapter.readInvestmentTransactions?.(TRANSACTIONS_QUERY, { ...item, signal }),
    headers: bearer,
    body: TRANSACTIONS_BODY,
    kind: "read",
    gives: whole(
      expect.objectContaining({ transactions: many(3), received: 3, total: 3, accounts: many(3), securities: many(3) }),
    ),
  },
  {
    endpoint: "/asset_report/create",
    fixture: "asset-report-create",
    run: async (adapter, signal) => adapter.createReport?.(REPORT_REQUEST, { budgetKey: "source-1", signal }),
    headers: {},
    body: { ...credentials, ...REPORT_BODY },
    kind: "write",
    gives: {
      remoteId: "1f414183-220c-44f5-b0c8-bc0e6d4053bb",
      token: "assets-sandbox-6f12f5bb-22dd-4855-b918-f47ec439198a",
      requestId: "Iam3b",
    },
  },
  {
    endpoint: "/asset_report/refresh",
    fixture: "asset-report-refresh",
    run: async (adapter, signal) => adapter.refreshReport?.(REFRESH_REQUEST, { ...report, signal }),
    headers: {},
    body: { ...credentials, ...REFRESH_BODY },
    kind: "write",
    gives: {
      remoteId: "c33ebe8b-6a63-4d74-a83d-d39791231ac0",
      token: "assets-sandbox-8218d5f8-6d6d-403d-92f5-13a9afaa4398",
      requestId: "NBZaq",
    },
  },
  {
    endpoint: "/asset_report/filter",
    fixture: "asset-report-filter",
    run: async (adapter, signal) => adapter.filterReport?.({ excludedAccounts: ["a1"] }, { ...report, signal }),
    headers: {},
    body: { ...credentials, asset_report_token: SECRETS.reportToken, account_ids_to_exclude: ["a1"] },
    kind: "write",
    gives: {
      remoteId: "fdc09207-0cef-4d88-b5eb-0d970758ebd9",
      token: "assets-sandbox-bc410c6a-4653-4c75-985c-e757c3497c5c",
      requestId: "qEg07",
    },
  },
  {
    endpoint: "/asset_report/get",
    fixture: "asset-report-get-insights",
    run: async (adapter, signal) => adapter.readReport?.({ insights: false, begin: keepAll }, { ...report, signal }),
    headers: {},
    body: { ...credentials, asset_report_token: SECRETS.reportToken, include_insights: false },
    kind: "read",
    gives: whole(expect.objectContaining({ remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d" })),
  },
  {
    endpoint: "/asset_report/audit_copy/create",
    fixture: "asset-report-audit-copy-create",
    run: async (adapter, signal) => adapter.createAuditCopy?.("partner", { ...report, signal }),
    headers: {},
    body: { ...credentials, asset_report_token: SECRETS.reportToken, auditor_id: "partner" },
    kind: "write",
    gives: "a-sandbox-3TAU2CWVYBDVRHUCAAAI27ULU4",
  },
  {
    endpoint: "/asset_report/audit_copy/remove",
    fixture: "asset-report-audit-copy-remove",
    run: async (adapter, signal) => adapter.removeAuditCopy?.({ ...report, signal }),
    headers: {},
    body: { ...credentials, audit_copy_token: SECRETS.reportToken },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/asset_report/remove",
    fixture: "asset-report-remove",
    run: async (adapter, signal) => adapter.removeReport?.({ ...report, signal }),
    headers: {},
    body: { ...credentials, asset_report_token: SECRETS.reportToken },
    kind: "write",
    gives: undefined,
  },
];

const subject: ContractSubject = {
  aggregator: linkMoney,
  fixtures: "link-money",
  prefix: "/v1/plaid",
  calls,
  words: PLAID_WORDS,
  webhook: {
    header: "webhook-verification",
    keyEndpoint: "/webhook__verification_key",
    keyRequest: (key_id) => ({ client_id: SECRETS.clientId, client_secret: SECRETS.secret, key_id }),
  },
};

adapterContract("Link Money", subject);

describe("Link Money alone", () => {
  it("has no public tokens, and shows institutions only by a person's token", async () => {
    const stage = await openStage(subject);
    const { signal } = new AbortController();
    expect(stage.adapter.exchangePublicToken).toBeUndefined();
    const error = await failure(stage.adapter.readInstitution("ins_1", { token: null, signal }));
    expect(error).toMatchObject({ code: "PRODUCT_UNSUPPORTED", message: expect.stringContaining("linked") });
    expect(stage.upstream.requests).toEqual([]);
    await stage.close();
  });

  it.each([
    ["/accounts/get", "ITEM_REVOKED"],
    ["/asset_report/get", "PROVIDER_MISCONFIGURED"],
  ])("takes a refusal of %s without a word as %s: by what the call was authorised", async (endpoint, code) => {
    const stage = await openStage(subject);
    const { signal } = new AbortController();
    stage.upstream.answer(`/v1/plaid${endpoint}`, { status: 401, text: "Unauthorized" });
    const call = calls.find((one) => one.endpoint === endpoint)?.run(stage.adapter, signal);
    expect((await failure(call ?? Promise.resolve())).code).toBe(code);
    await stage.close();
  });

  it("never sends the client's secret where the person's token goes, nor the other way", async () => {
    const stage = await openStage(subject);
    for (const call of calls) {
      stage.upstream.answer(`/v1/plaid${call.endpoint}`, { json: {} });
      await call.run(stage.adapter, new AbortController().signal).catch((error: Error) => error);
    }
    for (const { path, headers, body } of stage.upstream.requests) {
      const withCredentials = path.includes("/asset_report/");
      expect(headers.authorization === undefined).toBe(withCredentials);
      expect(JSON.stringify(body).includes(SECRETS.secret)).toBe(withCredentials);
    }
    await stage.close();
  });
});
