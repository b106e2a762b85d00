import { inspect } from "node:util";
import type { RefreshRequest, ReportRequest } from "../../adapters/adapter/reports.ts";
import type { TransactionsQuery } from "../../adapters/adapter/transactions-page.ts";
import type { WebhookNotice } from "../../adapters/adapter/webhooks.ts";
import type { Adapter } from "../../adapters/adapter.ts";
import type { Aggregator } from "../../adapters/aggregator.ts";
import { openAdapter } from "../../adapters/open-adapter.ts";
import { GatewayError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { type HastyClock, hastyClock } from "../support/hasty-clock.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";
import type { Words } from "./words.ts";

/** What an aggregator looks like to its adapter: what the contract has to know of it. */
export interface ContractSubject {
  aggregator: Aggregator;
  /** The folder of its fixtures. */
  fixtures: string;
  /** Stands before every path. */
  prefix: string;
  /** How each call must look, by the endpoint; the fixture is what is answered. */
  calls: readonly ContractCall[];
  words: Words;
  webhook: JwtWebhook | OwnWebhook;
}

/** Webhooks signed as Plaid's are, by a key that is asked for. */
export interface JwtWebhook {
  header: string;
  keyEndpoint: string;
  /** What is sent to ask for a key. */
  keyRequest: (keyId: string) => Record<string, unknown>;
}

/** Webhooks signed in a way of its own. */
export interface OwnWebhook {
  header: string;
  /** The header as the aggregator makes it, at a time in ms. */
  sign(body: Buffer, at: number): string;
  /** A body, and what it tells. */
  fixture: string;
  gives: Partial<WebhookNotice>;
}

/** One call of the adapter. */
export interface ContractCall {
  endpoint: string;
  fixture: string;
  run(adapter: Adapter, signal: AbortSignal): Promise<unknown>;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  /** A read is repeated, a write never. */
  kind: "read" | "write";
  /** A sign that the answer was understood. */
  gives: unknown;
}

/** All secrets that a call can carry: none may ever be seen in an error or a log line. */
export const SECRETS = {
  clientId: "client-5f1e9c3b7a",
  secret: "secret-0a1b2c3d4e5f",
  token: "opaque.user_token~1234567890",
  reportToken: "assets-sandbox-6f12f5bb-22dd-4855-b918-f47ec439198a",
  publicToken: "public-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d",
  ssn: "123-45-6789",
};

export const NOW = Date.parse("2026-03-01T12:00:00Z");

const NO_USER = {
  ...{ clientUserId: null, firstName: null, middleName: null, lastName: null, ssn: null },
  ...{ phoneNumber: null, email: null },
};

export const REPORT_REQUEST: ReportRequest = {
  investments: true,
  tokens: [SECRETS.token, `${SECRETS.token}-b`],
  daysRequested: 60,
  clientReportId: "loan-7",
  user: {
    clientUserId: "u1",
    firstName: "Jane",
    middleName: null,
    lastName: "Doe",
    ssn: SECRETS.ssn,
    phoneNumber: null,
    email: "jane.doe@example.com",
  },
  webhook: "https://gateway.example.com/webhooks/x",
};

/** The body that REPORT_REQUEST becomes, less credentials. */
export const REPORT_BODY = {
  access_tokens: REPORT_REQUEST.tokens,
  days_requested: 60,
  options: {
    webhook: REPORT_REQUEST.webhook,
    add_ons: ["investments"],
    client_report_id: "loan-7",
    user: {
      client_user_id: "u1",
      first_name: "Jane",
      last_name: "Doe",
      ssn: SECRETS.ssn,
      email: "jane.doe@example.com",
    },
  },
};

export const REFRESH_REQUEST: RefreshRequest = {
  daysRequested: 30,
  clientReportId: null,
  user: { ...NO_USER, firstName: "Jane", ssn: SECRETS.ssn },
  webhook: REPORT_REQUEST.webhook,
};

/** The body that REFRESH_REQUEST becomes, less credentials: what is empty is said to be. */
export const REFRESH_BODY = {
  asset_report_token: SECRETS.reportToken,
  days_requested: 30,
  options: {
    webhook: REPORT_REQUEST.webhook,
    client_report_id: "",
    user: {
      ...{ client_user_id: "", first_name: "Jane", middle_name: "", last_name: "" },
      ...{ ssn: SECRETS.ssn, phone_number: "", email: "" },
    },
  },
};

export const TRANSACTIONS_QUERY: TransactionsQuery = {
  ...{ startDate: "2024-03-01", endDate: "2026-03-01", remoteAccountIds: ["acc-1", "acc-2"] },
  ...{ count: 500, offset: 500 },
};

/** The body that TRANSACTIONS_QUERY becomes, less credentials. */
export const TRANSACTIONS_BODY = {
  ...{ start_date: "2024-03-01", end_date: "2026-03-01" },
  options: { count: 500, offset: 500, account_ids: ["acc-1", "acc-2"] },
};

/** An upstream with an adapter on it. */
export interface Stage {
  upstream: Upstream;
  adapter: Adapter;
  clock: HastyClock;
  /** What was counted, oldest first: "endpoint outcome". */
  counted: string[];
  /** What was taken from the budget: [endpoint, budgetKey]. */
  taken: [string, string | null][];
  logged: string[];
  /** Makes the budget refuse, or hang. */
  budget: { refuse?: GatewayError; hang?: boolean };
  close(): Promise<void>;
}

export async function openStage(subject: ContractSubject, baseUrl?: string): Promise<Stage> {
  const upstream = await startUpstream();
  const clock = hastyClock(NOW);
  const counted: string[] = [];
  const taken: [string, string | null][] = [];
  const logged: string[] = [];
  const budget: Stage["budget"] = {};
  const adapter = openAdapter(subject.aggregator, {
    baseUrl: baseUrl ?? upstream.url,
    sandbox: true,
    credentials: { clientId: SECRETS.clientId, secret: SECRETS.secret },
    clock,
    log: createLog({ level: "debug", stream: { write: (line: string) => void logged.push(line) } }),
    maxBytes: 100_000,
    metrics: { upstreamCall: ({ endpoint, outcome }) => void counted.push(`${endpoint} ${outcome}`) },
    budget: {
      async take(endpoint, budgetKey) {
        if (budget.refuse) throw budget.refuse;
        if (budget.hang) await new Promise(() => undefined);
        taken.push([endpoint, budgetKey]);
      },
    },
  });
  return {
    ...{ upstream, adapter, clock, counted, taken, logged, budget },
    async close() {
      adapter.close();
      await upstream.close();
    },
  };
}

/** The error that a call must end in. */
export async function failure(call: Promise<unknown>): Promise<GatewayError> {
  const error = await call.then(
    (value) => new Error(`succeeded with ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof GatewayError) return error;
  throw error;
}

/** Everything that could be printed of a value: all fields, hidden ones and causes. */
export function everythingOf(value: unknown): string {
  return `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)}`;
}
