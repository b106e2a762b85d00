import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Answer, startTestSandbox, type TestSandbox } from "./start.ts";

type Told = Answer["body"];

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
    ["joint", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["oauth", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["busy", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["currencies", ["ok", "ok", "ok", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["duplicates", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["expiring-consent", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["bank-down", ["ok", ...Array(5).fill("INSTITUTION_DOWN")]],
    ["business", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["student", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
    ["new-account", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS", "ok", "ok"]],
    ["card-of-yesterday", ["ok", "ok", "NO_INVESTMENT_ACCOUNTS", "ok", "ok", "ok"]],
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

  const ask = async (user: string, path: string, more: object = {}) => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user });
    return (await sandbox.atPlaid(path, { access_token, ...more })).body;
  };

  it("a login that is mended can be read again, a bank that is down cannot", async () => {
    const broken = sandbox.createItem("PLAID", { user: "broken-login" });
    const down = sandbox.createItem("PLAID", { user: "bank-down" });
    for (const { itemId } of [broken, down]) sandbox.repairItem(itemId);
    const read = ({ accessToken: access_token }: typeof broken) => sandbox.atPlaid("/accounts/get", { access_token });
    expect((await read(broken)).status).toBe(200);
    expect((await read(down)).body).toMatchObject({ error_type: "INSTITUTION_ERROR", error_code: "INSTITUTION_DOWN" });
  });

  it("bank-down's bank says so of itself, and its item nothing", async () => {
    const { item } = await ask("bank-down", "/item/get");
    expect(item.error).toBeNull();
    const asked = { institution_id: item.institution_id, country_codes: ["US"], options: { include_status: true } };
    const { institution } = (await sandbox.atPlaid("/institutions/get_by_id", asked)).body;
    expect(institution.status.item_logins).toMatchObject({ status: "DOWN", breakdown: { success: 0 } });
  });

  it.each([
    ["other", null],
    ["oauth", "2027-06-17T00:00:00.000Z"],
    ["expiring-consent", "2026-06-25T00:00:00.000Z"],
  ])("the consent of %s ends at %s", async (user, end) => {
    expect((await ask(user, "/item/get")).item.consent_expiration_time).toBe(end);
  });

  it("busy has more than 5,000 transactions", async () => {
    const dates = { start_date: "2024-06-01", end_date: "2026-06-17" };
    expect((await ask("busy", "/transactions/get", dates)).total_transactions).toBeGreaterThan(5_000);
  });

  it("currencies has accounts in currencies of its own, the bitcoin by its unofficial code", async () => {
    const { accounts } = await ask("currencies", "/accounts/get");
    const codes = accounts.map(({ balances }: Told) => [balances.iso_currency_code, balances.unofficial_currency_code]);
    expect(codes).toEqual([...["EUR", "GBP", "JPY", "CHF"].map((code) => [code, null]), [null, "BTC"], ["USD", null]]);
  });

  it("joint has one owner of two names, business one who is none of a person", async () => {
    const owners = async (user: string) =>
      (await ask(user, "/identity/get")).accounts.map((one: Told) => one.owners.map(({ names }: Told) => names));
    expect((await owners("joint")).slice(0, 3)).toEqual([
      [["Ines Duarte", "Tomas Duarte"]],
      [["Ines Duarte", "Tomas Duarte"]],
      [["Ines Duarte"]],
    ]);
    const { accounts } = await ask("business", "/accounts/get");
    expect(new Set(accounts.map((one: Told) => one.holder_category))).toEqual(new Set(["business"]));
  });

  it("business has loans, of which the aggregator knows no liability, student two of which it does", async () => {
    const liabilities = async (user: string) => (await ask(user, "/liabilities/get")).liabilities;
    expect(await liabilities("business")).toMatchObject({ credit: [{}], mortgage: null, student: null });
    expect(await liabilities("student")).toMatchObject({ credit: [{}], mortgage: null, student: [{}, {}] });
  });

  it("new-account holds nothing, and nothing happened to it", async () => {
    const { accounts } = await ask("new-account", "/accounts/get");
    expect(accounts.map((one: Told) => one.balances.current)).toEqual([0]);
    const dates = { start_date: "2024-06-01", end_date: "2026-06-17" };
    expect((await ask("new-account", "/transactions/get", dates)).total_transactions).toBe(0);
  });

  it("duplicates is told alike by both aggregators, other is not", async () => {
    const both = async (user: string) => {
      const { accessToken: access_token } = sandbox.createItem("PLAID", { user });
      const { accessToken: token } = sandbox.createItem("LINK_MONEY", { user });
      const plaid = await sandbox.atPlaid("/accounts/get", { access_token });
      const linkMoney = await sandbox.atLinkMoney("/accounts/get", {}, token);
      return [plaid, linkMoney].map(({ body }) =>
        body.accounts.map((one: Told) => [one.name, one.mask, one.balances.current]),
      );
    };
    const [one, same] = await both("duplicates");
    expect(one).toEqual(same);
    const [two, another] = await both("other");
    expect(two).not.toEqual(another);
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
