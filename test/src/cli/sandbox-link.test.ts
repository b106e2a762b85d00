import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sandbox as command } from "../../../src/cli/sandbox.ts";
import { customUserFile } from "../sandbox/custom-users/custom-item.ts";
import { startTestSandbox, type TestSandbox } from "../sandbox/start.ts";

describe("tributary sandbox link", () => {
  let folder: string;
  let running: TestSandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-link-"));
    await writeFile(join(folder, "ada.json"), JSON.stringify(customUserFile("user_poor.json")));
    running = await startTestSandbox({ seed: 5, usersFolder: folder });
  });
  afterAll(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  });

  const link = async (args: string[], more: Record<string, string> = {}) => {
    const lines: string[] = [];
    const port = new URL(running.endpoints.PLAID.baseUrl).port;
    const env = { DATA_DIR: folder, SANDBOX_PLAID_PORT: port, ...more };
    const code = await command(env, (line) => lines.push(line), args);
    return { code, lines };
  };
  const file = async (name: string, user: unknown) => {
    const path = join(folder, name);
    await writeFile(path, typeof user === "string" ? user : JSON.stringify(user));
    return path;
  };

  it.each<[string, () => Promise<string> | string, string[]]>([
    ["a file", () => file("mine.json", customUserFile("user_rich.json")), ["IOLTA Trust Account", "Operational"]],
    ["a user of the folder", () => "ada", ["IOLTA Trust Account", "Operational"]],
    ["a named user", () => "other", ["Gingham Checking", "Gingham Savings", "Gingham Card"]],
  ])("of %s prints a public token and an access token, each good for an item", async (_what, whom, names) => {
    const { code, lines } = await link(["link", await whom()]);
    expect(code).toBe(0);
    const [{ publicToken: public_token }, { item }] = lines.map((line) => JSON.parse(line));
    const access_token = item.accessToken;
    const exchanged = await running.atPlaid("/item/public_token/exchange", { public_token });
    for (const token of [access_token, exchanged.body.access_token]) {
      const { body } = await running.atPlaid("/accounts/get", { access_token: token });
      expect(body.accounts.map(({ name }: { name: string }) => name)).toEqual(names);
    }
  });

  it("of a user at Link Money prints an item, as that has no public tokens", async () => {
    const { code, lines } = await link(["link", "ada", "provider=LINK_MONEY"]);
    expect([code, lines.length]).toEqual([0, 1]);
    const { item } = JSON.parse(lines[0] ?? "");
    expect(item).toMatchObject({ provider: "LINK_MONEY", user: "ada" });
    const { body } = await running.atLinkMoney("/accounts/get", {}, item.accessToken);
    expect(body.accounts.map(({ name }: { name: string }) => name)).toEqual(["IOLTA Trust Account", "Operational"]);
  });

  it.each([
    [["link"], "a user, or the file of one is missing."],
    [["link", "a", "b"], '"b" is not KEY=VALUE.'],
  ])("cannot follow %j", async (args, says) => {
    const { code, lines } = await link(args);
    expect([code, lines[0]]).toEqual([2, says]);
  });

  it.each<[string, () => Promise<string[]> | string[], Record<string, string>, string]>([
    ["a stranger", () => ["link", "bo"], {}, 'the sandbox has no user "bo"; there are default, '],
    [
      "a file at fault",
      async () => ["link", await file("bad.txt", { override_accounts: [{ type: "bank" }] })],
      {},
      "bad.txt: override_accounts[0].type: ",
    ],
    [
      "a forced error",
      async () => ["link", await file("locked.txt", { force_error: "ITEM_LOCKED" })],
      {},
      "ITEM_LOCKED: the account is locked",
    ],
    ["a folder", () => ["link", folder], {}, "the sandbox has no user "],
    [
      "no sandbox",
      () => ["link", "other"],
      { SANDBOX_PLAID_PORT: "1" },
      "No sandbox answers at http://127.0.0.1:1: start one with `npm run sandbox`",
    ],
  ])("of %s says what is wrong", async (_what, args, more, says) => {
    const { code, lines } = await link(await args(), more);
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(says);
  });
});
