import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { PlaidApi, RemovedTransaction, Transaction } from "plaid";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

const DAY_MS = 86_400_000;

describe("Plaid's /transactions/sync", () => {
  let types: SdkTypes;
  let sandbox: TestSandbox;
  let client: PlaidApi;
  let access_token: string;
  beforeAll(() => {
    types = readSdkTypes();
  });
  beforeEach(async () => {
    sandbox = await startTestSandbox();
    client = sdkClient(sandbox.endpoints.PLAID, types);
    access_token = sandbox.demo.PLAID[0] ?? "";
  });
  afterEach(() => sandbox.close());

  /** Follows the pages to the end, as Plaid's guide has it. */
  async function sync(cursor?: string, options: { count?: number; account_id?: string } = {}) {
    const { account_id, count = 500 } = options;
    const added: Transaction[] = [];
    const removed: RemovedTransaction[] = [];
    let pages = 0;
    for (let more = true; more; pages += 1) {
      const { data } = await client.transactionsSync({ access_token, cursor, count, options: { account_id } });
      expect(data.added.length + data.removed.length).toBeLessThanOrEqual(count);
      added.push(...data.added);
      removed.push(...data.removed);
      cursor = data.next_cursor;
      more = data.has_more;
    }
    return { added, removed, cursor, pages };
  }
  const ids = (list: { transaction_id: string }[]) => list.map((one) => one.transaction_id).sort();
  const all = async () => {
    const dates = { start_date: "2020-01-01", end_date: "2027-01-01" };
    const found: Transaction[] = [];
    for (let total = 1; found.length < total; ) {
      const options = { count: 500, offset: found.length };
      const { body } = await sandbox.atPlaid("/transactions/get", { access_token, ...dates, options });
      found.push(...body.transactions);
      total = body.total_transactions;
    }
    return found;
  };

  it("tells all there is, oldest first, and nothing again", async () => {
    const { added, removed, cursor, pages } = await sync(undefined, { count: 100 });
    expect(ids(added)).toEqual(ids(await all()));
    expect(pages).toBe(Math.ceil(added.length / 100));
    expect(removed).toEqual([]);
    const dates = added.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
    expect(added[0]?.personal_finance_category?.primary).toEqual(expect.any(String));
    expect(await sync(cursor)).toMatchObject({ added: [], removed: [], pages: 1 });
  });

  it.each([null, ""])("begins where the cursor is %j", async (cursor) => {
    // the SDK's types have no null, and its quickstart sends one
    const { data } = await client.transactionsSync({ access_token, cursor: cursor as string });
    expect(data.added).toEqual((await client.transactionsSync({ access_token })).data.added);
  });

  it("whoever follows it from any day to any other holds what /transactions/get tells", async () => {
    const held = new Map<string, Transaction>();
    let cursor: string | undefined;
    for (const days of [0, 1, 1, 3, 10, 30]) {
      sandbox.clock.advance(days * DAY_MS);
      const told = await sync(cursor, { count: cursor === undefined ? 500 : 7 });
      for (const one of told.removed) expect(held.delete(one.transaction_id)).toBe(true);
      for (const one of told.added) held.set(one.transaction_id, one);
      cursor = told.cursor;
      expect([...held.keys()].sort()).toEqual(ids(await all()));
    }
  });

  it("a purchase that posts is removed as it was, and added as it is", async () => {
    const { added: first, cursor } = await sync();
    const pending = first.filter((one) => one.pending);
    expect(pending).not.toEqual([]);
    sandbox.clock.advance(7 * DAY_MS);
    const { added, removed } = await sync(cursor);
    expect(ids(removed)).toEqual(ids(pending));
    const posted = added.map((one) => one.pending_transaction_id);
    for (const { transaction_id } of pending) expect(posted).toContain(transaction_id);
  });

  it("tells of one account on its own, with a cursor of its own", async () => {
    const account_id = (await client.accountsGet({ access_token })).data.accounts[3]?.account_id ?? "";
    const { added, cursor } = await sync(undefined, { account_id });
    expect(new Set(added.map((one) => one.account_id))).toEqual(new Set([account_id]));
    expect((await sync(cursor, { account_id })).added).toEqual([]);
    await expect(sync(cursor)).rejects.toMatchObject({
      response: {
        status: 400,
        data: { error_code: "INVALID_FIELD", error_message: expect.stringContaining("cursor") },
      },
    });
    await expect(sync(undefined, { account_id: "elsewhere" })).rejects.toMatchObject({
      response: { data: { error_code: "INVALID_ACCOUNT_ID" } },
    });
  });

  it("begins where a migrating client stands", async () => {
    const { added, cursor } = await sync("now");
    expect(added).toEqual([]);
    sandbox.clock.advance(3 * DAY_MS);
    expect((await sync(cursor)).added).not.toEqual([]);
  });

  it("lets pages be begun again when something came between them", async () => {
    const page = (cursor?: string) => client.transactionsSync({ access_token, cursor, count: 10 });
    const { next_cursor } = (await page()).data;
    await client.sandboxTransactionsCreate({
      access_token,
      transactions: [{ date_transacted: "2026-06-17", date_posted: "2026-06-17", amount: 1, description: "Tea" }],
    });
    const mutated = {
      response: {
        status: 400,
        data: {
          error_type: "TRANSACTIONS_ERROR",
          error_code: "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION",
        },
      },
    };
    await expect(page(next_cursor)).rejects.toMatchObject(mutated);
    const { added } = await sync();
    expect(added.filter(({ name }) => name === "Tea")).toHaveLength(1);
    const again = (await page()).data.next_cursor;
    sandbox.clock.advance(DAY_MS);
    await expect(page(again)).rejects.toMatchObject(mutated);
  });

  it.each(["x", "bm9ib2R5J3M=", "now "])("refuses %j, which was no cursor of its own", async (cursor) => {
    await expect(sync(cursor)).rejects.toMatchObject({
      response: { status: 400, data: { error_type: "INVALID_REQUEST", error_code: "INVALID_FIELD" } },
    });
  });
});
