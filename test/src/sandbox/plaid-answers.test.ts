import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestSandbox, type TestSandbox } from "./start.ts";

describe("Plaid's answers", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it("an institution tells address, colour and status only when asked", async () => {
    const asked = { institution_id: "ins_109508", country_codes: ["US"] };
    const plain = await sandbox.atPlaid("/institutions/get_by_id", asked);
    const required = ["institution_id", "name", "products", "country_codes", "routing_numbers", "oauth"];
    expect(Object.keys(plain.body.institution).sort()).toEqual(required.sort());
    const options = { include_optional_metadata: true, include_status: true };
    const full = await sandbox.atPlaid("/institutions/get_by_id", { ...asked, options });
    expect(full.body.institution).toMatchObject({
      name: "First Platypus Bank",
      url: "https://platypus.example.com",
      status: { item_logins: { status: "HEALTHY", breakdown: { success: 0.9, error_plaid: 0.01 } } },
    });
  });

  it("numbers are in the manner of their countries, end in the mask, and are the same at every link", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "abroad" });
        const { body } = await sandbox.atPlaid("/auth/get", { access_token });
        const { ach, eft, international, bacs } = body.numbers;
        const without = (list: { account_id: string }[]) => list.map(({ account_id: _, ...number }) => number);
        return {
          masks: body.accounts,
          ach,
          eft: without(eft),
          international: without(international),
          bacs: without(bacs),
        };
      }),
    );
    expect(one).toMatchObject({
      ach: [],
      eft: [{ account: expect.stringMatching(/^\d{3}2201$/), institution: "621", branch: "01140" }],
      international: [
        { iban: expect.stringMatching(/^GB\d{2}ROYP601613\d{4}7734$/), bic: "ROYPGB2L" },
        { iban: expect.stringMatching(/^DE\d{2}50010517\d{6}3000$/), bic: "ROYPDE2L" },
      ],
      bacs: [{ account: expect.stringMatching(/^\d{4}7734$/), sort_code: "601613" }],
    });
    for (const { iban } of (one?.international ?? []) as { iban: string }[]) {
      const turned = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (one) =>
        String(one.charCodeAt(0) - 55),
      );
      expect(BigInt(turned) % 97n).toBe(1n);
    }
    expect([two?.eft, two?.international, two?.bacs]).toEqual([one?.eft, one?.international, one?.bacs]);
  });

  it("numbers of a bank that makes them for each link differ, the account's id for life does not", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "large" });
        const { body } = await sandbox.atPlaid("/auth/get", { access_token });
        return { number: body.numbers.ach[0], account: body.accounts[0] };
      }),
    );
    expect(one?.number).toMatchObject({
      is_tokenized_account_number: true,
      account: expect.stringMatching(/^\d{16}$/),
    });
    expect(two?.number.account).not.toBe(one?.number.account);
    expect(one?.account.persistent_account_id).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.account.persistent_account_id).toBe(one?.account.persistent_account_id);
  });

  it("transfers go by ACATS, by ATON in Canada, by the plan for an employer's account", async () => {
    const { body } = await sandbox.atPlaid("/investments/auth/get", { access_token: sandbox.demo.PLAID[1] });
    const ends = (list: { account: string }[]) => list.map(({ account }) => account.slice(-4));
    expect([ends(body.numbers.acats), ends(body.numbers.aton), ends(body.numbers.retirement_401k)]).toEqual([
      ["5555", "4646"],
      [],
      ["6666"],
    ]);
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "abroad" });
    const abroad = await sandbox.atPlaid("/investments/auth/get", { access_token });
    expect([abroad.body.numbers.acats, ends(abroad.body.numbers.aton)]).toEqual([[], ["9081"]]);
  });

  it("balances of cards at one bank are those of its last look, which may be no older than told", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "card-of-yesterday" });
    const ask = (options: object) => sandbox.atPlaid("/accounts/balance/get", { access_token, options });
    expect((await ask({})).body.error_code).toBe("INVALID_FIELD");
    const looked = `${new Date(Math.floor(sandbox.clock.now() / 21_600_000) * 21_600_000).toISOString().slice(0, 19)}Z`;
    const later = new Date(sandbox.clock.now() + 21_600_000).toISOString();
    expect((await ask({ min_last_updated_datetime: later })).body.error_code).toBe(
      "LAST_UPDATED_DATETIME_OUT_OF_RANGE",
    );
    const { body } = await ask({ min_last_updated_datetime: looked });
    expect(
      body.accounts.map((one: { balances: { last_updated_datetime?: string } }) => one.balances.last_updated_datetime),
    ).toEqual([undefined, undefined, looked]);
    const [{ account_id }] = body.accounts;
    expect((await ask({ account_ids: [account_id] })).status).toBe(200);
  });

  it("gives only the accounts that are asked for", async () => {
    const access_token = sandbox.demo.PLAID[0];
    const all = await sandbox.atPlaid("/accounts/get", { access_token });
    const wanted = all.body.accounts[3].account_id;
    const some = await sandbox.atPlaid("/accounts/get", { access_token, options: { account_ids: [wanted] } });
    expect(some.body.accounts).toEqual([all.body.accounts[3]]);
    const owed = await sandbox.atPlaid("/liabilities/get", { access_token, options: { account_ids: [wanted] } });
    expect(owed.body.liabilities).toMatchObject({ mortgage: null, student: null, credit: [{ account_id: wanted }] });
  });
});
