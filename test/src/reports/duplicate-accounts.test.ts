import { describe, expect, it } from "@jest/globals";
import { duplicateAccounts, type ReportedAccount, type ReportedItem } from "../../../src/reports/duplicate-accounts.ts";

type Change = Partial<Omit<ReportedAccount, "owners" | "balances">> & {
  owner?: string | null;
  current?: string | null;
  currency?: string | null;
};

/** What it shows; the first account, the second, and the second's item. */
type Case = [string, [Change, Change, Partial<ReportedItem<ReportedAccount>>?]];

function account({ owner = "Ann Lee", current = "210.50", currency = "USD", ...change }: Change = {}): ReportedAccount {
  return {
    persistentAccountId: null,
    type: "DEPOSITORY",
    subtype: "checking",
    mask: "1111",
    name: "Everyday Checking",
    officialName: null,
    owners: owner === null ? null : [{ names: [owner], phoneNumbers: [], emails: [], addresses: [] }],
    balances: { current, currency },
    ...change,
  };
}

function item(accounts: ReportedAccount[], change: Partial<ReportedItem<ReportedAccount>> = {}) {
  return { provider: "PLAID" as const, remoteInstitutionId: "ins_3", institutionName: "Chase", accounts, ...change };
}

const AT_LINK_MONEY = { provider: "LINK_MONEY" as const, remoteInstitutionId: null, institutionName: "  CHASE" };

describe("an account that a second item has too", () => {
  it.each<Case>([
    ["by all that is known of it", [{}, {}]],
    ["at the other aggregator, which writes its bank in another way", [{}, {}, AT_LINK_MONEY]],
    ["under another name, with holder and balance the same", [{}, { name: "CHK ...1111" }]],
    ["with a name in another case", [{}, { name: "EVERYDAY  checking", current: "1" }]],
    ["by its official name", [{ officialName: "Chase Total" }, { name: "Chase Total", current: "1" }]],
    ["with another balance: it was read later", [{}, { current: "180.25" }]],
    ["without holders, by name and balance", [{ owner: null }, { owner: null }]],
    [
      "by the id it has for life, whatever else changed",
      [{ persistentAccountId: "p" }, { persistentAccountId: "p", mask: null, name: "X" }],
    ],
    ["with an id at one aggregator only", [{ persistentAccountId: "p" }, {}, AT_LINK_MONEY]],
    ["with ids that two aggregators gave", [{ persistentAccountId: "p" }, { persistentAccountId: "q" }, AT_LINK_MONEY]],
  ])("is found %s", (_, [one, other, of]) => {
    const [first, second] = [account(one), account(other)];
    const found = duplicateAccounts([item([first]), item([second], of)]);
    expect([...found]).toEqual([[second, first]]);
    expect(found.get(second)).toBe(first);
  });

  it.each<Case>([
    ["another id for life", [{ persistentAccountId: "p" }, { persistentAccountId: "q" }]],
    ["another number", [{}, { mask: "1112" }]],
    ["no number", [{ mask: null }, { mask: null }]],
    ["another kind", [{}, { type: "CREDIT" }]],
    ["another kind of its kind", [{}, { subtype: "savings" }]],
    ["another currency", [{}, { currency: "CAD" }]],
    ["no currency that is known", [{ currency: null }, { currency: null }]],
    ["another bank", [{}, {}, { remoteInstitutionId: "ins_4", institutionName: "Citi" }]],
    ["no bank that is known", [{}, {}, { remoteInstitutionId: null, institutionName: null }]],
    ["other holders", [{}, { owner: "Bo Lee" }]],
    ["nothing but the holder in common", [{}, { name: "Other", current: "1" }]],
    ["nothing but the name in common", [{ owner: null }, { owner: null, current: "1" }]],
    [
      "an empty balance and the name in common",
      [
        { owner: null, current: "0" },
        { owner: null, current: "0.00" },
      ],
    ],
    [
      "an unknown balance and the name in common",
      [
        { owner: null, current: null },
        { owner: null, current: null },
      ],
    ],
  ])("is not found with %s", (_, [one, other, of]) => {
    expect(duplicateAccounts([item([account(one)]), item([account(other)], of)]).size).toBe(0);
  });
});

describe("accounts that could be more than one", () => {
  it("are never the same within one item", () => {
    expect(duplicateAccounts([item([account(), account()])]).size).toBe(0);
  });

  it("are none where the second item has two of them", () => {
    expect(duplicateAccounts([item([account()]), item([account(), account()])]).size).toBe(0);
  });

  it("are none where the first item has two of them", () => {
    expect(duplicateAccounts([item([account(), account()]), item([account()])]).size).toBe(0);
  });

  it("all stand for the first of several items", () => {
    const [first, second, third] = [account(), account(), account()];
    const found = duplicateAccounts([item([first]), item([second]), item([third], AT_LINK_MONEY)]);
    expect([found.get(first), found.get(second) === first, found.get(third) === first]).toEqual([
      undefined,
      true,
      true,
    ]);
  });

  it("are not one person's and another's, by a third that could be either's", () => {
    const [first, second, other] = [account(), account({ owner: null }), account({ owner: "Bob Ray" })];
    const found = duplicateAccounts([item([first]), item([second], AT_LINK_MONEY), item([other])]);
    expect([...found]).toEqual([[second, first]]);
  });

  it("are told apart among eight thousand", () => {
    const items = Array.from({ length: 200 }, (_, of) =>
      item(Array.from({ length: 40 }, (_, index) => account({ mask: String(1000 + (of % 100) * 40 + index) }))),
    );
    expect(duplicateAccounts(items).size).toBe(4000);
  });
});
