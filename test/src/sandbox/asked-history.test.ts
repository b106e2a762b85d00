import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { CountryCode, type PlaidApi, Products } from "plaid";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { control } from "./control.ts";
import { NOON, startTestSandbox, type TestSandbox } from "./start.ts";

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(NOON - days * DAY_MS).toISOString().slice(0, 10);

describe("an item's transactions go back", () => {
  let types: SdkTypes;
  let sandbox: TestSandbox;
  let client: PlaidApi;
  beforeAll(() => {
    types = readSdkTypes();
  });
  beforeEach(async () => {
    sandbox = await startTestSandbox();
    client = sdkClient(sandbox.endpoints.PLAID, types);
  });
  afterEach(() => sandbox.close());

  async function exchanged(public_token: string): Promise<string> {
    return (await client.itemPublicTokenExchange({ public_token })).data.access_token;
  }
  async function linked(products: Products[], transactions?: { days_requested?: number }): Promise<string> {
    const institution_id = "ins_109508";
    const options = transactions && { transactions };
    const { data } = await client.sandboxPublicTokenCreate({ institution_id, initial_products: products, options });
    return exchanged(data.public_token);
  }
  async function linkedByToken(days_requested: number): Promise<string> {
    const { data } = await client.linkTokenCreate({
      ...{ client_name: "Test", language: "en", country_codes: [CountryCode.Us], user: { client_user_id: "one" } },
      ...{ products: [Products.Transactions], transactions: { days_requested } },
    });
    return exchanged((await control(sandbox, "POST /link", { linkToken: data.link_token })).body.publicToken);
  }

  /** The date of the oldest transaction that each endpoint tells. */
  async function oldest(access_token: string, days_requested?: number): Promise<string[]> {
    const dates = { start_date: daysAgo(800), end_date: daysAgo(0) };
    const { data } = await client.transactionsGet({ access_token, ...dates, options: { count: 1, days_requested } });
    const offset = data.total_transactions - 1;
    const last = await client.transactionsGet({ access_token, ...dates, options: { count: 1, offset } });
    const synced = await client.transactionsSync({ access_token, count: 1 });
    return [last.data.transactions[0]?.date ?? "", synced.data.added[0]?.date ?? ""];
  }
  const within = (dates: string[], days: number) => {
    for (const date of dates) {
      expect(date >= daysAgo(days)).toBe(true);
      expect(date < daysAgo(days - 15)).toBe(true);
    }
  };

  it.each([
    ["two years when nobody says how far", [Products.Transactions], undefined, 731],
    ["two years when no days are named", [Products.Transactions], {}, 731],
    ["as far as it was linked for", [Products.Transactions], { days_requested: 60 }, 60],
    ["all the way when as much is asked for as can be", [Products.Transactions], { days_requested: 730 }, 731],
    ["as far as it was linked for, though not yet for them", [Products.Auth], { days_requested: 60 }, 60],
  ])("%s", async (_, products, transactions, days) => {
    within(await oldest(await linked(products, transactions)), days);
  });

  it("as far as the link token asks", async () => {
    within(await oldest(await linkedByToken(45)), 45);
  });

  it("as far as the first call asks that adds them to the item; later ones change nothing", async () => {
    const access_token = await linked([Products.Auth]);
    within(await oldest(access_token, 30), 30);
    within(await oldest(access_token, 300), 30);
    within(await oldest(await linked([Products.Transactions]), 30), 731);
  });

  it("no further for who syncs from then on; what was told is not taken back, and reports have days of their own", async () => {
    const access_token = await linked([Products.Transactions], { days_requested: 60 });
    const first = (await client.transactionsSync({ access_token, count: 500 })).data;
    sandbox.clock.advance(20 * DAY_MS);
    const { data } = await client.transactionsSync({ access_token, count: 500, cursor: first.next_cursor });
    expect(data.added.length).toBeGreaterThan(0);
    const pending = new Set(first.added.filter(({ pending }) => pending).map(({ transaction_id }) => transaction_id));
    expect(data.removed.filter(({ transaction_id }) => !pending.has(transaction_id))).toEqual([]);
    const asked = { access_tokens: [access_token], days_requested: 365 };
    const { asset_report_token } = (await client.assetReportCreate(asked)).data;
    sandbox.clock.advance(2_000);
    const [item] = (await client.assetReportGet({ asset_report_token })).data.report.items;
    const dates = item?.accounts.flatMap(({ transactions }) => transactions.map(({ date }) => date)) ?? [];
    expect(dates.toSorted()[0]).toMatch(new RegExp(`^${daysAgo(340).slice(0, 5)}`));
  });
});
