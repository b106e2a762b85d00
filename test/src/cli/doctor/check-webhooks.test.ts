import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { checkWebhooks } from "../../../../src/cli/doctor/check-webhooks.ts";
import type { AggregatorConfig } from "../../../../src/config.ts";

const PLAID: AggregatorConfig = {
  provider: "PLAID",
  slug: "plaid",
  sandbox: true,
  baseUrl: "https://sandbox.plaid.com",
  clientId: "c",
  secret: "s",
  rateLimits: "sandbox",
};

/** What the check says of a server that answers every request like this. */
async function checkAgainst(status: number): Promise<{ findings: object[]; paths: (string | undefined)[] }> {
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`);
    response.writeHead(status, { location: "https://elsewhere.example" }).end("x");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // 0.0.0.0 leads to this machine, but is no loopback address by name
  const publicUrl = `http://0.0.0.0:${port}/api`;
  try {
    return { findings: await checkWebhooks({ publicUrl, sandbox: null, aggregators: [PLAID] }), paths };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe("webhooks", () => {
  it.each([null, "http://localhost:4000", "http://127.0.0.1:4000"])("cannot come to %s", async (publicUrl) => {
    const findings = await checkWebhooks({ publicUrl, sandbox: null, aggregators: [PLAID] });
    expect(findings).toEqual([expect.objectContaining({ state: "note", mend: expect.stringContaining("PUBLIC_URL") })]);
  });

  it.each<[number, "ok" | "fault"]>([
    [401, "ok"],
    [400, "ok"],
    [200, "fault"],
    [301, "fault"],
    [404, "fault"],
    [502, "fault"],
  ])("to an address that answers an unsigned one with %i: %s", async (status, state) => {
    const { findings, paths } = await checkAgainst(status);
    expect(findings).toEqual([expect.objectContaining({ state })]);
    expect(paths).toEqual(["POST /api/webhooks/plaid"]);
  });

  it("to an address where nothing listens are a fault", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const config = { publicUrl: `http://0.0.0.0:${port}`, sandbox: null, aggregators: [PLAID] };
    expect(await checkWebhooks(config)).toEqual([
      expect.objectContaining({ state: "fault", says: expect.stringContaining("ECONNREFUSED") }),
    ]);
  });
});
