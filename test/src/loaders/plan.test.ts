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
    const plan = planAccounts(selected, () => true);
    expect([plan.fresh, plan.beside.map((read) => read.field)]).toEqual([fresh, beside]);
    expect(plan.matches).toBe(false);
  });

  it("wants every account where matches are asked for", () => {
    expect(planAccounts([field("sameAs")], () => true)).toEqual({ fresh: false, matches: true, beside: [] });
  });

  it.each([
    [
      ["pii:read", "numbers:read"],
      ["owners", "numbers", "transfer"],
    ],
    [["numbers:read"], ["numbers", "transfer"]],
    [["pii:read"], ["owners"]],
    [[], []],
  ])("wants only what the viewer may see, with %j", (scopes, beside) => {
    const selected = ["owners", "numbers", "transfer"].map((name) => field(name));
    const plan = planAccounts(selected, (scope) => scopes.includes(scope));
    expect(plan.beside.map((read) => read.field)).toEqual(beside);
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
    beginBeside(
      planAccounts([field("liability"), field("holdings")], () => true),
      loaders,
      item,
      wanted,
    );
    return new Promise(setImmediate).then(() => expect(plaid.calls.map(({ method }) => method)).toEqual(begun));
  });

  it.each<[string, AccountType[] | null, AccountType[] | null, string[]]>([
    ["all accounts", null, null, ["readOwners"]],
    ["accounts of types that the item has", ["CREDIT"], ["CREDIT", "LOAN"], ["readOwners"]],
    ["none that it has", ["CREDIT"], ["LOAN"], []],
    ["some types, before it has told its own", null, ["LOAN"], []],
  ])("begins what every account wants, for a list of %s", (_, types, wanted, begun) => {
    const plaid = fakeAdapter({ readOwners: () => new Promise(() => {}) });
    const deps = testReadDeps({ plaid });
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const plan = planAccounts([field("owners")], () => true);
    beginBeside(plan, loaders, deps.sealedItem({ account_types: types }), wanted);
    return new Promise(setImmediate).then(() => expect(plaid.calls.map(({ method }) => method)).toEqual(begun));
  });
});
