import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { delay, systemClock } from "../../src/clock.ts";
import { IMITATED } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { aggregatorEnv } from "../support/aggregator-env.ts";
import { SECRET, testSandbox, tokenOf } from "../support/gateway.ts";
import { type GatewayProcess, startProcess } from "../support/process.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
/** By then both providers have answered create: nothing may be lost any more. */
const SENT_BY_MS = 300;
/** When the gateway is killed, counted from create's answer: while reports are made, while content comes. */
const MOMENTS_MS = [80, 300];

describe("kill -9 on the embedded database", () => {
  let dataDir: string;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;

  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
    sandbox = await testSandbox({ reportMs: 300 });
  });
  afterEach(async () => {
    await gateway.kill("SIGKILL");
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const env = () => ({
    DATA_DIR: dataDir,
    AUTH_JWT_SECRET: SECRET,
    ...aggregatorEnv(sandbox),
    REPORT_POLL_MS: "1000",
  });

  async function ask(query: string, variables: object = {}) {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf()}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data as unknown;
  }

  it.each(MOMENTS_MS)(
    "%i ms after createReport was answered: the report becomes final, and nothing is created twice",
    async (ms) => {
      gateway = await startProcess(env());
      const itemIds: string[] = [];
      for (const provider of IMITATED) {
        const input = { provider, accessToken: sandbox.demo[provider][0] };
        const linked = (await ask("mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }", {
          input,
        })) as { importItem: { item: { id: string } } };
        itemIds.push(linked.importItem.item.id);
      }
      const made = (await ask(
        "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
        { input: { itemIds, daysRequested: 30 } },
      )) as { createReport: { report: { id: string } } };
      const { id } = made.createReport.report;
      await delay(systemClock, ms);
      const { port } = new URL(gateway.url);
      await gateway.kill("SIGKILL");

      gateway = await startProcess({ ...env(), PORT: port });
      const began = Date.now();
      let report = { status: "PENDING", sources: [] as { status: string; error: { code: string } | null }[] };
      await until(async () => {
        const data = (await ask("query ($id: ID!) { report(id: $id) { status sources { status error { code } } } }", {
          id,
        })) as { report: typeof report };
        report = data.report;
        return report.status !== "PENDING";
      }, 40_000);
      const seconds = (Date.now() - began) / 1000;
      console.log(`killed after ${ms} ms: ${report.status} ${seconds.toFixed(1)} s after the restart`);
      expect(seconds).toBeLessThan(30);
      if (ms >= SENT_BY_MS) expect(report.status).toBe("READY");
      // a source that was being sent when its sender died is failed as PROVIDER_TIMEOUT, never sent again blindly
      for (const { status, error } of report.sources) {
        if (status !== "READY") expect(error?.code).toBe("PROVIDER_TIMEOUT");
      }
      for (const provider of IMITATED) {
        const creates = sandbox
          .calls()
          .filter((call) => call.provider === provider && call.endpoint === "/asset_report/create");
        expect(creates.length).toBeLessThanOrEqual(1);
      }
    },
  );
});
