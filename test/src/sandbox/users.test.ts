import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestSandbox, type TestSandbox } from "./start.ts";

describe("the named users", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  const codes = async (user: string) => {
    const access_token = sandbox.createItem("PLAID", { user }).accessToken;
    const paths = [
      "/item/get",
      "/accounts/get",
      "/investments/holdings/get",
      "/liabilities/get",
      "/auth/get",
      "/identity/get",
    ];
    const answers = await Promise.all(paths.map((path) => sandbox.atPlaid(path, { access_token })));
    return answers.map(({ status, body }) => (status === 200 ? "ok" : body.error_code));
  };

  it.each([
    ["default", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["brokerage", ["ok", "ok", "ok", "NO_LIABILITY_ACCOUNTS", "NO_AUTH_ACCOUNTS", "ok"]],
    ["no-investments", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["no-liabilities", ["ok", "ok", "ok", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["broken-login", ["ok", ...Array(5).fill("ITEM_LOGIN_REQUIRED")]],
    [
      "owners-unavailable",
      ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS", "ok", "PRODUCTS_NOT_SUPPORTED"],
    ],
    ["large", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["abroad", ["ok", "ok", "ok", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["other", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
  ])("%s answers %j", async (user, expected) => {
    expect(await codes(user)).toEqual(expected);
  });

  it("broken-login says so in the item", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "broken-login" });
    const { body } = await sandbox.atPlaid("/item/get", { access_token });
    expect(body.item.error).toMatchObject({ error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED" });
    expect(body.status.transactions.last_failed_update).not.toBeNull();
  });

  it("large has 40 accounts, each with a name and mask of its own", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "large" });
    const { body } = await sandbox.atPlaid("/accounts/get", { access_token });
    const all = body.accounts as { account_id: string; name: string; mask: string }[];
    const different = (key: "account_id" | "name" | "mask") => new Set(all.map((account) => account[key])).size;
    expect([all.length, different("account_id"), different("name"), different("mask")]).toEqual([40, 40, 40, 40]);
  });

  it("two items of one user tell the same story under other ids", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "other" });
        return (await sandbox.atPlaid("/accounts/get", { access_token })).body.accounts;
      }),
    );
    expect(one[0].balances).toEqual(two[0].balances);
    expect(one[0].account_id).not.toBe(two[0].account_id);
  });

  it("are at both aggregators; an unknown one is named, with those that there are", () => {
    expect(sandbox.createItem("LINK_MONEY", { user: "large" }).accessToken).toMatch(/^link-sandbox-/);
    const unknown = () => sandbox.createItem("PLAID", { user: "nobody" });
    expect(unknown).toThrow(/no user "nobody"; there are default, brokerage, .*other/);
    expect(() => sandbox.createPublicToken({ user: "nobody" })).toThrow(/no user/);
  });
});
