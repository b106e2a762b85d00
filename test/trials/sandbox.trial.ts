import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { Configuration, PlaidApi, Products } from "plaid";
import { runProcess, type SandboxProcess, startSandboxProcess } from "../support/process.ts";

const ROOT = join(import.meta.dirname, "../..");
const DAY_MS = 86_400_000;

let folder: string;
let script: string;
const running: SandboxProcess[] = [];

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-trial-"));
  script = join(folder, "script.json");
  const to = new Date(Date.now() + DAY_MS).toISOString();
  const faults = [{ provider: "PLAID", endpoint: "/liabilities/get", kind: "rate-limit", probability: 0.5 }];
  await writeFile(script, JSON.stringify({ clock: { to, still: true }, faults }));
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function start(name: string, env: Record<string, string> = {}): Promise<SandboxProcess> {
  const dataDir = join(folder, name);
  await mkdir(dataDir, { recursive: true });
  const sandbox = await startSandboxProcess({ DATA_DIR: dataDir, SANDBOX_SCRIPT: script, SANDBOX_SEED: "7", ...env });
  running.push(sandbox);
  return sandbox;
}

/** Plaid's own client. */
function clientOf({ env }: SandboxProcess): PlaidApi {
  const headers = { "PLAID-CLIENT-ID": env.PLAID_CLIENT_ID, "PLAID-SECRET": env.PLAID_SECRET };
  return new PlaidApi(new Configuration({ basePath: env.PLAID_BASE_URL, baseOptions: { headers } }));
}

/** What the sandbox's command line prints. */
async function told(sandbox: SandboxProcess, ...args: string[]): Promise<string> {
  const port = new URL(sandbox.env.PLAID_BASE_URL ?? "").port;
  const { code, output } = await runProcess({ SANDBOX_PLAID_PORT: port }, ["sandbox", ...args]);
  if (code !== 0) throw new Error(`tributary sandbox ${args.join(" ")}: ${output}`);
  return output;
}

/** Links a custom user, and reads all there is: what was answered, errors too. */
async function live(sandbox: SandboxProcess): Promise<{ accessToken: string; answers: unknown[] }> {
  const plaid = clientOf(sandbox);
  const { data } = await plaid.sandboxPublicTokenCreate({
    institution_id: "ins_109508",
    initial_products: [Products.Transactions],
    options: {
      override_username: "user_custom",
      override_password: JSON.stringify({ override_accounts: [{ type: "depository", starting_balance: 1200 }] }),
    },
  });
  const exchanged = await plaid.itemPublicTokenExchange({ public_token: data.public_token });
  const accessToken = exchanged.data.access_token;
  const answers: unknown[] = [data, exchanged.data];
  const read = async (call: Promise<{ data: unknown }>) =>
    answers.push(await call.then(({ data }) => data).catch((error) => error.response.data));
  for (const access_token of [accessToken, ...sandbox.accessTokens.slice(0, 2)]) {
    await read(plaid.itemGet({ access_token }));
    await read(plaid.accountsGet({ access_token }));
    await read(plaid.transactionsSync({ access_token, count: 500 }));
    for (let again = 0; again < 4; again++) await read(plaid.liabilitiesGet({ access_token }));
    await read(plaid.investmentsHoldingsGet({ access_token }));
  }
  return { accessToken, answers };
}

it("two processes with one seed and script answer alike to the last byte, also forty days later", async () => {
  const [one, other] = [await start("one"), await start("other")];
  const lives = [await live(one), await live(other)];
  expect(JSON.stringify(lives[1])).toBe(JSON.stringify(lives[0]));
  expect(JSON.stringify(lives[0])).toContain("RATE_LIMIT");
  for (const sandbox of [one, other]) await told(sandbox, "advance", "40d");
  const later = [await live(one), await live(other)];
  expect(JSON.stringify(later[1])).toBe(JSON.stringify(later[0]));
  expect(later[0]?.answers).not.toEqual(lives[0]?.answers);
  const faults = [await told(one, "faults"), await told(other, "faults")];
  expect(faults[1]).toBe(faults[0]);
});

it("a process that is killed finds its items and its time again, and another seed is another world", async () => {
  const before = await start("one");
  const { accessToken } = await live(before);
  await told(before, "advance", "3d");
  const accounts = async (sandbox: SandboxProcess) =>
    (await clientOf(sandbox).accountsGet({ access_token: accessToken })).data.accounts;
  const clock = await told(before, "clock");
  const kept = await accounts(before);
  await before.kill("SIGKILL");
  const after = await start("one");
  expect(await told(after, "clock")).toBe(clock);
  expect(await accounts(after)).toEqual(kept);
  expect(after.accessTokens).toEqual(before.accessTokens);
  const elsewhere = await start("other", { SANDBOX_SEED: "8" });
  expect(elsewhere.accessTokens).not.toEqual(before.accessTokens);
  await expect(accounts(elsewhere)).rejects.toMatchObject({
    response: { data: { error_code: "INVALID_ACCESS_TOKEN" } },
  });
});
