import { describe, expect, it } from "@jest/globals";
import { createMetrics, type Metrics } from "../../src/metrics.ts";

describe("metrics", () => {
  it.each<[string, (metrics: Metrics) => void, string[]]>([
    [
      "operations by type and outcome",
      (metrics) => metrics.operation({ type: "query", outcome: "ok", seconds: 0.02 }),
      [
        'tributary_graphql_operation_seconds_count{type="query",outcome="ok"} 1',
        'tributary_graphql_operation_seconds_bucket{le="0.025",type="query",outcome="ok"} 1',
        'tributary_graphql_operation_seconds_bucket{le="0.005",type="query",outcome="ok"} 0',
      ],
    ],
    [
      "HTTP requests by route and status",
      (metrics) => metrics.httpRequest({ route: "/webhooks/:provider", status: 200, seconds: 1 }),
      ['tributary_http_request_seconds_count{route="/webhooks/:provider",status="200"} 1'],
    ],
    [
      "a status that is none",
      (metrics) => metrics.httpRequest({ route: "/", status: Number.NaN, seconds: 1 }),
      ['tributary_http_request_seconds_count{route="/",status="other"} 1'],
    ],
    [
      "upstream calls by aggregator, endpoint and outcome",
      (metrics) => {
        metrics.upstreamCall({ provider: "PLAID", endpoint: "/item/get", outcome: "OK", seconds: 0.3 });
        metrics.upstreamCall({ provider: "PLAID", endpoint: "/item/get", outcome: "PROVIDER_TIMEOUT", seconds: 9 });
      },
      [
        'tributary_upstream_calls_total{provider="PLAID",endpoint="/item/get",outcome="OK"} 1',
        'tributary_upstream_calls_total{provider="PLAID",endpoint="/item/get",outcome="PROVIDER_TIMEOUT"} 1',
        'tributary_upstream_call_seconds_count{provider="PLAID",endpoint="/item/get"} 2',
      ],
    ],
    [
      "a report's time to ready",
      (metrics) => metrics.reportReady({ provider: "LINK_MONEY", seconds: 4 }),
      ['tributary_report_ready_seconds_sum{provider="LINK_MONEY"} 4'],
    ],
    [
      "webhooks by what became of them",
      (metrics) => metrics.webhook({ provider: "PLAID", outcome: "refused" }),
      ['tributary_webhooks_total{provider="PLAID",outcome="refused"} 1'],
    ],
    [
      "cache hits and misses",
      (metrics) => {
        metrics.cacheRead({ product: "ACCOUNTS", hit: true });
        metrics.cacheRead({ product: "ACCOUNTS", hit: true });
        metrics.cacheRead({ product: "ACCOUNTS", hit: false });
      },
      [
        'tributary_cache_reads_total{product="ACCOUNTS",result="hit"} 2',
        'tributary_cache_reads_total{product="ACCOUNTS",result="miss"} 1',
      ],
    ],
    ["the process", () => undefined, ["# TYPE process_resident_memory_bytes gauge"]],
  ])("count %s", async (_name, count, lines) => {
    const metrics = createMetrics();
    count(metrics);
    const text = (await metrics.text()).split("\n");
    for (const line of lines) expect(text).toContain(line);
  });

  it("of two gateways do not mix", async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.webhook({ provider: "PLAID", outcome: "accepted" });
    expect(await other.text()).not.toContain("tributary_webhooks_total{");
  });

  it("stay bounded whatever routes and endpoints are asked for", async () => {
    const metrics = createMetrics();
    for (let index = 0; index < 500; index++) {
      metrics.httpRequest({ route: `/${index}`, status: 404, seconds: 0 });
      metrics.upstreamCall({ provider: "PLAID", endpoint: `/${index}`, outcome: "OK", seconds: 0 });
    }
    const text = await metrics.text();
    expect(text.match(/^tributary_http_request_seconds_count/gm)).toHaveLength(101);
    expect(text.match(/^tributary_upstream_calls_total/gm)).toHaveLength(101);
    expect(text).toContain('tributary_http_request_seconds_count{route="other",status="404"} 400');
  });

  it("are in Prometheus's text format", () => {
    expect(createMetrics().contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});
