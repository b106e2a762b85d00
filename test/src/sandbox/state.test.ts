import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Receiver, startReceiver } from "./receiver.ts";
import { NOON, REPORT_MS, startTestSandbox, type TestSandbox, watchedClock } from "./start.ts";

describe("the state file", () => {
  let folder: string;
  let stateFile: string;
  let receiver: Receiver;
  let sandbox: TestSandbox;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-"));
    stateFile = join(folder, "sandbox.json");
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ stateFile });
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
    await rm(folder, { recursive: true });
  });

  /** Stops the sandbox and starts it again some time later. */
  const restart = async (afterMs = 0, more: object = {}) => {
    const start = sandbox.clock.now() + afterMs;
    await sandbox.close();
    sandbox = await startTestSandbox({ stateFile, clock: watchedClock(start), ...more });
  };
  const begin = async () => {
    const request = { access_tokens: sandbox.demo.PLAID, days_requested: 30, options: { webhook: receiver.url } };
    return (await sandbox.atPlaid("/asset_report/create", request)).body;
  };

  it("keeps items made and removed, their data, and public tokens", async () => {
    const made = sandbox.createItem("PLAID", { user: "other" });
    const [first = "", second = ""] = sandbox.demo.PLAID;
    const publicToken = sandbox.createPublicToken();
    await sandbox.atPlaid("/item/remove", { access_token: first });
    const accounts = () => sandbox.atPlaid("/accounts/get", { access_token: made.accessToken });
    const before = (await accounts()).body.accounts;
    await restart();
    expect((await accounts()).body.accounts).toEqual(before);
    expect(sandbox.demo.PLAID).toEqual([second]);
    expect((await sandbox.atPlaid("/item/get", { access_token: first })).body.error_code).toBe("INVALID_ACCESS_TOKEN");
    expect(await sandbox.atPlaid("/item/public_token/exchange", { public_token: publicToken })).toMatchObject({
      status: 200,
    });
    expect(sandbox.createItem("PLAID").itemId).not.toBe(made.itemId);
  });

  it("lets the world go on: the accounts live on from the day of linking", async () => {
    const access_token = sandbox.demo.PLAID[0];
    const accounts = async () => (await sandbox.atPlaid("/accounts/get", { access_token })).body.accounts;
    const before = await accounts();
    await restart(45 * 86_400_000);
    const after = await accounts();
    expect(after[0].account_id).toBe(before[0].account_id);
    expect(after[5].balances.current).toBeLessThan(before[5].balances.current);
  });

  it("finishes a report begun before the restart, and sends its webhook", async () => {
    const { asset_report_id, asset_report_token } = await begin();
    await restart(10);
    sandbox.clock.advance(REPORT_MS);
    await receiver.arrived(1);
    expect(receiver.received[0]?.body).toMatchObject({ webhook_code: "PRODUCT_READY", asset_report_id });
    expect(await sandbox.atPlaid("/asset_report/get", { asset_report_token })).toMatchObject({ status: 200 });
  });

  it("sends a webhook that was not taken before the restart, and none twice", async () => {
    receiver.answers.push(503);
    const { asset_report_id } = await begin();
    sandbox.clock.advance(REPORT_MS);
    await receiver.arrived(1);
    await sandbox.clock.awaited(1_000);
    await restart();
    sandbox.clock.advance(0);
    await receiver.arrived(2);
    expect(receiver.received[1]?.body.asset_report_id).toBe(asset_report_id);
  });

  it("keeps the keys, so that what was signed before verifies after", async () => {
    await sandbox.sendWebhook("PLAID", receiver.url, {});
    const signature = String(receiver.received[0]?.headers["plaid-verification"]);
    const { kid } = JSON.parse(Buffer.from(signature.split(".")[0] ?? "", "base64url").toString());
    const key = async () => (await sandbox.atPlaid("/webhook_verification_key/get", { key_id: kid })).body.key;
    const before = await key();
    await restart();
    expect(await key()).toEqual(before);
  });

  it("another seed adds its own demo household and keeps the old one's items", async () => {
    const [old] = sandbox.demo.PLAID;
    await restart(0, { seed: 2 });
    expect(sandbox.demo.PLAID).toHaveLength(2);
    expect(sandbox.demo.PLAID).not.toContain(old);
    expect(await sandbox.atPlaid("/item/get", { access_token: old })).toMatchObject({ status: 200 });
  });

  it("holds secrets, so only its owner can read it", async () => {
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect(await readFile(stateFile, "utf8")).toContain(sandbox.demo.PLAID[0]);
  });

  it.each([
    ["{", "is not JSON"],
    ['{"version": 99}', "of version 99, where this is 2"],
  ])("that cannot be read (%s) is an error that says what to do", async (text, problem) => {
    const file = join(folder, "broken.json");
    await writeFile(file, text);
    const start = startTestSandbox({ stateFile: file, clock: watchedClock(NOON) });
    await expect(start).rejects.toThrow(problem);
    await expect(start).rejects.toThrow(`move the file ${file} away`);
  });
});
