import { z } from "zod";
import type { Change } from "./change.ts";
import { faultSchema } from "./fault-schema.ts";
import type { Imitated } from "./imitated.ts";
import { readPlain } from "./read-plain.ts";
import { type Chance, createChance } from "./world/chance.ts";

/** Where a scripted fault strikes: everything of one aggregator, narrowed by endpoint, item and webhook, and how often. */
export interface FaultScope {
  provider: Imitated;
  /** Plaid's path, e.g. "/accounts/get"; every endpoint when absent. A fault of a webhook or a report has none. */
  endpoint?: string;
  /** Calls on this item, reports and webhooks that concern it; every item when absent. */
  itemId?: string;
  /** Webhooks of this webhook_type or webhook_code; all when absent. */
  webhook?: string;
  /** How many times it strikes; until `clear` when absent. */
  times?: number;
  /** Whether it strikes this time falls by chance, 0 to 1, always the same way for the same seed; always when absent. */
  probability?: number;
}

/** What goes wrong with a request and its answer. Where there is `done`, true means that the request was carried out first. */
export type RequestFault =
  /** The answer comes `ms` later, in real time, or with `upToMs` between the two. Goes together with any other fault. */
  | { kind: "latency"; ms: number; upToMs?: number }
  /** 429 RATE_LIMIT; with `retryAfter` (seconds, or an HTTP date) a Retry-After header. */
  | { kind: "rate-limit"; retryAfter?: number | string }
  /** An error of the aggregator's own: JSON in its manner, or with `html` a proxy's page. */
  | { kind: "server-error"; status?: 500 | 502 | 503 | 504; html?: boolean; done?: boolean }
  /** The aggregator's error of this code, e.g. "ITEM_LOGIN_REQUIRED"; `type` and `status` where they differ from the table's. */
  | { kind: "error"; code: string; type?: string; status?: number }
  /** No answer ever; the connection stays open. */
  | { kind: "hang"; done?: boolean }
  /** The answer's body comes in pieces of so many bytes (1), `ms` after one another, in real time. The request was carried out. */
  | { kind: "drip"; ms: number; bytes?: number }
  /** The connection is reset (RST) where the answer should come. */
  | { kind: "reset"; done?: boolean }
  /** The connection is closed before the body is read: nothing was done. Cannot be narrowed by item. */
  | { kind: "refuse" }
  /** 200 with JSON that ends in the middle; a PDF breaks off together with its connection. The request was carried out. */
  | { kind: "cut-off" }
  /** 200 with an HTML page where JSON should be. The request was carried out. */
  | { kind: "html" }
  /** The answer's body with these changes: missing, null, wrongly typed fields. The request was carried out. */
  | { kind: "mutate"; changes: Change[] }
  /** The same by code: the body as `mutate` leaves (or returns) it. */
  | { kind: "mutate"; mutate(body: Record<string, unknown>): unknown };

/** What goes wrong with a report. `report-failure`: each item in scope fails with this code (ITEM_LOGIN_REQUIRED unless given). */
export type ReportFault =
  | { kind: "report-failure"; code?: string }
  /** The report comes without these of each item in scope, and warns of it. */
  | { kind: "report-warning"; codes: ReportWarningCode[] };

/** What a ready report may warn of (Plaid's reference of /asset_report/get). */
export type ReportWarningCode = "OWNERS_UNAVAILABLE" | "INVESTMENTS_UNAVAILABLE" | "TRANSACTIONS_UNAVAILABLE";

/** What goes wrong with a webhook. */
export type WebhookFault =
  | { kind: "webhook-lost" }
  /** The same bytes twice; with `signedAgain` the second under a signature of its own. */
  | { kind: "webhook-doubled"; signedAgain?: boolean }
  /**
   * A report's comes at once. Before the "answer" (unless given): the report is ready and its webhook delivered before the create
   * call is answered. Before the "state": the report is not ready for as long as ever.
   */
  | { kind: "webhook-early"; before?: "answer" | "state" }
  /** Sent `ms` late. Goes together with any other. */
  | { kind: "webhook-late"; ms: number }
  /** Sent after the aggregator's next one, or alone when none comes within a minute. */
  | { kind: "webhook-out-of-order" }
  /** Signed as no genuine one is; by a "wrong-key" under the right one's name unless given. */
  | { kind: "webhook-badly-signed"; how?: BadSignature };

/** `unknown-key` names a key that there is not; `altered-body` was signed for another body; `old` was signed six minutes ago. */
export type BadSignature = "wrong-key" | "expired-key" | "unknown-key" | "altered-body" | "old" | "unsigned";

/** One scripted fault. */
export type Fault = FaultScope & (RequestFault | ReportFault | WebhookFault);

type Kind = Fault["kind"];
type FaultOf<K extends Kind> = Extract<Fault, { kind: K }>;

/** What a fault may strike: one request, report or webhook. */
export interface FaultTarget {
  provider: Imitated;
  endpoint?: string;
  /** Of a webhook: its webhook_type and webhook_code. */
  webhook?: readonly string[];
  itemIds: readonly string[];
}

/** A fault in force. */
export interface ScriptedFault {
  id: number;
  fault: Fault;
  /** How often it has struck. */
  struck: number;
}

/** The scripted faults of a sandbox. */
export interface Faults {
  /** Adds a fault, which strikes what comes after; returns its id. */
  script(fault: Fault): number;
  /**
   * The same with one in plain JSON, or a list of them, all or none; returns their ids.
   * @throws PlainError naming each key at fault, an endpoint that the aggregator has not too.
   */
  scriptPlain(given: unknown): number[];
  /** Those in force, oldest first. */
  list(): ScriptedFault[];
  /** Ends all scripted faults, or the one of that id. */
  clear(id?: number): void;
}

/** The sandbox's own side of `Faults`. */
export interface OwnFaults extends Faults {
  /** What judges a fault in plain JSON. */
  schema: ReturnType<typeof faultSchema>;
  /** The first fault of these kinds that strikes the target, counted as having struck; null when there is none. */
  take<K extends Kind>(kinds: readonly K[], target: FaultTarget): FaultOf<K> | null;
}

const MILLION = 1_000_000;

/** @param hasEndpoint whether the aggregator has an endpoint of this path; asked when a fault in plain JSON is read */
export function createFaults(seed: number, hasEndpoint: (provider: Imitated, path: string) => boolean): OwnFaults {
  const schema = faultSchema(hasEndpoint);
  let scripted: (ScriptedFault & { chance: Chance })[] = [];
  let last = 0;
  const script: Faults["script"] = (fault) => {
    last += 1;
    scripted.push({ id: last, fault, struck: 0, chance: createChance(seed, "fault", last) });
    return last;
  };
  return {
    schema,
    script,
    scriptPlain(given) {
      const faults = Array.isArray(given) ? readPlain(z.array(schema), given) : [readPlain(schema, given)];
      return faults.map(script);
    },
    list: () => scripted.map(({ id, fault, struck }) => ({ id, fault, struck })),
    clear(id) {
      scripted = scripted.filter((entry) => id !== undefined && entry.id !== id);
    },
    take<K extends Kind>(kinds: readonly K[], target: FaultTarget) {
      const isOfKind = (fault: Fault): fault is FaultOf<K> => (kinds as readonly Kind[]).includes(fault.kind);
      for (const entry of scripted) {
        const { fault, chance } = entry;
        if (!isOfKind(fault) || !strikes(fault, target)) continue;
        if (fault.probability !== undefined && chance.int(1, MILLION) > fault.probability * MILLION) continue;
        entry.struck += 1;
        if (entry.struck === fault.times) scripted = scripted.filter((other) => other !== entry);
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
    (scope.itemId === undefined || target.itemIds.includes(scope.itemId)) &&
    (scope.webhook === undefined || (target.webhook?.includes(scope.webhook) ?? false))
  );
}
