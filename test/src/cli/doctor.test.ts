import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { doctor } from "../../../src/cli/doctor.ts";

describe("the doctor", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tributary-doctor-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function consult(env: Record<string, string>) {
    const lines: string[] = [];
    const code = await doctor({ DATA_DIR: dir, ...env }, (line) => lines.push(line));
    return { code, lines };
  }

  it("finds nothing to mend in a sandbox", async () => {
    const { code, lines } = await consult({});
    expect(code).toBe(0);
    expect(lines).toEqual([
      "ok    config      Whole, for development, with the sandbox.",
      `ok    database    The embedded database in ${dir} is free.`,
      "ok    cache       Kept in memory, by this process alone.",
      "ok    aggregators The sandbox imitates them; it starts with the gateway.",
      "ok    webhooks    The sandbox reaches the gateway on loopback.",
      "Nothing to mend.",
    ]);
  });

  it("names every fault of the configuration, and tries no further", async () => {
    const { code, lines } = await consult({ PORT: "abc", PLAID_SECRET: "the-plaid-secret" });
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^fault config {6}PORT: found "abc"\. Wanted: a port/),
      expect.stringMatching(/^fault config {6}PLAID_BASE_URL, PLAID_CLIENT_ID: found nothing/),
      expect.stringMatching(/^fault config {6}AUTH_JWT_SECRET or AUTH_JWKS_URL: found neither/),
      "3 to mend.",
    ]);
    expect(lines.join()).not.toContain("the-plaid-secret");
  });

  it("names each part that does not answer, and what to mend", async () => {
    const { code, lines } = await consult({
      DATABASE_URL: "postgres://me:the-password@127.0.0.1:1/none",
      REDIS_URL: "redis://:the-password@127.0.0.1:1",
    });
    expect(code).toBe(1);
    expect(lines.filter((line) => line.startsWith("fault"))).toEqual([
      expect.stringMatching(/^fault database .*ECONNREFUSED.*DATABASE_URL/),
      expect.stringMatching(/^fault cache .*ECONNREFUSED.*REDIS_URL/),
    ]);
    expect(lines.at(-1)).toBe("2 to mend.");
    expect(lines.join()).not.toContain("the-password");
  });
});
