import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Receiver, startReceiver } from "./receiver.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

interface Told {
  transaction_id: string;
  investment_transaction_id: string;
  account_id: string;
  date: string;
  [field: string]: unknown;
}

const ALL = { start_date: "2020-01-01", end_date: "2026-06-17" };
const keys = (record: object | undefined) => Object.keys(record ?? {}).sort();

/** What the `plaid` package's types require of a transaction. */
const TRANSACTION = [
  ...["account_id", "account_owner", "amount", "authorized_date", "authorized_datetime", "category", "category_id"],
  ...["check_number", "date", "datetime", "iso_currency_code", "location", "merchant_name", "name", "payment_channel"],
  ...["payment_meta", "pending", "pending_transaction_id", "transaction_code", "transaction_id", "transaction_type"],
  "unofficial_currency_code",
].sort();

describe("the sandbox's transactions", () => {
  let sandbox: TestSandbox;
  let receiver: Receiver;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await receiver.close();
    await sandbox.close();
  });

  const ask = async (body: object = {}, path = "/transactions/get", item: 0 | 1 = 0) =>
    (await sandbox.atPlaid(path, { access_token: sandbox.demo.PLAID[item], ...ALL, ...body })).body;

  it("come newest first, a page of 100 unless asked otherwise, each on one page", async () => {
    const first = await ask();
    expect(first.transactions).toHaveLength(100);
    const seen: Told[] = [];
    while (seen.length < first.total_transactions) {
      const { transactions } = await ask({ options: { count: 500, offset: seen.length } });
      seen.push(...transactions);
    }
    expect(new Set(seen.map(({ transaction_id }) => transaction_id)).size).toBe(first.total_transactions);
    const dates = seen.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    expect(first.transactions).toEqual(seen.slice(0, 100));
    expect((await ask({ options: { offset: seen.length } })).transactions).toEqual([]);
  });

  it("are those of the dates, both included, and of the accounts", async () => {
    const { transactions, accounts } = await ask({ options: { count: 500 } });
    const [one] = transactions as Told[];
    const day = { start_date: one?.date, end_date: one?.date };
    expect((await ask({ ...day, options: { count: 500 } })).transactions).toEqual(
      transactions.filter(({ date }: Told) => date === one?.date),
    );
    const mine = await ask({ options: { count: 5, account_ids: [one?.account_id] } });
    expect(mine.transactions).toEqual(
      transactions.filter(({ account_id }: Told) => account_id === one?.account_id).slice(0, 5),
    );
    expect(mine.accounts).toEqual(accounts.filter(({ account_id }: Told) => account_id === one?.account_id));
  });

  it("have Plaid's shape, the bank's own words and the newer category only when they are asked for", async () => {
    const [plain] = (await ask()).transactions;
    expect(keys(plain)).toEqual(TRANSACTION);
    const options = { include_original_description: true, include_personal_finance_category: true };
    const [told] = (await ask({ options })).transactions;
    expect(keys(told)).toEqual([...TRANSACTION, "original_description", "personal_finance_category"].sort());
  });

  it("are a report's, under the same ids", async () => {
    const access_tokens = [sandbox.demo.PLAID[0]];
    const { body } = await sandbox.atPlaid("/asset_report/create", { access_tokens, days_requested: 20 });
    sandbox.clock.advance(2_000);
    const { asset_report_token } = body;
    const { report } = (await sandbox.atPlaid("/asset_report/get", { asset_report_token })).body;
    const told = report.items[0].accounts.flatMap(({ transactions }: { transactions: Told[] }) => transactions);
    const { transactions } = await ask({ start_date: "2026-05-28", options: { count: 500 } });
    const ids = (list: Told[]) => list.map(({ transaction_id, date }) => `${date} ${transaction_id}`).sort();
    expect(ids(transactions)).toEqual(ids(told));
  });

  it("carry advice at Link Money, in the shape of its guide, with the item's products", async () => {
    const token = sandbox.demo.LINK_MONEY[0];
    const { body } = await sandbox.atLinkMoney("/transactions/get", { ...ALL, options: { count: 500 } }, token);
    const advised = body.transactions.find(({ insight_text }: Told) => insight_text !== undefined);
    expect(keys(advised)).toEqual(
      [
        ...TRANSACTION.filter((field) => field !== "check_number"),
        ...["uid", "insight_text", "insight_ctaurl", "finsight_image", "recommendation", "amountFound"],
      ].sort(),
    );
    expect(body.item).toMatchObject({ available_products: expect.any(Array), billed_products: expect.any(Array) });
    expect(body.total_transactions).toBeGreaterThan(500);
  });

  it("of investments come newest first, page by page, with the securities that they name", async () => {
    const path = "/investments/transactions/get";
    const whole = await ask({ options: { count: 500 } }, path, 1);
    expect(whole.investment_transactions).toHaveLength(whole.total_investment_transactions);
    const dates = whole.investment_transactions.map(({ date }: Told) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    const page = await ask({ options: { count: 3, offset: 2 } }, path, 1);
    expect(page.investment_transactions).toEqual(whole.investment_transactions.slice(2, 5));
    expect(new Set(page.investment_transactions.map(({ security_id }: Told) => security_id))).toEqual(
      new Set(page.securities.map(({ security_id }: Told) => security_id)),
    );
    const token = sandbox.demo.LINK_MONEY[0];
    const { body } = await sandbox.atLinkMoney(path, ALL, token);
    expect(keys(body)).toEqual(
      [
        ...["accounts", "investment_transactions", "item", "request_id", "securities"],
        "total_investment_transactions",
      ].sort(),
    );
  });

  it("are told of by webhook when they are refreshed; Link Money refreshes no investments", async () => {
    const access_token = sandbox.createItem("PLAID", { user: "brokerage" }).accessToken;
    await sandbox.atPlaid("/item/webhook/update", { access_token, webhook: receiver.url });
    await receiver.arrived(1);
    expect(keys((await sandbox.atPlaid("/transactions/refresh", { access_token })).body)).toEqual(["request_id"]);
    await receiver.arrived(2);
    await sandbox.atPlaid("/investments/refresh", { access_token });
    await receiver.arrived(4);
    const told = receiver.received.slice(1).map(({ body }) => [body.webhook_type, body.webhook_code]);
    expect(told.sort()).toEqual([
      ["HOLDINGS", "DEFAULT_UPDATE"],
      ["INVESTMENTS_TRANSACTIONS", "DEFAULT_UPDATE"],
      ["TRANSACTIONS", "DEFAULT_UPDATE"],
    ]);
    const token = sandbox.demo.LINK_MONEY[0];
    expect(await sandbox.atLinkMoney("/transactions/refresh", {}, token)).toMatchObject({ status: 200 });
    expect(await sandbox.atLinkMoney("/investments/refresh", {}, token)).toMatchObject({ status: 404 });
  });
});
