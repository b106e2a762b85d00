import type { Imitated } from "./imitated.ts";

/** Where a scripted fault strikes: everything of one aggregator, narrowed by endpoint and item. */
export interface FaultScope {
  provider: Imitated;
  /** Plaid's path, e.g. "/accounts/get"; every endpoint when absent. A fault of a webhook or a report has none. */
  endpoint?: string;
  /** Calls on this item, reports and webhooks that concern it; every item when absent. */
  itemId?: string;
  /** How many times it strikes; until `clear` when absent. */
  times?: number;
}

/** What goes wrong with a request and its answer. Where there is `done`, true means that the request was carried out first. */
export type RequestFault =
  /** The answer comes `ms` later, by the sandbox's clock. Goes together with any other fault. */
  | { kind: "latency"; ms: number }
  /** 429 RATE_LIMIT; with `retryAfter` (seconds, or an HTTP date) a Retry-After header. */
  | { kind: "rate-limit"; retryAfter?: number | string }
  /** An error of the aggregator's own: JSON in its manner, or with `html` a proxy's page. */
  | { kind: "server-error"; status?: 500 | 502 | 503 | 504; html?: boolean; done?: boolean }
  /** The aggregator's error of this code, e.g. "ITEM_LOGIN_REQUIRED"; `type` and `status` where they differ from the table's. */
  | { kind: "error"; code: string; type?: string; status?: number }
  /** No answer ever; the connection stays open. */
  | { kind: "hang"; done?: boolean }
  /** The connection is reset (RST) where the answer should come. */
  | { kind: "reset"; done?: boolean }
  /** The connection is closed before the body is read: nothing was done. Cannot be narrowed by item. */
  | { kind: "refuse" }
  /** 200 with JSON that ends in the middle; a PDF breaks off together with its connection. The request was carried out. */
  | { kind: "cut-off" }
  /** 200 with an HTML page where JSON should be. The request was carried out. */
  | { kind: "html" }
  /** The answer's body as `mutate` leaves (or returns) it: missing, null, wrongly typed records. The request was carried out. */
  | { kind: "mutate"; mutate(body: Record<string, unknown>): unknown };

/** What goes wrong with a report. `report-failure`: each item in scope fails with this code (ITEM_LOGIN_REQUIRED unless given). */
export type ReportFault =
  | { kind: "report-failure"; code?: string }
  /** The report comes without these of each item in scope, and warns of it. */
  | { kind: "report-warning"; codes: ReportWarningCode[] };

/** What a ready report may warn of (Plaid's reference of /asset_report/get). */
export type ReportWarningCode = "OWNERS_UNAVAILABLE" | "INVESTMENTS_UNAVAILABLE" | "TRANSACTIONS_UNAVAILABLE";

/** What goes wrong with the webhook that tells of a report. */
export type WebhookFault =
  | { kind: "webhook-lost" }
  /** The same bytes twice; with `signedAgain` the second under a signature of its own. */
  | { kind: "webhook-doubled"; signedAgain?: boolean }
  /** The report is ready at once and its webhook delivered before the create call is answered. */
  | { kind: "webhook-early" }
  /** Sent `ms` after the report was ready. */
  | { kind: "webhook-late"; ms: number }
  /** Signed by a key that is not the one it names. */
  | { kind: "webhook-badly-signed" };

/** One scripted fault. */
export type Fault = FaultScope & (RequestFault | ReportFault | WebhookFault);

type Kind = Fault["kind"];
type FaultOf<K extends Kind> = Extract<Fault, { kind: K }>;

/** What a fault may strike: one request, report or webhook. */
export interface FaultTarget {
  provider: Imitated;
  endpoint?: string;
  itemIds: readonly string[];
}

/** The scripted faults of a sandbox. */
export interface Faults {
  /** Adds a fault; it strikes what comes after. */
  script(fault: Fault): void;
  /** Ends all scripted faults. */
  clear(): void;
}

/** The sandbox's own side of `Faults`. */
export interface ScriptedFaults extends Faults {
  /** The first fault of these kinds that strikes the target, counted as having struck; null when there is none. */
  take<K extends Kind>(kinds: readonly K[], target: FaultTarget): FaultOf<K> | null;
}

export function createFaults(): ScriptedFaults {
  let scripted: { fault: Fault; left: number }[] = [];
  return {
    script(fault) {
      scripted.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      scripted = [];
    },
    take<K extends Kind>(kinds: readonly K[], target: FaultTarget) {
      const isOfKind = (fault: Fault): fault is FaultOf<K> => (kinds as readonly Kind[]).includes(fault.kind);
      for (const entry of scripted) {
        const { fault } = entry;
        if (!isOfKind(fault) || !strikes(fault, target)) continue;
        entry.left -= 1;
        if (entry.left <= 0) scripted = scripted.filter((other) => other !== entry);
        return fault;
      }
      return null;
    },
  };
}

function strikes(scope: FaultScope, target: FaultTarget): boolean {
  return (
    scope.provider === target.provider &&
    (scope.endpoint === undefined || scope.endpoint === target.endpoint) &&
    (scope.itemId === undefined || target.itemIds.includes(scope.itemId))
  );
}
