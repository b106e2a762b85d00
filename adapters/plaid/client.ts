import type { Call, ItemCall } from "../adapter.ts";
import type { Http, HttpAnswer } from "../http.ts";
import type { FormatClient } from "../plaid-format/format-adapter.ts";
import { reportCalls } from "../plaid-format/report-calls.ts";
import { transactionsBody } from "../plaid-format/transactions-body.ts";
import { type ShareCalls, shareCalls } from "./share-calls.ts";
import type {
  AccountsBalanceGetRequest,
  AccountsGetRequest,
  InstitutionsGetByIdRequest,
  InvestmentsHoldingsGetRequest,
  InvestmentsRefreshRequest,
  InvestmentsTransactionsGetRequest,
  ItemGetRequest,
  ItemPublicTokenExchangeRequest,
  ItemRemoveRequest,
  ItemWebhookUpdateRequest,
  LiabilitiesGetRequest,
  TransactionsGetRequest,
  TransactionsRefreshRequest,
  WebhookVerificationKeyGetRequest,
} from "./wire.ts";

type ItemRequest = ItemGetRequest &
  ItemRemoveRequest &
  AccountsGetRequest &
  AccountsBalanceGetRequest &
  InvestmentsHoldingsGetRequest &
  LiabilitiesGetRequest &
  TransactionsRefreshRequest &
  InvestmentsRefreshRequest;

/** Plaid's endpoints that this gateway calls, each a function. Credentials are in the wire's headers. */
export interface PlaidClient extends FormatClient, ShareCalls {
  investmentsRefresh(call: ItemCall): Promise<HttpAnswer>;
  itemPublicTokenExchange(publicToken: string, call: Call): Promise<HttpAnswer>;
  institutionsGetById(institutionId: string, call: Call): Promise<HttpAnswer>;
  webhookVerificationKeyGet(keyId: string, call: Call): Promise<HttpAnswer>;
}

/**
 * Plaid looks for an institution only in the countries that it is told. A client must be enabled for each; every client is for
 * the US. An institution elsewhere is therefore NOT_FOUND here; its item still has its name.
 */
const COUNTRY_CODES = ["US"] as InstitutionsGetByIdRequest["country_codes"];

/** Paths and bodies as in https://plaid.com/docs/api/. */
export function createClient(http: Http): PlaidClient {
  /** A call for one item. All such requests are alike. */
  function ofItem(endpoint: string, { token, ...call }: ItemCall, safe = true): Promise<HttpAnswer> {
    return http.post({ ...call, endpoint, body: { access_token: token } satisfies ItemRequest, safe });
  }

  return {
    itemGet: (call) => ofItem("/item/get", call),
    itemRemove: (call) => ofItem("/item/remove", call, false),
    itemWebhookUpdate: (url, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/item/webhook/update",
        body: { access_token: token, webhook: url } satisfies ItemWebhookUpdateRequest,
        safe: false,
      }),
    accountsGet: (call) => ofItem("/accounts/get", call),
    accountsBalanceGet: (call) => ofItem("/accounts/balance/get", call),
    investmentsHoldingsGet: (call) => ofItem("/investments/holdings/get", call),
    liabilitiesGet: (call) => ofItem("/liabilities/get", call),
    transactionsGet: (query, { token, ...call }) => {
      const { options, ...dates } = transactionsBody(query);
      const more = { include_original_description: true, include_personal_finance_category: true };
      return http.post({
        ...call,
        endpoint: "/transactions/get",
        body: { access_token: token, ...dates, options: { ...options, ...more } } satisfies TransactionsGetRequest,
        safe: true,
      });
    },
    transactionsRefresh: (call) => ofItem("/transactions/refresh", call, false),
    investmentsTransactionsGet: (query, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/investments/transactions/get",
        body: { access_token: token, ...transactionsBody(query) } satisfies InvestmentsTransactionsGetRequest,
        safe: true,
      }),
    investmentsRefresh: (call) => ofItem("/investments/refresh", call, false),
    itemPublicTokenExchange: (publicToken, call) =>
      http.post({
        ...call,
        endpoint: "/item/public_token/exchange",
        body: { public_token: publicToken } satisfies ItemPublicTokenExchangeRequest,
        safe: false,
      }),
    institutionsGetById: (institutionId, call) =>
      http.post({
        ...call,
        endpoint: "/institutions/get_by_id",
        body: {
          institution_id: institutionId,
          country_codes: COUNTRY_CODES,
          options: { include_optional_metadata: true, include_status: true },
        } satisfies InstitutionsGetByIdRequest,
        safe: true,
      }),
    ...reportCalls(http),
    ...shareCalls(http),
    webhookVerificationKeyGet: (keyId, call) =>
      http.post({
        ...call,
        endpoint: "/webhook_verification_key/get",
        body: { key_id: keyId } satisfies WebhookVerificationKeyGetRequest,
        safe: true,
      }),
  };
}
