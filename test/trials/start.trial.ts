import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type GatewayProcess, runProcess, startProcess } from "../support/process.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("npm start", () => {
  let dataDir: string;
  const running: GatewayProcess[] = [];

  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
  });
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.kill("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(env: Record<string, string> = {}) {
    const gateway = await startProcess({ DATA_DIR: dataDir, ...env });
    running.push(gateway);
    return gateway;
  }

  const ask = async (gateway: GatewayProcess, query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data: { items: { nodes: { provider: string }[] } } };
  };

  it("brings it up with nothing set, soon after its database could be, with three linked items", async () => {
    const bare = { first: bareDatabase(), again: bareDatabase() };
    const first = await start();
    const { data } = await ask(first, "{ items { nodes { provider } } }");
    expect(data.items.nodes.map(({ provider }) => provider)).toEqual(["PLAID", "PLAID", "LINK_MONEY"]);
    await first.kill("SIGTERM");

    const again = await start();
    expect((await ask(again, "{ items { nodes { provider } } }")).data).toEqual(data);
    const told = (ms: number, of: number) => `${Math.round(ms)} ms, ${(ms / of).toFixed(1)} of a bare PGlite's`;
    console.log(`first start ${told(first.startedMs, bare.first)}; second ${told(again.startedMs, bare.again)}`);
    expect(first.startedMs / bare.first).toBeLessThan(2.5);
    expect(again.startedMs / bare.again).toBeLessThan(4);
  });

  /** Ms that a process takes to open PGlite on disk, and to make the database the first time: most of a start's time. */
  function bareDatabase(): number {
    const began = performance.now();
    const script = `import { PGlite } from "@electric-sql/pglite";
      const database = await PGlite.create(${JSON.stringify(join(dataDir, "bare"))});
      await database.close();`;
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
    return performance.now() - began;
  }

  it("says where everything is, and the query that it gives to paste works as it stands", async () => {
    const gateway = await start();
    for (const place of ["/graphql", "/graphiql", "/healthz"]) expect(gateway.output()).toContain(gateway.url + place);
    const command = /^ +(curl .*)$/m.exec(gateway.output())?.[1] ?? "";
    const answer = JSON.parse(execFileSync("bash", ["-c", command]).toString());
    expect(answer.errors).toBeUndefined();
    expect(answer.data.accounts.nodes.length).toBeGreaterThan(10);
    for (const path of ["/healthz", "/readyz", "/metrics", "/graphiql", "/"]) {
      expect((await fetch(gateway.url + path, { headers: { accept: "text/html" } })).status).toBe(200);
    }
  });

  it("keeps its data to its user", async () => {
    await start();
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
    const keys = (await readdir(dataDir)).find((file) => file.includes("key"));
    expect((await stat(join(dataDir, keys ?? ""))).mode & 0o777).toBe(0o600);
  });

  it("refuses a second process on the same data, naming the first", async () => {
    await start();
    const { code, output } = await runProcess({ DATA_DIR: dataDir, PORT: "0" });
    expect(code).not.toBe(0);
    expect(output).toMatch(/held by process \d+|in use by process \d+|process \d+/);
  });

  it("opens its data again after kill -9", async () => {
    const first = await start();
    await first.kill("SIGKILL");
    const second = await start();
    expect((await ask(second, "{ items { nodes { provider } } }")).data.items.nodes).toHaveLength(3);
  });

  it("tells of a port that is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const { code, output } = await runProcess({ DATA_DIR: dataDir, PORT: String(port) });
    server.close();
    expect(code).not.toBe(0);
    expect(output).toContain(`${port}`);
  });

  it.each([
    [
      "production with nothing set",
      { NODE_ENV: "production" },
      ["ENCRYPTION_KEYS", "AUTH_JWT_SECRET", "PLAID_BASE_URL"],
    ],
    [
      "credentials without auth",
      { PLAID_BASE_URL: "https://sandbox.endpoints.PLAID.com", PLAID_CLIENT_ID: "id", PLAID_SECRET: "shh-secret" },
      ["AUTH_JWT_SECRET"],
    ],
    [
      "half an aggregator",
      { PLAID_BASE_URL: "https://sandbox.endpoints.PLAID.com", AUTH_JWT_SECRET: "x".repeat(32) },
      ["PLAID_CLIENT_ID", "PLAID_SECRET"],
    ],
    [
      "the sandbox beside credentials",
      {
        SANDBOX: "on",
        PLAID_BASE_URL: "https://sandbox.endpoints.PLAID.com",
        PLAID_CLIENT_ID: "id",
        PLAID_SECRET: "shh-secret",
        AUTH_JWT_SECRET: "x".repeat(32),
      },
      ["SANDBOX"],
    ],
    [
      "several faults",
      { PORT: "nine", CACHE_TTL_S: "-1", PUBLIC_URL: "ftp://x" },
      ["PORT", "CACHE_TTL_S", "PUBLIC_URL"],
    ],
  ] as [string, Record<string, string>, string[]][])(
    "refuses %s, naming every fault and no secret",
    async (_, env, names) => {
      const { code, output } = await runProcess({ DATA_DIR: dataDir, ...env });
      expect(code).not.toBe(0);
      for (const name of names) expect(output).toContain(name);
      expect(output).not.toContain("shh-secret");
    },
  );
});
