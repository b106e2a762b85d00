import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { add, multiply } from "../../../../src/decimal.ts";
import { SUBTYPES } from "../../../../src/sandbox/custom-users/subtypes.ts";
import { type Answer, startTestSandbox, type TestSandbox } from "../start.ts";
import { customItem } from "./custom-item.ts";

type Body = Answer["body"];

const DAY_MS = 86_400_000;
const LATER = 30;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
/** Days from today. */
const day = fc.integer({ min: -900, max: 60 });
const words = fc.string({ unit: "grapheme", maxLength: 30 });

const transaction = fc.record({ transacted: day, lag: fc.integer({ min: 0, max: 5 }), cents, words });
const holding = fc.record({
  ticker: fc.constantFrom("AAPL", "VTI", "CUR:BTC", "F241108C00005000", "ZZZZ", "__proto__", undefined),
  price: fc.integer({ min: 0, max: 1_000_000 }),
  quantity: fc.integer({ min: 0, max: 10_000 }),
});
const account = fc.constantFrom(...(Object.keys(SUBTYPES) as (keyof typeof SUBTYPES)[])).chain((type) =>
  fc.record({
    type: fc.constant(type),
    subtype: fc.constantFrom(...SUBTYPES[type]),
    name: words,
    balance: maybe(cents),
    transactions: maybe(fc.array(transaction, { maxLength: 8 })),
    holdings: maybe(fc.array(holding, { maxLength: 5 })),
  }),
);
type Generated = typeof account extends fc.Arbitrary<infer T> ? T : never;

/** The account in Plaid's format, its days counted from `now`. */
function written({ type, subtype, name, balance, transactions, holdings }: Generated, now: number) {
  const date = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);
  return {
    ...{ type, subtype, meta: { name }, starting_balance: balance === undefined ? null : balance / 100 },
    transactions: transactions?.map(({ transacted, lag, cents, words }) => ({
      ...{ date_transacted: date(transacted), date_posted: date(transacted + lag) },
      ...{ amount: cents / 100, description: words },
    })),
    holdings: holdings?.map(({ ticker, price, quantity }) => ({
      ...{ institution_price: price / 100, quantity: quantity / 1_000, security: { ticker_symbol: ticker } },
    })),
  };
}

const isKept = ({ type, subtype }: Generated) => type !== "investment" && subtype !== "student";
const owes = ({ type }: Generated) => type === "credit" || type === "loan";
const inCents = (dollars: number) => Math.round(dollars * 100);

describe("whatever custom user is generated", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox.close());

  it("is served with as many accounts, all transactions and holdings, and right sums", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(account, { maxLength: 6 }), fc.string(), async (generated, seed) => {
        const now = sandbox.clock.now();
        const override_accounts = generated.map((one) => written(one, now));
        const item = customItem(sandbox, { seed, override_accounts });
        const before = await item.accounts();
        expect(before.map(({ name, subtype }) => [name, subtype])).toEqual(
          generated.map(({ name, subtype }) => [name, subtype]),
        );

        for (const [index, one] of generated.entries()) {
          const { account_id, balances } = before[index];
          if (one.balance !== undefined && one.subtype !== "student") expect(balances.current).toBe(one.balance / 100);
          if (!one.transactions || one.type === "investment") continue;
          const served = (await item.transactions(account_id)).map((served) => [
            ...[served.authorized_date, inCents(served.amount), served.name, served.pending],
          ]);
          const named = one.transactions.map(({ transacted, lag, cents, words }) => [
            ...[new Date(now + transacted * DAY_MS).toISOString().slice(0, 10), cents, words, transacted + lag > 0],
          ]);
          const sorted = (list: unknown[][]) => list.map((row) => JSON.stringify(row)).sort();
          expect(sorted(served)).toEqual(sorted(named));
        }
        if (generated.some(({ type }) => type === "investment")) await sumsOfHoldings(item, generated, before);

        sandbox.clock.advance(LATER * DAY_MS);
        const after = await item.accounts();
        for (const [index, one] of generated.entries()) {
          if (!isKept(one) || !one.transactions) continue;
          const of = (from: number, to: number) =>
            (one.transactions ?? [])
              .filter(({ transacted, lag }) => transacted + lag > from && transacted + lag <= to)
              .reduce((sum, { cents }) => sum + cents, 0);
          const change = inCents(after[index].balances.current) - inCents(before[index].balances.current);
          expect(change).toBe(of(0, LATER) * (owes(one) ? 1 : -1) || 0);
          if (!owes(one)) {
            const { available, current } = after[index].balances;
            expect(inCents(current) - inCents(available)).toBe(of(LATER, 100));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  async function sumsOfHoldings(item: ReturnType<typeof customItem>, generated: Generated[], accounts: Body[]) {
    const { holdings, securities } = await item.ask("/investments/holdings/get");
    for (const { name, type, ticker_symbol } of securities) {
      const isKnown = ["AAPL", "VTI", "CUR:BTC", "F241108C00005000"].includes(ticker_symbol);
      expect([ticker_symbol, name !== null, type !== "other"]).toEqual([ticker_symbol, isKnown, isKnown]);
    }
    const ids = new Set(securities.map(({ security_id }: Body) => security_id));
    expect(ids.size).toBe(securities.length);
    for (const [index, one] of generated.entries()) {
      if (one.type !== "investment") continue;
      const { account_id, balances } = accounts[index];
      const held = holdings.filter((found: Body) => found.account_id === account_id);
      expect(held).toHaveLength(one.holdings?.length ?? 0);
      for (const { security_id, institution_price, quantity, institution_value } of held) {
        expect(ids.has(security_id)).toBe(true);
        expect(String(institution_value)).toBe(multiply(String(institution_price), String(quantity)));
      }
      if (one.balance !== undefined) continue;
      const sum = held.reduce((all: string, found: Body) => add(all, String(found.institution_value)), "0");
      expect(String(balances.current)).toBe(sum);
    }
  }
});
