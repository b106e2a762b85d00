import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../clock.ts";
import { accountAnswer } from "./answers/account.ts";
import { holdingsAnswer } from "./answers/holdings.ts";
import { itemAnswer, itemStatusAnswer, itemWithConsentAnswer } from "./answers/item.ts";
import { isLiability, liabilitiesAnswer } from "./answers/liabilities.ts";
import { hasNumbers, numbersAnswer } from "./answers/numbers.ts";
import { reportAnswer, type TransactionManner } from "./answers/report.ts";
import { reportPdf } from "./answers/report-pdf.ts";
import { ApiError } from "./api-error.ts";
import type { Imitated } from "./imitated.ts";
import { ACCOUNT_OPTIONS, accountFilter, chosenAccounts, itemCalls } from "./item-calls.ts";
import type { ItemRecord, Items } from "./items.ts";
import {
  CLIENT_FIELDS,
  type Field,
  type Fields,
  flag,
  integer,
  type Judged,
  judge,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  optional,
  orEmpty,
  record,
  string,
  text,
  webAddress,
} from "./judge.ts";
import type { LinkSessions } from "./link-sessions.ts";
import type { Reports } from "./reports.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { createTransactionEndpoints } from "./transaction-endpoints.ts";

/** One request to an endpoint, its body parsed. */
export interface ApiRequest {
  body: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** Answers a request; the server adds the request_id, or sends bytes as a PDF. @throws ApiError. */
export type Endpoint = (request: ApiRequest) => object | Promise<object>;

/** An aggregator as the server sees it. */
export interface Dialect {
  provider: Imitated;
  /** Before every path, e.g. "/v1/plaid". */
  prefix: string;
  endpoints: Readonly<Record<string, Endpoint>>;
  /** The HTML of a page that a person opens in a browser; null when there is none of that path. @throws ApiError. */
  visit?(path: string): string | null;
  /** Ids of the items that a request is about, as far as it can be told. */
  itemIdsOf(request: ApiRequest): string[];
}

/** What both dialects speak of. */
export interface Core {
  clock: Clock;
  items: Items;
  reports: Reports;
  links: LinkSessions;
  /** Sends a webhook about an item, as often as it takes; the caller does not wait. */
  tell(item: ItemRecord, url: string, body: object): void;
  keys: SigningKeys;
  clientId: string;
  secret: string;
}

/** Where the dialects differ in what they ask of a request. */
export interface Manner {
  provider: Imitated;
  /** Fields that the endpoint does not know. */
  unknown: "refuse" | "ignore";
  /** The access token's place in the body. */
  accessToken: Field<unknown>;
  /** @throws ApiError when the request lacks what a call on an item needs besides the token. */
  admitItemCall(request: ApiRequest): void;
  /** @throws ApiError when the request lacks the client's credentials. */
  admitClientCall(request: ApiRequest): void;
  tokenOf(request: ApiRequest): string;
  transactions: Omit<TransactionManner, "insights">;
}

/** Why a client may say that it removes an item. */
const REMOVED_FOR = [
  "FRAUD_FIRST_PARTY",
  "FRAUD_FALSE_IDENTITY",
  "FRAUD_ABUSE",
  "FRAUD_OTHER",
  "CONNECTION_IS_NON_FUNCTIONAL",
  "OTHER",
];

/** The endpoints that both aggregators have, with Plaid's complete answers. */
export function createEndpoints(core: Core, manner: Manner): Record<string, Endpoint> {
  const { clock, items, reports, tell } = core;
  const { provider, unknown } = manner;

  const { onItem, worldOf, withItem } = itemCalls(core, manner);
  const onClient =
    <F extends Fields>(fields: F, answer: (fields: Judged<F>) => object): Endpoint =>
    (request) => {
      manner.admitClientCall(request);
      return answer(judge(request.body, { ...CLIENT_FIELDS, ...fields }, unknown));
    };

  const filter = accountFilter(manner);
  const accounts = (item: ItemRecord, ids: string[] | undefined) =>
    withItem(item, { accounts: chosenAccounts(worldOf(item), ids).map(accountAnswer) });

  return {
    "/item/get": onItem({}, (item) => ({
      item: itemWithConsentAnswer(item, items.plan(item)),
      status: itemStatusAnswer(item, items.plan(item), clock),
    })),
    "/item/remove": onItem({ reason_code: nullable(oneOf(REMOVED_FOR)), reason_note: nullable(string) }, (item) => {
      items.remove(item);
      return {};
    }),
    "/item/webhook/update": onItem({ webhook: nullable(webAddress) }, (item, { webhook }) => {
      items.change(item, { webhook });
      if (webhook !== null) {
        tell(item, webhook, {
          ...{ webhook_type: "ITEM", webhook_code: "WEBHOOK_UPDATE_ACKNOWLEDGED", item_id: item.itemId },
          ...{ new_webhook_url: webhook, error: null },
        });
      }
      return { item: itemAnswer(item, items.plan(item)) };
    }),
    "/accounts/get": onItem(filter, (item, { options }) => accounts(item, options?.account_ids)),
    "/accounts/balance/get": onItem(
      { options: optional(object({ ...ACCOUNT_OPTIONS, min_last_updated_datetime: optional(moment) }, unknown)) },
      (item, { options }) => accounts(item, options?.account_ids),
    ),
    "/auth/get": onItem(filter, (item, { options }) => {
      const world = worldOf(item);
      const payable = chosenAccounts(world, options?.account_ids).filter(hasNumbers);
      if (payable.length === 0) throw new ApiError("NO_AUTH_ACCOUNTS");
      return withItem(item, {
        accounts: payable.map(accountAnswer),
        numbers: numbersAnswer(items.plan(item), payable),
      });
    }),
    "/investments/holdings/get": onItem(filter, (item, { options }) => {
      const world = worldOf(item);
      const answer = holdingsAnswer(world, chosenAccounts(world, options?.account_ids));
      if (answer.accounts.length === 0) throw new ApiError("NO_INVESTMENT_ACCOUNTS");
      return withItem(item, answer);
    }),
    "/liabilities/get": onItem(filter, (item, { options }) => {
      const world = worldOf(item);
      const owed = chosenAccounts(world, options?.account_ids).filter(isLiability);
      if (owed.length === 0) throw new ApiError("NO_LIABILITY_ACCOUNTS");
      return withItem(item, { accounts: owed.map(accountAnswer), liabilities: liabilitiesAnswer(world, owed) });
    }),
    ...createTransactionEndpoints(core, manner),
    "/asset_report/create": onClient(
      {
        access_tokens: listOf(text, 1, 99),
        days_requested: integer(0, 731),
        options: optional(object(reportOptions(unknown), unknown)),
      },
      async ({ access_tokens, days_requested, options }) => {
        const of = access_tokens.map((token) => items.byToken(provider, token));
        const report = await reports.create(provider, of, {
          daysRequested: days_requested,
          clientReportId: options?.client_report_id ?? null,
          webhook: options?.webhook ?? null,
          user: options?.user ?? {},
          allRequired: options?.require_all_items ?? true,
          investments: [...(options?.add_ons ?? []), ...(options?.products ?? [])].includes("investments"),
        });
        return { asset_report_id: report.id, asset_report_token: report.token };
      },
    ),
    "/asset_report/refresh": onClient(
      {
        asset_report_token: text,
        days_requested: optional(integer(0, 731)),
        options: optional(object(reportOptions(unknown, orEmpty), unknown)),
      },
      async ({ asset_report_token, days_requested, options }) => {
        const before = reports.ready(provider, asset_report_token);
        const of = before.itemIds.flatMap((itemId) => items.byId(itemId) ?? []);
        if (of.some((item) => item.removed)) throw new ApiError("INVALID_ACCESS_TOKEN");
        const report = await reports.create(provider, of, {
          daysRequested: days_requested ?? before.daysRequested,
          clientReportId: overridden(before.clientReportId, options?.client_report_id),
          webhook: overridden(before.webhook, options?.webhook),
          user: Object.fromEntries(
            Object.entries({ ...before.user, ...given(options?.user) }).filter(([, value]) => value !== ""),
          ),
          allRequired: options?.require_all_items ?? before.allRequired,
          investments: before.investments,
          excluded: before.excluded,
        });
        return { asset_report_id: report.id, asset_report_token: report.token };
      },
    ),
    "/asset_report/filter": onClient(
      { asset_report_token: text, account_ids_to_exclude: listOf(text) },
      async ({ asset_report_token, account_ids_to_exclude }) => {
        const before = reports.ready(provider, asset_report_token);
        const of = before.itemIds.flatMap((itemId) => items.byId(itemId) ?? []);
        const accounts = of.flatMap((item) => items.world(item, before.createdAt).accounts);
        const excluded = [...new Set([...(before.excluded ?? []), ...account_ids_to_exclude])];
        if (excluded.some((id) => !accounts.some((account) => account.id === id)))
          throw new ApiError("INVALID_ACCOUNT_ID");
        const { daysRequested, clientReportId, webhook, user, allRequired, investments, warnings } = before;
        const asked = { daysRequested, clientReportId, webhook, user, allRequired, investments, warnings };
        const request = { ...asked, snapshotAt: before.createdAt };
        const report = await reports.create(provider, of, { ...request, excluded });
        return { asset_report_id: report.id, asset_report_token: report.token };
      },
    ),
    "/asset_report/get": onClient(
      {
        asset_report_token: text,
        include_insights: optional(flag),
        fast_report: optional(flag),
        user_token: optional(string),
        options: optional(record),
      },
      ({ asset_report_token, include_insights = false }) =>
        reportAnswer(reports.ready(provider, asset_report_token), items, {
          ...manner.transactions,
          insights: include_insights,
        }),
    ),
    "/asset_report/audit_copy/create": onClient(
      { asset_report_token: text, auditor_id: text },
      ({ asset_report_token, auditor_id }) => ({
        audit_copy_token: reports.share(reports.ready(provider, asset_report_token), "audit-copy", auditor_id),
      }),
    ),
    "/asset_report/audit_copy/remove": onClient({ audit_copy_token: text }, ({ audit_copy_token }) => {
      reports.unshare(provider, "audit-copy", audit_copy_token);
      return { removed: true };
    }),
    "/asset_report/pdf/get": onClient(
      { asset_report_token: text, options: optional(record) },
      ({ asset_report_token }) => {
        const report = reports.ready(provider, asset_report_token);
        return reportPdf(reportAnswer(report, items, { insights: false }).report);
      },
    ),
    "/asset_report/remove": onClient({ asset_report_token: text }, ({ asset_report_token }) => {
      reports.remove(reports.byToken(provider, asset_report_token));
      return { removed: true };
    }),
  };
}

/** What a refresh says anew; an empty string empties, and what it does not name stays. */
function overridden(before: string | null, told: string | null | undefined): string | null {
  return told === undefined || told === null ? before : told || null;
}

function given(user: Record<string, string | null> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(user ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

function reportOptions(unknown: "refuse" | "ignore", as = (field: Field<string>) => field) {
  const named = nullable(as(text));
  const user = {
    client_user_id: named,
    first_name: named,
    middle_name: named,
    last_name: named,
    ssn: named,
    phone_number: named,
    email: named,
  };
  return {
    client_report_id: named,
    webhook: nullable(as(webAddress)),
    user: optional(object(user, unknown)),
    require_all_items: nullable(flag),
    include_fast_report: nullable(flag),
    products: optional(listOf(text)),
    add_ons: optional(listOf(oneOf(["investments", "fast_assets"]))),
  };
}
