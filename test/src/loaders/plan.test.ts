import { describe, expect, it } from "@jest/globals";
import type { AccountType } from "../../../schema/enums.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { beginBeside, planAccounts } from "../../../src/loaders/plan.ts";
import { fakeAdapter } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";

const field = (name: string, args: Record<string, unknown> = {}) => ({ name, args: () => args });

describe("the plan of a list of accounts", () => {
  it.each([
    ["nothing more", [field("name"), field("balances")], false, []],
    ["fresh balances", [field("balances", { fresh: true })], true, []],
    [
      "balances that are not fresh",
      [field("balances", { fresh: false }), field("balances", { fresh: null })],
      false,
      [],
    ],
    [
      "liabilities and holdings",
      [field("liability"), field("holdings"), field("liability")],
      false,
      ["liability", "holdings"],
    ],
  ] as const)("wants %s", (_, selected, fresh, beside) => {
    const plan = planAccounts(selected);
    expect([plan.fresh, plan.beside.map((read) => read.field)]).toEqual([fresh, beside]);
  });

  it.each<[string, AccountType[] | null, AccountType[] | null, string[]]>([
    ["what the item's types of account want", ["CREDIT", "INVESTMENT"], null, ["readLiabilities", "readHoldings"]],
    ["only what the list keeps", ["CREDIT", "INVESTMENT"], ["INVESTMENT"], ["readHoldings"]],
    ["nothing for other types", ["DEPOSITORY"], null, []],
    ["nothing before the item has told its types", null, null, []],
  ])("begins %s", (_, types, wanted, begun) => {
    const plaid = fakeAdapter({
      readLiabilities: () => Promise.reject(new Error("a fault that nobody joins")),
      readHoldings: () => new Promise(() => {}),
    });
    const deps = testReadDeps({ plaid });
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const item = deps.sealedItem({ account_types: types });
    beginBeside(planAccounts([field("liability"), field("holdings")]), loaders, item, wanted);
    return new Promise(setImmediate).then(() => expect(plaid.calls.map(({ method }) => method)).toEqual(begun));
  });
});
