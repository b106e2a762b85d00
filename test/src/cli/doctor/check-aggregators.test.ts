import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { checkAggregators } from "../../../../src/cli/doctor/check-aggregators.ts";
import type { AggregatorConfig } from "../../../../src/config.ts";

const UNKNOWN_REPORT = {
  error_type: "INVALID_INPUT",
  error_code: "INVALID_ASSET_REPORT_TOKEN",
  error_message: "unknown",
};
const REFUSED_KEYS = { error_type: "INVALID_INPUT", error_code: "INVALID_API_KEYS", error_message: "invalid keys" };
const TOO_MANY = { error_type: "RATE_LIMIT_EXCEEDED", error_code: "RATE_LIMIT", error_message: "slow down" };

const PLAID = { provider: "PLAID", slug: "plaid", sandbox: true, rateLimits: "off" } as const;
const LINK_MONEY = { provider: "LINK_MONEY", slug: "link-money", sandbox: true, rateLimits: "off" } as const;
const CREDENTIALS = { clientId: "the-client-id", secret: "the-client-secret" };

/** What is said of aggregators at a server that answers every call like this, and what they were asked. */
async function checkAgainst(
  status: number,
  body: string,
  kinds: Omit<AggregatorConfig, "baseUrl" | "clientId" | "secret">[],
) {
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    request.resume().on("end", () => response.writeHead(status, { "content-type": "application/json" }).end(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const aggregators = kinds.map((kind) => ({ ...kind, ...CREDENTIALS, baseUrl }));
  try {
    return { findings: await checkAggregators({ aggregators, sandbox: null }), paths };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe("an aggregator", () => {
  it.each<[string, number, string, object]>([
    ["that knows us, and not the report", 400, JSON.stringify(UNKNOWN_REPORT), { state: "ok" }],
    [
      "that refuses the credentials",
      400,
      JSON.stringify(REFUSED_KEYS),
      { state: "fault", mend: expect.stringContaining("PLAID_CLIENT_ID and PLAID_SECRET") },
    ],
    ["that is asked too often", 429, JSON.stringify(TOO_MANY), { state: "note" }],
    ["that has no such path", 404, "<html>", { state: "fault", mend: expect.stringContaining("PLAID_BASE_URL") }],
    ["that is some web page", 200, "<html>", { state: "fault", mend: expect.stringContaining("PLAID_BASE_URL") }],
  ])("%s", async (_name, status, body, expected) => {
    const { findings } = await checkAgainst(status, body, [PLAID]);
    expect(findings).toEqual([expect.objectContaining({ check: "plaid", ...expected })]);
    expect(JSON.stringify(findings)).not.toMatch(/the-client-(id|secret)/);
  });

  it("where nothing listens is a fault", async () => {
    const { findings: first } = await checkAgainst(200, "", []);
    expect(first).toEqual([]);
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const aggregators = [{ ...PLAID, ...CREDENTIALS, baseUrl: `http://127.0.0.1:${port}` }];
    expect(await checkAggregators({ aggregators, sandbox: null })).toEqual([
      expect.objectContaining({ state: "fault", says: expect.stringContaining("cannot be reached") }),
    ]);
  });

  it("is asked for nothing but a report that cannot be there", async () => {
    const { findings, paths } = await checkAgainst(400, JSON.stringify(UNKNOWN_REPORT), [PLAID, LINK_MONEY]);
    expect(findings).toEqual([
      expect.objectContaining({ check: "plaid", state: "ok" }),
      expect.objectContaining({ check: "link-money", state: "ok" }),
    ]);
    expect(paths.sort()).toEqual(["/asset_report/get", "/v1/plaid/asset_report/get"]);
  });
});
