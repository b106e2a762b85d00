import { text as textOf } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import type { LinkTokenRequest } from "../../adapters/adapter/link-token.ts";
import type { ReportItemRecord } from "../../adapters/adapter/reports.ts";
import { plaid } from "../../adapters/plaid/index.ts";
import { fixture } from "../support/fixture.ts";
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

const headers = {
  "plaid-client-id": SECRETS.clientId,
  "plaid-secret": SECRETS.secret,
  "plaid-version": "2020-09-14",
};
const item = { token: SECRETS.token, budgetKey: "item-1" };
const keepAll = () => async (item: ReportItemRecord) => item;
const report = { token: SECRETS.reportToken, budgetKey: "source-1" };
const access = { access_token: SECRETS.token };

const LINK_REQUEST: LinkTokenRequest = {
  userId: "person-7",
  clientName: "Ledger",
  language: "en",
  countryCodes: ["US"],
  products: ["TRANSACTIONS", "ASSETS", "INVESTMENTS_AUTH"],
  redirectUri: null,
  webhook: REPORT_REQUEST.webhook,
  token: null,
  hosted: false,
};

/** An answer from which nothing is left out. */
const whole = (data: unknown) => ({ data, origin: expect.anything(), leftOut: [], itemError: null });

/** A list of so many records. */
const many = (count: number) => Array(count).fill(expect.anything());

const calls: ContractCall[] = [
  {
    endpoint: "/item/get",
    fixture: "item-get",
    run: (adapter, signal) => adapter.readItem({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: {
      data: expect.objectContaining({ institutionName: "First Platypus Bank" }),
      origin: { endpoint: "/item/get", requestId: "m8MDnv9okwxFNBV", fetchedAt: "2026-03-01T12:00:00.000Z" },
      leftOut: [],
      itemError: null,
    },
  },
  {
    endpoint: "/item/remove",
    fixture: "item-remove",
    run: (adapter, signal) => adapter.removeItem({ ...item, signal }),
    headers,
    body: access,
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/item/webhook/update",
    fixture: "item-webhook-update",
    run: async (adapter, signal) => adapter.updateWebhook?.(REPORT_REQUEST.webhook, { ...item, signal }),
    headers,
    body: { ...access, webhook: REPORT_REQUEST.webhook },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/item/public_token/exchange",
    fixture: "item-public-token-exchange",
    run: async (adapter, signal) => adapter.exchangePublicToken?.(SECRETS.publicToken, { signal }),
    headers,
    body: { public_token: SECRETS.publicToken },
    kind: "write",
    gives: {
      token: "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6",
      remoteId: "M5eVJqLnv3tbzdngLDp9FL5OlDNxlNhlE55op",
    },
  },
  {
    endpoint: "/institutions/get_by_id",
    fixture: "institutions-get-by-id",
    run: (adapter, signal) => adapter.readInstitution("ins_109512", { token: null, signal }),
    headers,
    body: {
      institution_id: "ins_109512",
      // an institution is found in any country that Plaid supports
      country_codes: "US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI".split(" "),
      options: { include_optional_metadata: true, include_status: true },
    },
    kind: "read",
    gives: whole(expect.objectContaining({ name: "Houndstooth Bank" })),
  },
  {
    endpoint: "/institutions/get",
    fixture: "institutions-get",
    run: async (adapter, signal) =>
      adapter.listInstitutions?.(
        { countryCodes: ["CA", "US"], details: true, count: 100, offset: 200 },
        { token: null, signal },
      ),
    headers,
    body: { count: 100, offset: 200, country_codes: ["CA", "US"], options: { include_optional_metadata: true } },
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
            oauth: false,
            products: ["ASSETS", "AUTH", "BALANCE", "TRANSACTIONS", "IDENTITY", "LIABILITIES"],
            countryCodes: ["US"],
            routingNumbers: ["011000138", "011200365", "011400495"],
            dtcNumbers: ["2236", "0955", "1367"],
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
        { query: "platypus", countryCodes: ["US"], details: false },
        { token: null, signal },
      ),
    headers,
    body: {
      query: "platypus",
      products: null,
      country_codes: ["US"],
      options: { include_optional_metadata: false },
    },
    kind: "read",
    gives: whole({
      institutions: [{ place: 0, institution: expect.objectContaining({ remoteId: "ins_118923" }) }],
      total: null,
    }),
  },
  {
    endpoint: "/categories/get",
    fixture: "categories-get",
    run: async (adapter, signal) => adapter.readCategories?.({ token: null, signal }),
    headers,
    body: {},
    kind: "read",
    gives: whole([
      { categoryId: "10000000", group: "special", hierarchy: ["Bank Fees"] },
      { categoryId: "10001000", group: "special", hierarchy: ["Bank Fees", "Overdraft"] },
      { categoryId: "12001000", group: "place", hierarchy: ["Community", "Animal Shelter"] },
    ]),
  },
  {
    endpoint: "/link/token/create",
    fixture: "link-token-create",
    run: async (adapter, signal) => adapter.createLinkToken?.(LINK_REQUEST, { signal }),
    headers,
    body: {
      client_name: "Ledger",
      language: "en",
      country_codes: ["US"],
      user: { client_user_id: "person-7" },
      products: ["transactions", "assets", "investments_auth"],
      transactions: { days_requested: 730 },
      webhook: REPORT_REQUEST.webhook,
    },
    // one too many expires unused
    kind: "read",
    gives: {
      linkToken: "link-sandbox-af1a0311-da53-4636-b754-dd15cc058176",
      expiresAt: "2020-03-27T12:56:34.000Z",
      hostedLinkUrl: null,
    },
  },
  {
    endpoint: "/item/access_token/invalidate",
    fixture: "item-access-token-invalidate",
    run: async (adapter, signal) => adapter.rotateToken?.({ ...item, signal }),
    headers,
    body: access,
    kind: "write",
    gives: "access-sandbox-8ab976e6-64bc-4b38-98f7-731e7a349970",
  },
  {
    endpoint: "/accounts/get",
    fixture: "accounts-get",
    run: (adapter, signal) => adapter.readAccounts({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(many(4)),
  },
  {
    endpoint: "/accounts/balance/get",
    fixture: "accounts-balance-get",
    run: (adapter, signal) => adapter.readBalances({ ...item, remoteInstitutionId: "ins_3", signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(many(2)),
  },
  {
    endpoint: "/identity/get",
    fixture: "identity-get",
    run: async (adapter, signal) => adapter.readOwners?.({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(many(2)),
  },
  {
    endpoint: "/auth/get",
    fixture: "auth-get",
    run: async (adapter, signal) => adapter.readNumbers?.({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(many(1)),
  },
  {
    endpoint: "/investments/auth/get",
    fixture: "investments-auth-get",
    run: async (adapter, signal) => adapter.readTransfers?.({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(many(2)),
  },
  {
    endpoint: "/investments/holdings/get",
    fixture: "investments-holdings-get",
    run: async (adapter, signal) => adapter.readHoldings?.({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(expect.objectContaining({ holdings: many(3) })),
  },
  {
    endpoint: "/liabilities/get",
    fixture: "liabilities-get",
    run: async (adapter, signal) => adapter.readLiabilities?.({ ...item, signal }),
    headers,
    body: access,
    kind: "read",
    gives: whole(expect.objectContaining({ liabilities: many(3) })),
  },
  {
    endpoint: "/transactions/get",
    fixture: "transactions-get",
    run: async (adapter, signal) => adapter.readTransactions?.(TRANSACTIONS_QUERY, { ...item, signal }),
    headers,
    body: {
      ...access,
      ...TRANSACTIONS_BODY,
      options: {
        ...TRANSACTIONS_BODY.options,
        include_original_description: true,
        include_personal_finance_category: true,
        days_requested: 730,
      },
    },
    kind: "read",
    gives: whole(
      expect.objectContaining({ transactions: many(2), received: 2, total: 2, accounts: many(1), securities: [] }),
    ),
  },
  {
    endpoint: "/transactions/refresh",
    fixture: "transactions-refresh",
    run: async (adapter, signal) => adapter.refreshTransactions?.({ ...item, signal }),
    headers,
    body: access,
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/investments/transactions/get",
    fixture: "investments-transactions-get",
    run: async (adapter, signal) => adapter.readInvestmentTransactions?.(TRANSACTIONS_QUERY, { ...item, signal }),
    headers,
    body: { ...access, ...TRANSACTIONS_BODY },
    kind: "read",
    gives: whole(
      expect.objectContaining({ transactions: many(4), received: 4, total: 4, accounts: many(3), securities: many(3) }),
    ),
  },
  {
    endpoint: "/investments/refresh",
    fixture: "investments-refresh",
    run: async (adapter, signal) => adapter.refreshInvestments?.({ ...item, signal }),
    headers,
    body: access,
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/asset_report/create",
    fixture: "asset-report-create",
    run: async (adapter, signal) => adapter.createReport?.(REPORT_REQUEST, { budgetKey: "source-1", signal }),
    headers,
    body: REPORT_BODY,
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
    headers,
    body: { ...REFRESH_BODY },
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
    headers,
    body: { asset_report_token: SECRETS.reportToken, account_ids_to_exclude: ["a1"] },
    kind: "write",
    gives: {
      remoteId: "fdc09207-0cef-4d88-b5eb-0d970758ebd9",
      token: "assets-sandbox-bc410c6a-4653-4c75-985c-e757c3497c5c",
      requestId: "qEg07",
    },
  },
  {
    endpoint: "/asset_report/get",
    fixture: "asset-report-get",
    run: async (adapter, signal) => adapter.readReport?.({ insights: true, begin: keepAll }, { ...report, signal }),
    headers,
    body: { asset_report_token: SECRETS.reportToken, include_insights: true },
    kind: "read",
    gives: whole(expect.objectContaining({ remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d" })),
  },
  {
    endpoint: "/asset_report/audit_copy/create",
    fixture: "asset-report-audit-copy-create",
    run: async (adapter, signal) => adapter.createAuditCopy?.("partner", { ...report, signal }),
    headers,
    body: { asset_report_token: SECRETS.reportToken, auditor_id: "partner" },
    kind: "write",
    gives: "a-sandbox-3TAU2CWVYBDVRHUCAAAI27ULU4",
  },
  {
    endpoint: "/asset_report/audit_copy/remove",
    fixture: "asset-report-audit-copy-remove",
    run: async (adapter, signal) => adapter.removeAuditCopy?.({ ...report, signal }),
    headers,
    body: { audit_copy_token: SECRETS.reportToken },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/credit/relay/create",
    fixture: "credit-relay-create",
    run: async (adapter, signal) => adapter.createRelay?.("partner", { ...report, signal }),
    headers,
    body: { report_tokens: [SECRETS.reportToken], secondary_client_id: "partner" },
    kind: "write",
    gives: "credit-relay-production-3TAU2CWVYBDVRHUCAAAI27ULU4",
  },
  {
    endpoint: "/asset_report/audit_copy/get",
    fixture: "asset-report-get",
    run: async (adapter, signal) => adapter.readAuditCopy?.({ begin: keepAll }, { ...report, signal }),
    headers,
    body: { audit_copy_token: SECRETS.reportToken },
    kind: "read",
    gives: whole(expect.objectContaining({ remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d" })),
  },
  {
    endpoint: "/credit/relay/get",
    fixture: "asset-report-get",
    run: async (adapter, signal) => adapter.readRelay?.({ insights: true, begin: keepAll }, { ...report, signal }),
    headers,
    body: { relay_token: SECRETS.reportToken, report_type: "asset", include_insights: true },
    kind: "read",
    gives: whole(expect.objectContaining({ remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d" })),
  },
  {
    endpoint: "/credit/relay/refresh",
    fixture: "credit-relay-refresh",
    run: async (adapter, signal) => adapter.refreshRelay?.(REPORT_REQUEST.webhook, { ...report, signal }),
    headers,
    body: { relay_token: SECRETS.reportToken, report_type: "asset", webhook: REPORT_REQUEST.webhook },
    kind: "write",
    gives: {
      remoteId: "bf3a0490-344c-4620-a219-2693162e4b1d",
      token: "credit-relay-production-3TAU2CWVYBDVRHUCAAAI27ULU4",
      requestId: "na3nF",
    },
  },
  {
    endpoint: "/credit/relay/remove",
    fixture: "credit-relay-remove",
    run: async (adapter, signal) => adapter.removeRelay?.({ ...report, signal }),
    headers,
    body: { relay_token: SECRETS.reportToken },
    kind: "write",
    gives: undefined,
  },
  {
    endpoint: "/asset_report/remove",
    fixture: "asset-report-remove",
    run: async (adapter, signal) => adapter.removeReport?.({ ...report, signal }),
    headers,
    body: { asset_report_token: SECRETS.reportToken },
    kind: "write",
    gives: undefined,
  },
];

const subject: ContractSubject = {
  aggregator: plaid,
  fixtures: "plaid",
  prefix: "",
  calls,
  words: PLAID_WORDS,
  webhook: {
    header: "plaid-verification",
    keyEndpoint: "/webhook_verification_key/get",
    keyRequest: (key_id) => ({ key_id }),
  },
};

adapterContract("Plaid", subject);

describe("Plaid alone", () => {
  it("leaves out of a request what was not given", async () => {
    const stage = await openStage(subject);
    stage.upstream.answer("/asset_report/create", { json: fixture("plaid/asset-report-create") });
    await stage.adapter.createReport?.(
      { ...REPORT_REQUEST, clientReportId: null, user: null, investments: false },
      { budgetKey: "source-1", signal: new AbortController().signal },
    );
    expect(stage.upstream.requests[0]?.body).toEqual({ ...REPORT_BODY, options: { webhook: REPORT_REQUEST.webhook } });
    await stage.close();
  });

  it("reopens the link flow by the item's access token, with further products where Plaid wants them", async () => {
    const stage = await openStage(subject);
    const hosted_link_url = "https://secure.plaid.com/hl/x";
    stage.upstream.answer("/link/token/create", {
      json: { ...(fixture("plaid/link-token-create") as object), hosted_link_url },
    });
    const { signal } = new AbortController();
    const redirectUri = "https://app.example.com/back";
    const repair = { ...LINK_REQUEST, token: SECRETS.token, redirectUri, hosted: true };
    expect(await stage.adapter.createLinkToken?.(repair, { signal })).toMatchObject({ hostedLinkUrl: hosted_link_url });
    expect(stage.upstream.requests[0]?.body).toEqual({
      client_name: "Ledger",
      language: "en",
      country_codes: ["US"],
      user: { client_user_id: "person-7" },
      access_token: SECRETS.token,
      products: ["assets"],
      additional_consented_products: ["transactions", "investments_auth"],
      transactions: { days_requested: 730 },
      redirect_uri: redirectUri,
      hosted_link: { completion_redirect_uri: redirectUri },
    });
    await stage.close();
  });

  it.each([
    ["INVALID_FIELD", "language must be a supported one", "BAD_USER_INPUT"],
    ["UNKNOWN_FIELDS", "the following fields are not recognized", "PROVIDER_ERROR"],
  ])("has the link flow's %s be the fault of who asked, if it is", async (error_code, error_message, code) => {
    const stage = await openStage(subject);
    const json = { error_type: "INVALID_REQUEST", error_code, error_message };
    stage.upstream.answer("/link/token/create", { status: 400, json });
    const { signal } = new AbortController();
    const refused = stage.adapter.createLinkToken?.({ ...LINK_REQUEST, language: "xx" }, { signal });
    const error = await failure(refused ?? Promise.resolve());
    expect(error).toMatchObject({ code, message: expect.stringContaining(error_message) });
    await stage.close();
  });

  it("takes a refusal without a word as one of the credentials, and a used public token as one that is over", async () => {
    const stage = await openStage(subject);
    const { signal } = new AbortController();
    stage.upstream.answer("/accounts/get", { status: 401, text: "Unauthorized" });
    expect((await failure(stage.adapter.readAccounts({ ...item, signal }))).code).toBe("PROVIDER_MISCONFIGURED");
    const error = { error_type: "INVALID_INPUT", error_code: "INVALID_PUBLIC_TOKEN", error_message: "used" };
    stage.upstream.answer("/item/public_token/exchange", { status: 400, json: error });
    const exchange = stage.adapter.exchangePublicToken?.(SECRETS.publicToken, { signal });
    expect((await failure(exchange ?? Promise.resolve())).code).toBe("ITEM_REVOKED");
    await stage.close();
  });

  it.each([
    ["ins_128026", { ...access, options: { min_last_updated_datetime: "2026-02-28T12:00:00Z" } }],
    ["ins_3", access],
    [null, access],
  ])("says how old fresh balances may be where the institution demands it: %s", async (remoteInstitutionId, body) => {
    const stage = await openStage(subject);
    stage.upstream.answer("/accounts/balance/get", { json: fixture("plaid/accounts-balance-get") });
    await stage.adapter.readBalances({ ...item, remoteInstitutionId, signal: new AbortController().signal });
    expect(stage.upstream.requests[0]?.body).toEqual(body);
    await stage.close();
  });

  it.each([
    ["/asset_report/audit_copy/get", "INVALID_AUDIT_COPY_TOKEN"],
    ["/credit/relay/get", "INVALID_RELAY_TOKEN"],
    ["/credit/relay/refresh", "INVALID_RELAY_TOKEN"],
  ])("%s: %s is GONE", async (endpoint, error_code) => {
    const stage = await openStage(subject);
    stage.upstream.answer(endpoint, { status: 400, json: { error_type: "INVALID_INPUT", error_code } });
    const call = calls.find((one) => one.endpoint === endpoint);
    const error = await failure(call?.run(stage.adapter, new AbortController().signal) ?? Promise.resolve());
    expect(error.code).toBe("GONE");
    await stage.close();
  });

  it.each([
    ["/asset_report/audit_copy/pdf/get", "readAuditCopyPdf", { audit_copy_token: SECRETS.reportToken }],
    ["/credit/relay/pdf/get", "readRelayPdf", { relay_token: SECRETS.reportToken, report_type: "asset" }],
  ] as const)("%s gives a PDF byte for byte, by the share's token", async (endpoint, method, body) => {
    const stage = await openStage(subject);
    const text = `%PDF-1.7 ${"x".repeat(200_000)}`;
    stage.upstream.answer(endpoint, { text, headers: { "content-type": "application/pdf" } });
    const pdf = await stage.adapter[method]?.({ ...report, signal: new AbortController().signal });
    expect(pdf && (await textOf(pdf.body))).toBe(text);
    expect(stage.upstream.requests).toEqual([expect.objectContaining({ path: endpoint, body })]);
    expect(stage.taken).toEqual([[endpoint, "source-1"]]);
    await stage.close();
  });

  it("takes the request id from the header where the body has none", async () => {
    const stage = await openStage(subject);
    const { signal } = new AbortController();
    stage.upstream.answer("/accounts/get", { json: { accounts: [] }, headers: { "plaid-request-id": "from-header" } });
    const { origin } = await stage.adapter.readAccounts({ ...item, signal });
    expect(origin.requestId).toBe("from-header");
    await stage.close();
  });
});
