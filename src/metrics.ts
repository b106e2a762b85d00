import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { ErrorCode, Product, Provider } from "../schema/enums.ts";

/** How an upstream call ended. */
export type UpstreamOutcome = "OK" | ErrorCode;

/** What became of a delivery: kept, kept already, not genuine, genuine but unreadable, or not kept. */
export type WebhookOutcome = "accepted" | "repeated" | "refused" | "unreadable" | "failed";

/** What is counted. Every label is of a closed or bounded set; none carries a viewer, an id or a secret. */
export interface Metrics {
  /** A GraphQL operation: "ok", "error" when errors[] is not empty, "refused" when it never ran. */
  operation(done: {
    type: "query" | "mutation" | "subscription" | "unknown";
    outcome: "ok" | "error" | "refused";
    seconds: number;
  }): void;
  /** An HTTP request, by the route's pattern (never the address itself). */
  httpRequest(done: { route: string; status: number; seconds: number }): void;
  /** One call to an aggregator, by Plaid's path of the endpoint. */
  upstreamCall(done: { provider: Provider; endpoint: string; outcome: UpstreamOutcome; seconds: number }): void;
  /** A report's source became ready, `seconds` after it was asked for. */
  reportReady(done: { provider: Provider; seconds: number }): void;
  webhook(done: { provider: Provider; outcome: WebhookOutcome }): void;
  cacheRead(done: { product: Product; hit: boolean }): void;
  /** All of it in Prometheus's text format. */
  text(): Promise<string>;
  /** The content type of `text()`. */
  readonly contentType: string;
}

/** A registry of its own, so that several gateways in one process do not count into each other. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const operations = new Histogram({
    name: "tributary_graphql_operation_seconds",
    help: "GraphQL operations by type and outcome",
    labelNames: ["type", "outcome"],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const requests = new Histogram({
    name: "tributary_http_request_seconds",
    help: "HTTP requests by route and status",
    labelNames: ["route", "status"],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const upstreamCalls = new Counter({
    name: "tributary_upstream_calls_total",
    help: "Calls to aggregators by endpoint and outcome",
    labelNames: ["provider", "endpoint", "outcome"],
    registers,
  });
  const upstreamSeconds = new Histogram({
    name: "tributary_upstream_call_seconds",
    help: "Duration of calls to aggregators by endpoint",
    labelNames: ["provider", "endpoint"],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const readySeconds = new Histogram({
    name: "tributary_report_ready_seconds",
    help: "From the request of a report to its source being ready",
    labelNames: ["provider"],
    buckets: [1, 2, 5, 10, 30, 60, 120, 300, 900, 3600],
    registers,
  });
  const webhooks = new Counter({
    name: "tributary_webhooks_total",
    help: "Webhook deliveries by what became of them",
    labelNames: ["provider", "outcome"],
    registers,
  });
  const cacheReads = new Counter({
    name: "tributary_cache_reads_total",
    help: "Reads of cached upstream answers by product",
    labelNames: ["product", "result"],
    registers,
  });
  const route = boundedLabel(100);
  const endpoint = boundedLabel(100);

  return {
    operation: ({ type, outcome, seconds }) => operations.observe({ type, outcome }, seconds),
    httpRequest: (done) =>
      requests.observe({ route: route(done.route), status: statusLabel(done.status) }, done.seconds),
    upstreamCall({ provider, outcome, seconds, ...done }) {
      const labels = { provider, endpoint: endpoint(done.endpoint) };
      upstreamCalls.inc({ ...labels, outcome });
      upstreamSeconds.observe(labels, seconds);
    },
    reportReady: ({ provider, seconds }) => readySeconds.observe({ provider }, seconds),
    webhook: ({ provider, outcome }) => webhooks.inc({ provider, outcome }),
    cacheRead: ({ product, hit }) => cacheReads.inc({ product, result: hit ? "hit" : "miss" }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Lets the first `max` different values through; all later ones are "other", so that no caller can swell the registry. */
function boundedLabel(max: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= max) return "other";
    seen.add(value);
    return value;
  };
}

function statusLabel(status: number): string {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : "other";
}
