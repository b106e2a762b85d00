import type { Call, Credentials } from "../adapter.ts";
import type { Http, HttpAnswer } from "../http.ts";
import type { FormatClient } from "../plaid-format/adapter.ts";
import { reportRequestBody } from "../plaid-format/report-request.ts";

/** Link Money's endpoints that this gateway calls, each a function. */
export interface LinkMoneyClient extends FormatClient {
  institutionsGetById(institutionId: string, call: UserCall): Promise<HttpAnswer>;
  webhookVerificationKey(keyId: string, call: Call): Promise<HttpAnswer>;
}

/** A call for one person. */
interface UserCall extends Call {
  /** The user's token, in clear. */
  token: string;
  budgetKey?: string;
}

/** A report of two years may be large and slow to come, ms. */
const REPORT_MS = 60_000;

/**
 * Paths and bodies as in FinGoal's Plaid guide: the user's token as a bearer; asset reports and webhook keys with the
 * client's credentials in the body, each in words of its own.
 */
export function createClient(http: Http, { clientId, secret }: Credentials): LinkMoneyClient {
  const credentials = { client_id: clientId, secret };

  /** A call with the user's token. */
  function asUser(endpoint: string, call: UserCall, { body = {}, safe = true } = {}): Promise<HttpAnswer> {
    const { token, ...rest } = call;
    return http.post({ ...rest, endpoint, headers: { authorization: `Bearer ${token}` }, body, safe });
  }

  return {
    itemGet: (call) => asUser("/item/get", call),
    itemRemove: (call) => asUser("/item/remove", call, { safe: false }),
    institutionsGetById: (institutionId, call) =>
      asUser("/institutions/get_by_id", call, { body: { institution_id: institutionId } }),
    accountsGet: (call) => asUser("/accounts/get", call),
    accountsBalanceGet: (call) => asUser("/accounts/balance/get", call),
    // the guide has it as /investment/holdings/get too, but calls this one
    investmentsHoldingsGet: (call) => asUser("/investments/holdings/get", call),
    liabilitiesGet: (call) => asUser("/liabilities/get", call),
    assetReportCreate: (request, call) =>
      http.post({
        ...call,
        endpoint: "/asset_report/create",
        body: { ...credentials, ...reportRequestBody(request) },
        safe: false,
        deadlineMs: REPORT_MS,
      }),
    assetReportGet: ({ insights }, { token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/get",
        body: { ...credentials, asset_report_token: token, include_insights: insights },
        safe: true,
        deadlineMs: REPORT_MS,
      }),
    assetReportRemove: ({ token, ...call }) =>
      http.post({
        ...call,
        endpoint: "/asset_report/remove",
        body: { ...credentials, asset_report_token: token },
        safe: false,
      }),
    webhookVerificationKey: (keyId, call) =>
      http.post({
        ...call,
        endpoint: "/webhook__verification_key",
        body: { client_id: clientId, client_secret: secret, key_id: keyId },
        safe: true,
      }),
  };
}
