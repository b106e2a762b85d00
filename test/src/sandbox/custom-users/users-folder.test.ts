import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sandbox as runSandbox } from "../../../../src/cli/sandbox.ts";
import { startTestSandbox, type TestSandbox } from "../start.ts";
import { customUserFile } from "./custom-item.ts";

describe("the folder of custom users", () => {
  let folder: string;
  let users: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "users-folder-"));
    users = join(folder, "users");
    await mkdir(users);
  });
  let started: TestSandbox[] = [];
  afterEach(async () => {
    await Promise.all(started.map((sandbox) => sandbox.close()));
    started = [];
    await rm(folder, { recursive: true });
  });
  const write = (name: string, user: unknown) =>
    writeFile(join(users, name), typeof user === "string" ? user : JSON.stringify(user));
  const start = async (more: object = {}) => {
    const sandbox = await startTestSandbox({ usersFolder: users, stateFile: join(folder, "state.json"), ...more });
    started.push(sandbox);
    return sandbox;
  };

  it("has users at both aggregators, named by their files", async () => {
    await write("ada.json", customUserFile("user_poor.json"));
    const sandbox = await start();
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "ada" });
    const { accessToken } = sandbox.createItem("LINK_MONEY", { user: "ada" });
    const names = ({ body }: { body: { accounts: { name: string }[] } }) => body.accounts.map(({ name }) => name);
    expect(names(await sandbox.atPlaid("/accounts/get", { access_token }))).toEqual([
      "IOLTA Trust Account",
      "Operational",
    ]);
    expect(names(await sandbox.atLinkMoney("/accounts/get", {}, accessToken))).toEqual([
      "IOLTA Trust Account",
      "Operational",
    ]);
    expect(() => sandbox.createItem("PLAID", { user: "bo" })).toThrow(/no user "bo"; there are default, .*, ada$/);
  });

  it("may change or go: items and public tokens keep the user as it was", async () => {
    await write("ada.json", customUserFile("user_rich.json"));
    const first = await start();
    const named = first.createItem("PLAID", { user: "ada" }).accessToken;
    const given = first.createItem("PLAID", { custom: customUserFile("brokerage_custom_user.json") }).accessToken;
    const public_token = first.createPublicToken({ custom: '{"override_accounts":[{"meta":{"name":"Waiting"}}]}' });
    const read = (sandbox: typeof first, access_token: string) => sandbox.atPlaid("/accounts/get", { access_token });
    const before = [(await read(first, named)).body.accounts, (await read(first, given)).body.accounts];
    await first.close();

    await rm(users, { recursive: true });
    const again = await start({ usersFolder: null });
    expect([(await read(again, named)).body.accounts, (await read(again, given)).body.accounts]).toEqual(before);
    const { body } = await again.atPlaid("/item/public_token/exchange", { public_token });
    expect((await read(again, body.access_token)).body.accounts).toMatchObject([{ name: "Waiting" }]);
  });

  it.each<[name: string, user: unknown, says: string]>([
    ["ada.json", { override_accounts: [{ type: "bank" }] }, ": override_accounts[0].type: Invalid option"],
    ["ada.json", "{", ": is not JSON"],
    ["default.json", {}, ': "default" is a user of the sandbox already'],
    ["user_custom.json", {}, ': "user_custom" is a user of the sandbox already'],
  ])("stops the start for %s of %j, naming file and key", async (name, user, says) => {
    await write(name, user);
    await expect(start()).rejects.toThrow(join(users, name) + says);
    const lines: string[] = [];
    const env = {
      DATA_DIR: folder,
      LOG_LEVEL: "silent",
      SANDBOX_USERS: users,
      SANDBOX_PLAID_PORT: "0",
      SANDBOX_LINK_MONEY_PORT: "0",
    };
    expect(await runSandbox(env, (line) => lines.push(line))).toBe(1);
    expect(lines.join("\n")).toContain(`SANDBOX_USERS: found ${join(users, name)}${says}`);
  });

  it("stops the start when it is none", async () => {
    const none = join(folder, "none");
    await expect(start({ usersFolder: none })).rejects.toThrow(`${none}: is no folder that can be read`);
    await mkdir(join(users, "folder.json"));
    await expect(start()).rejects.toThrow("folder.json: cannot be read");
  });
});
