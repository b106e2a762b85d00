import type { Clock } from "../../src/clock.ts";
import type { InstitutionPart, InstitutionSearch, NameSearch } from "../adapter/institutions.ts";
import type { Call, ItemCall } from "../adapter.ts";
import type { Http, HttpAnswer } from "../http.ts";
import type { FormatClient } from "../plaid-format/format-adapter.ts";
import { reportCalls } from "../plaid-format/report-calls.ts";
import { transactionsBody } from "../plaid-format/transactions-body.ts";
import { institutionCountries } from "./institution-countries.ts";
import { type ShareCalls, shareCalls } from "./share-calls.ts";
import { TRANSACTION_HISTORY } from "./transaction-history.ts";
import type {
  AccountsBalanceGetRequest,
  AccountsGetRequest,
  AuthGetRequest,
  IdentityGetRequest,
  InstitutionsGetByIdRequest,
  InstitutionsGetRequest,
  InstitutionsSearchRequest,
  InvestmentsAuthGetRequest,
  InvestmentsHoldingsGetRequest,
  InvestmentsRefreshRequest,
  InvestmentsTransactionsGetRequest,
  ItemAccessTokenInvalidateRequest,
  ItemGetRequest,
  ItemPublicTokenExchangeRequest,
  ItemRemoveRequest,
  ItemWebhookUpdateRequest,
  LiabilitiesGetRequest,
  LinkTokenCreateRequest,
  TransactionsGetRequest,
  TransactionsRefreshRequest,
  WebhookVerificationKeyGetRequest,
} from "./wire.ts";

type ItemRequest = ItemGetRequest &
  ItemRemoveRequest &
  ItemAccessTokenInvalidateRequest &
  AccountsGetRequest &
  AuthGetRequest &
  IdentityGetRequest &
  InvestmentsAuthGetRequest &
  InvestmentsHoldingsGetRequest &
  LiabilitiesGetRequest &
  TransactionsRefreshRequest &
  InvestmentsRefreshRequest;

/** Plaid's endpoints that this gateway calls, each a function. Credentials are in the wire's headers. */
export interface PlaidClient extends FormatClient, ShareCalls {
  identityGet(call: ItemCall): Promise<HttpAnswer>;
  investmentsAuthGet(call: ItemCall): Promise<HttpAnswer>;
  investmentsRefresh(call: ItemCall): Promise<HttpAnswer>;
  itemPublicTokenExchange(publicToken: string, call: Call): Promise<HttpAnswer>;
  itemAccessTokenInvalidate(call: ItemCall): Promise<HttpAnswer>;
  linkTokenCreate(request: LinkTokenCreateRequest, call: Call): Promise<HttpAnswer>;
  institutionsGetById(institutionId: string, call: Call): Promise<HttpAnswer>;
  institutionsGet(part: InstitutionPart, call: Call): Promise<HttpAnswer>;
  institutionsSearch(search: NameSearch, call: Call): Promise<HttpAnswer>;
  categoriesGet(call: Call): Promise<HttpAnswer>;
  webhookVerificationKeyGet(keyId: string, call: Call): Promise<HttpAnswer>;
}

/**
 * Institutions that give no balances of now but of deposit accounts, and must be told how old others may be: Capital One.
 * Source: https://plaid.com/docs/api/products/balance/#accounts-balance-get-request-options-min-last-updated-datetime.
 */
const WITHOUT_BALANCES_OF_NOW: ReadonlySet<string> = new Set(["ins_128026"]);
/** A day: balances there are updated daily. An older one is no answer to who asks for fresh ones. */
const OLDEST_BALANCE_MS = 24 * 3_600_000;

/** Paths and bodies as in https://plaid.com/docs/api/. */
export function createClient(http: Http, clock: Clock): PlaidClient {
  /** A call for one item. All such requests are alike. */
  function ofItem(endpoint: string, { token, ...call }: ItemCall, safe = true): Promise<HttpAnswer> {
    return http.post({ ...call, endpoint, body: { access_token: token } satisfies ItemRequest, safe });
  }

  const inTheirCountries = institutionCountries();

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
    accountsBalanceGet: ({ token, remoteInstitutionId, ...call }) =>
      http.post({
        ...call,
        endpoint: "/accounts/balance/get",
        body: { access_token: token, ...oldestBalance(remoteInstitutionId, clock) } satisfies AccountsBalanceGetRequest,
        safe: true,
      }),
    authGet: (call) => ofItem("/auth/get", call),
    identityGet: (call) => ofItem("/identity/get", call),
    investmentsAuthGet: (call) => ofItem("/investments/auth/get", call),
    investmentsHoldingsGet: (call) => ofItem("/investments/holdings/get", call),
    liabilitiesGet: (call) => ofItem("/liabilities/get", call),
    transactionsGet: (query, { token, ...call }) => {
      const { options, ...dates } = transactionsBody(query);
      const more = {
        include_original_description: true,
        include_personal_finance_category: true,
        ...TRANSACTION_HISTORY,
      };
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
      inTheirCountries((country_codes) =>
        http.post({
          ...call,
          endpoint: "/institutions/get_by_id",
          body: {
            institution_id: institutionId,
            country_codes,
            options: { include_optional_metadata: true, include_status: true },
          } satisfies InstitutionsGetByIdRequest,
          safe: true,
        }),
      ),
    institutionsGet: ({ count, offset, ...search }, call) =>
      http.post({
        ...call,
        endpoint: "/institutions/get",
        body: { count, offset, ...institutionFilter(search) } satisfies InstitutionsGetRequest,
        safe: true,
      }),
    institutionsSearch: ({ query, ...search }, call) =>
      http.post({
        ...call,
        endpoint: "/institutions/search",
        body: { query, products: null, ...institutionFilter(search) } satisfies InstitutionsSearchRequest,
        safe: true,
      }),
    categoriesGet: (call) => http.post({ ...call, endpoint: "/categories/get", body: {}, safe: true }),
    itemAccessTokenInvalidate: (call) => ofItem("/item/access_token/invalidate", call, false),
    // safe: a link token too many expires unused
    linkTokenCreate: (request, call) =>
      http.post({ ...call, endpoint: "/link/token/create", body: request, safe: true }),
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

/** The option on the age of balances, for institutions that demand it; it holds to the second. */
function oldestBalance(
  remoteInstitutionId: string | null,
  clock: Clock,
): Pick<AccountsBalanceGetRequest, "options"> | null {
  if (remoteInstitutionId === null || !WITHOUT_BALANCES_OF_NOW.has(remoteInstitutionId)) return null;
  const oldest = new Date(clock.now() - OLDEST_BALANCE_MS).toISOString();
  return { options: { min_last_updated_datetime: `${oldest.slice(0, 19)}Z` } };
}

function institutionFilter({ countryCodes, details }: InstitutionSearch) {
  return {
    country_codes: [...countryCodes] as InstitutionsGetRequest["country_codes"],
    options: { include_optional_metadata: details },
  };
}
