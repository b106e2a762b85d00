import type { Call } from "../adapter.ts";
import type { Credentials } from "../aggregator.ts";
import type { Http, HttpAnswer } from "../http.ts";
import type { FormatClient } from "../plaid-format/format-adapter.ts";
import { reportCalls } from "../plaid-format/report-calls.ts";

/** Link Money's endpoints that this gateway calls, each a function. */
export interface LinkMoneyClient extends FormatClient {
  institutionsGetById(institutionId: string, call: UserCall): Promise<HttpAnswer>;
  institutionsGet(search: { count: number; offset: number }, call: UserCall): Promise<HttpAnswer>;
  institutionsSearch(search: { query: string }, call: UserCall): Promise<HttpAnswer>;
  categoriesGet(call: UserCall): Promise<HttpAnswer>;
  webhookVerificationKey(keyId: string, call: Call): Promise<HttpAnswer>;
}

/** A call for one person. */
interface UserCall extends Call {
  /** The user's token, in clear. */
  token: string;
  budgetKey?: string;
}

/**
 * Paths and bodies as in FinGoal's Plaid guide: the user's token as a bearer; asset reports and webhook keys with the
 * client's credentials in the body, each in words of its own.
 */
export function createClient(http: Http, { clientId, secret }: Credentials): LinkMoneyClient {
  /** A call with the user's token. */
  function asUser(endpoint: string, call: UserCall, { body = {}, safe = true } = {}): Promise<HttpAnswer> {
    const { token, ...rest } = call;
    return http.post({ ...rest, endpoint, headers: { authorization: `Bearer ${token}` }, body, safe });
  }

  return {
    itemGet: (call) => asUser("/item/get", call),
    itemRemove: (call) => asUser("/item/remove", call, { safe: false }),
    itemWebhookUpdate: (url, call) => asUser("/item/webhook/update", call, { body: { webhook: url }, safe: false }),
    institutionsGetById: (institutionId, call) =>
      asUser("/institutions/get_by_id", call, { body: { institution_id: institutionId } }),
    institutionsGet: ({ count, offset }, call) => asUser("/institutions/get", call, { body: { count, offset } }),
    institutionsSearch: ({ query }, call) => asUser("/institutions/search", call, { body: { query } }),
    categoriesGet: (call) => asUser("/categories/get", call),
    accountsGet: (call) => asUser("/accounts/get", call),
    accountsBalanceGet: ({ remoteInstitutionId: _, ...call }) => asUser("/accounts/balance/get", call),
    authGet: (call) => asUser("/auth/get", call),
    // the guide has it as /investment/holdings/get too, but calls this one
    investmentsHoldingsGet: (call) => asUser("/investments/holdings/get", call),
    liabilitiesGet: (call) => asUser("/liabilities/get", call),
    ...reportCalls(http, { client_id: clientId, secret }),
    webhookVerificationKey: (keyId, call) =>
      http.post({
        ...call,
        endpoint: "/webhook__verification_key",
        body: { client_id: clientId, client_secret: secret, key_id: keyId },
        safe: true,
      }),
  };
}
