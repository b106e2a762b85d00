import { describe, expect, it } from "@jest/globals";
import type { AccountType } from "../../../schema/enums.ts";
import { createLoaders } from "../../../src/loaders/loaders.ts";
import { type AskedPage, beginBeside, planAccounts, typesOnPage } from "../../../src/loaders/plan.ts";
import { fakeAdapter } from "../../support/fake-adapter.ts";
import { testReadDeps } from "../../support/loader-deps.ts";

const field = (name: string, args: Record<string, unknown> = {}) => ({
  ...{ parent: "Account", name, path: ["nodes"] },
  args: () => args,
});
const institutionAt = (path: string[]) => ({ ...field("institution"), parent: "Item", path });

const total = { ...field("totalCount"), parent: "TransactionConnection" };
const NOW = Date.UTC(2026, 2, 1);

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
    const plan = planAccounts(selected, () => true, NOW);
    expect([plan.fresh, plan.beside.map((read) => read.field)]).toEqual([fresh, beside]);
    expect(plan.matches).toBe(false);
  });

  it("wants every account where matches are asked for", () => {
    expect(planAccounts([field("sameAs")], () => true, NOW)).toEqual({
      ...{ fresh: false, matches: true, institutions: false },
      ...{ beside: [], shared: [] },
    });
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
    const plan = planAccounts(selected, (scope) => scopes.includes(scope), NOW);
    expect(plan.beside.map((read) => read.field)).toEqual(beside);
  });

  it.each<[string, AccountType[], string[]]>([
    ["what the accounts' types want", ["CREDIT", "INVESTMENT"], ["readLiabilities", "readHoldings", "readOwners"]],
    ["what every account wants", ["DEPOSITORY", "DEPOSITORY"], ["readOwners"]],
    ["nothing for no accounts", [], []],
  ])("begins %s", (_, onPage, begun) => {
    const plaid = fakeAdapter({
      readLiabilities: () => Promise.reject(new Error("a fault that nobody joins")),
      readHoldings: () => new Promise(() => {}),
      readOwners: () => new Promise(() => {}),
    });
    const deps = testReadDeps({ plaid });
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const plan = planAccounts([field("liability"), field("holdings"), field("owners")], () => true, NOW);
    beginBeside(plan, loaders, deps.sealedItem(), onPage);
    return new Promise(setImmediate).then(() => expect(plaid.calls.map(({ method }) => method)).toEqual(begun));
  });

  it.each<[string, ReturnType<typeof field>[], AccountType[], number]>([
    ["once for several accounts", [field("transactions")], ["DEPOSITORY", "CREDIT", "LOAN"], 1],
    ["nothing for one", [field("transactions")], ["DEPOSITORY", "INVESTMENT"], 0],
    ["nothing where they are counted", [field("transactions"), total], ["DEPOSITORY", "CREDIT"], 0],
    ["nothing of a later page", [field("transactions", { after: "x" })], ["DEPOSITORY", "CREDIT"], 0],
    ["nothing of other items", [field("transactions", { filter: { itemIds: ["x"] } })], ["DEPOSITORY", "CREDIT"], 0],
    ["nothing of an item's own list", [{ ...field("transactions"), parent: "Item" }], ["DEPOSITORY", "CREDIT"], 0],
  ])("begins transactions: %s", async (_, selected, onPage, calls) => {
    const plaid = fakeAdapter({ readTransactions: () => new Promise(() => {}) });
    const deps = testReadDeps({ plaid });
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    beginBeside(
      planAccounts(selected, () => true, NOW),
      loaders,
      deps.sealedItem(),
      onPage,
    );
    await new Promise(setImmediate);
    expect(plaid.count("readTransactions")).toBe(calls);
  });

  it.each<[string, string[], AccountType[], number]>([
    ["of an account on the page", ["nodes", "item"], ["LOAN"], 1],
    ["of an account on the page, by its edge", ["edges", "node", "item"], ["LOAN"], 1],
    ["of no account on the page", ["nodes", "item"], [], 0],
    ["of what could not be had", ["unavailable", "item"], ["LOAN"], 0],
    ["of other links", ["nodes", "sameAs", "account", "item"], ["LOAN"], 0],
  ])("begins an item's institution with its accounts: %s", async (_, path, onPage, calls) => {
    const plaid = fakeAdapter({ readInstitution: () => new Promise(() => {}) });
    const deps = testReadDeps({ plaid });
    const loaders = createLoaders(deps, "ann", new AbortController().signal);
    const plan = planAccounts([institutionAt(path)], () => true, NOW);
    beginBeside(plan, loaders, deps.sealedItem(), onPage);
    await new Promise(setImmediate);
    expect(plaid.count("readInstitution")).toBe(calls);
  });

  const items = (...known: (AccountType[] | null)[]) =>
    known.map((account_types, index) => ({ id: String(index), account_types }));
  const all = { first: 50, types: null, passed: 0 };

  it.each<[string, ReturnType<typeof items>, AskedPage, AccountType[][]]>([
    [
      "all accounts of a large page",
      items(["DEPOSITORY", "LOAN"], ["CREDIT"]),
      all,
      [["DEPOSITORY", "LOAN"], ["CREDIT"]],
    ],
    ["as many as it has room for", items(["DEPOSITORY", "LOAN"], ["CREDIT"]), { ...all, first: 1 }, [["DEPOSITORY"]]],
    [
      "those of the next item, too",
      items(["DEPOSITORY", "LOAN"], ["CREDIT", "LOAN"], ["LOAN"]),
      { ...all, first: 3 },
      [["DEPOSITORY", "LOAN"], ["CREDIT"]],
    ],
    [
      "those of its types",
      items(["DEPOSITORY", "LOAN"], ["CREDIT", "LOAN"]),
      { ...all, first: 2, types: ["LOAN"] },
      [["LOAN"], ["LOAN"]],
    ],
    [
      "those after its cursor",
      items(["DEPOSITORY", "LOAN"], ["CREDIT"]),
      { ...all, first: 2, passed: 1 },
      [["LOAN"], ["CREDIT"]],
    ],
    ["those before an item that has told of none", items(["CREDIT"], null, ["LOAN"]), all, [["CREDIT"]]],
    ["none without items", [], all, []],
    ["none of an item that has none", items([], ["LOAN"]), { ...all, first: 1 }, [[], ["LOAN"]]],
  ])("expects on a page %s", (_, known, page, types) => {
    expect([...typesOnPage(known, page).values()]).toEqual(types);
  });
});
