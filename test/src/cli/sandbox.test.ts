import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sandbox } from "../../../src/cli/sandbox.ts";

describe("the sandbox by itself", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tributary-sandbox-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("says what a gateway needs to use it, answers, and ends when told to", async () => {
    const lines: string[] = [];
    const env = {
      DATA_DIR: join(dir, "new"),
      LOG_LEVEL: "silent",
      SANDBOX_PLAID_PORT: "0",
      SANDBOX_LINK_MONEY_PORT: "0",
    };
    const answers: number[] = [];
    const ended = sandbox(env, (line) => {
      lines.push(line);
      if (lines.length === 10) void askBoth().finally(() => process.emit("SIGTERM"));
    });
    async function askBoth() {
      for (const line of lines.filter((line) => line.includes("_BASE_URL="))) {
        answers.push((await fetch(line.split("=")[1] ?? "", { method: "POST" })).status);
      }
    }
    expect(await ended).toBe(0);
    expect(answers).toHaveLength(2);
    expect(lines.map((line) => line.replace(/(=| )\S+$/, ""))).toEqual([
      "PLAID_BASE_URL",
      "PLAID_CLIENT_ID",
      "PLAID_SECRET",
      "# importItem takes",
      "# importItem takes",
      "LINK_MONEY_BASE_URL",
      "LINK_MONEY_CLIENT_ID",
      "LINK_MONEY_SECRET",
      "# importItem takes",
      "# A gateway with these wants AUTH_JWT_SECRET",
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [{ NODE_ENV: "production" }, "  SANDBOX: found on; wanted off: production refuses the sandbox."],
    [{ SANDBOX_PLAID_PORT: "any" }, '  SANDBOX_PLAID_PORT: found "any"; wanted a port, 0 to 65535; 0 is any free one.'],
  ])("refuses %j with that fault alone", async (env, fault) => {
    const lines: string[] = [];
    expect(await sandbox({ DATA_DIR: dir, ...env }, (line) => lines.push(line))).toBe(1);
    expect(lines.join("\n")).toBe(`The configuration has a fault:\n${fault}`);
  });

  it.each(["SANDBOX_PLAID_PORT", "SANDBOX_LINK_MONEY_PORT"])("refuses a %s that is taken", async (name) => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const lines: string[] = [];
    const env = { SANDBOX_PLAID_PORT: "0", SANDBOX_LINK_MONEY_PORT: "0", [name]: String(port) };
    expect(await sandbox({ DATA_DIR: dir, LOG_LEVEL: "silent", ...env }, (line) => lines.push(line))).toBe(1);
    expect(lines.join("\n")).toBe(
      `The configuration has a fault:\n  ${name}: found ${port}, which is taken; wanted a port that is free.`,
    );
    server.close();
  });

  it("refuses a script that cannot be read, naming the key", async () => {
    const script = join(dir, "script.json");
    await writeFile(script, '{"faults": [{"provider": "PLAID", "kind": "hang", "tmies": 1}]}');
    const lines: string[] = [];
    const env = { DATA_DIR: dir, LOG_LEVEL: "silent", SANDBOX_SCRIPT: script };
    expect(await sandbox(env, (line) => lines.push(line))).toBe(1);
    expect(lines.join("\n")).toContain(
      `SANDBOX_SCRIPT: found ${script}: faults[0]: Unrecognized key: "tmies"; wanted a file`,
    );
  });

  it.each([
    ["{", "is not JSON"],
    ["null", "has version undefined, wanted 2"],
    ['{"version": 1}', "has version 1, wanted 2"],
  ])("refuses a kept state of %j, naming its file", async (kept, why) => {
    const file = join(dir, "sandbox-alone.json");
    await writeFile(file, kept);
    const lines: string[] = [];
    expect(await sandbox({ DATA_DIR: dir, LOG_LEVEL: "silent" }, (line) => lines.push(line))).toBe(1);
    expect(lines.join("\n")).toContain(
      `DATA_DIR: found ${file}, which ${why}; wanted a state of the sandbox's own: move`,
    );
    expect(await readFile(file, "utf8")).toBe(kept);
  });
});
