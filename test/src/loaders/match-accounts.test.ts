import { describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../../adapters/adapter.ts";
import type { Account } from "../../../schema/account.ts";
import { accountNouns } from "../../../src/loaders/account-nouns.ts";
import { matchAccounts } from "../../../src/loaders/match-accounts.ts";
import type { StoredItem } from "../../../src/store/items.ts";
import { accountRecord } from "../../support/fake-adapter.ts";
import { itemRow } from "../../support/rows.ts";

type Change = Partial<Omit<AccountRecord, "balances">> & { current?: string | null; currency?: string | null };
type ItemChange = Partial<Pick<StoredItem, "provider">> & {
  institution?: string | null;
  institutionName?: string | null;
};

/** What it shows; the first account, the second, and the second's item. */
type Case = [string, [Change, Change, ItemChange?]];

const AT_LINK_MONEY: ItemChange = { provider: "LINK_MONEY" };
let count = 0;

function item({ institution = "ins_3", institutionName = "Chase", ...change }: ItemChange = {}): StoredItem {
  const row = itemRow(change) as StoredItem; // what is written is what is read: it has no generated columns
  return { ...row, description: { ...row.description, remoteInstitutionId: institution, institutionName } };
}

function account(of: StoredItem, { current = "210.50", currency = "USD", ...change }: Change = {}): Account {
  count += 1;
  const record = accountRecord({
    remoteId: `a${count}`,
    subtype: "checking",
    mask: "1111",
    name: "Checking",
    ...change,
  });
  const balances = { ...record.balances, current, currency };
  const provenance = { provider: of.provider, endpoint: "/accounts/get", requestId: null };
  const nouns = accountNouns([{ ...record, balances }], of.id, { ...provenance, fetchedAt: "", cached: false });
  const [noun] = nouns.values();
  if (!noun) throw new Error("an account becomes a noun");
  return noun;
}

/** Matches among items, each with its accounts. */
function found(...links: [StoredItem, Account[]][]) {
  const { duplicates, matches } = matchAccounts(
    links.map(([of]) => of),
    links.flatMap(([, accounts]) => accounts),
  );
  return {
    duplicates: [...duplicates],
    of: ({ id }: Account) => matches.get(id)?.map((match) => [match.account.id, match.confidence]) ?? [],
    reasons: ({ id }: Account) => matches.get(id)?.map(({ reasons }) => reasons.join(" ")) ?? [],
  };
}

function pair([one, other, of]: Case[1]) {
  const [here, there] = [item(), item(of)];
  const [first, second] = [account(here, one), account(there, other)];
  return { first, second, ...found([here, [first]], [there, [second]]) };
}

describe("an account that is linked twice", () => {
  it.each<Case>([
    ["through one provider, with all the same", [{}, {}]],
    ["through two providers", [{}, {}, AT_LINK_MONEY]],
    [
      "at a bank that the other writes by name alone",
      [{}, {}, { ...AT_LINK_MONEY, institution: null, institutionName: " CHASE" }],
    ],
    ["under another name", [{}, { name: "CHK 1111" }, AT_LINK_MONEY]],
    ["with its balance written otherwise", [{}, { current: "210.5" }]],
    [
      "by the id it has for life, whatever else changed",
      [{ persistentAccountId: "p" }, { persistentAccountId: "p", mask: null, current: "1", name: "X" }],
    ],
    ["with an id for life at one provider only", [{ persistentAccountId: "p" }, {}, AT_LINK_MONEY]],
    ["with ids that two providers gave", [{ persistentAccountId: "p" }, { persistentAccountId: "q" }, AT_LINK_MONEY]],
    ["of a subtype that the other does not tell", [{}, { subtype: null }, AT_LINK_MONEY]],
    ["of a subtype that the other writes in capitals", [{}, { subtype: "Checking" }, AT_LINK_MONEY]],
    [
      "by the id it has for life, of another subtype since",
      [{ persistentAccountId: "p" }, { persistentAccountId: "p", subtype: "cash management" }],
    ],
    ["overdrawn", [{ current: "-5" }, { current: "-5.00" }]],
  ])("is counted once %s", (_, change) => {
    const { first, second, duplicates, of } = pair(change);
    expect(duplicates).toEqual([[second.id, first.id]]);
    expect(of(first)).toEqual([[second.id, expect.any(Number)]]);
    expect(of(second)).toEqual([[first.id, expect.any(Number)]]);
  });

  it.each<Case>([
    ["another balance", [{}, { current: "180.25" }]],
    ["a balance that is not known", [{}, { current: null }]],
    ["nothing on either", [{ current: "0" }, { current: "0.00" }]],
  ])("is doubtful by its name, with %s", (_, change) => {
    const { first, second, duplicates, of } = pair(change);
    expect(duplicates).toEqual([]);
    expect([of(first), of(second)]).toEqual([[[second.id, 0.7]], [[first.id, 0.7]]]);
  });

  it.each<Case>([
    ["another id for life", [{ persistentAccountId: "p" }, { persistentAccountId: "q" }]],
    ["another number", [{}, { mask: "1112" }]],
    ["no number", [{ mask: null }, { mask: null }]],
    ["an empty number", [{ mask: "" }, { mask: "" }]],
    [
      "empty ids for life and no number",
      [
        { persistentAccountId: "", mask: null },
        { persistentAccountId: "", mask: null },
      ],
    ],
    ["another type", [{}, { type: "CREDIT" }]],
    ["another subtype", [{}, { subtype: "savings" }]],
    ["another currency", [{}, { currency: "CAD" }]],
    ["no currency that is known", [{ currency: null }, { currency: null }]],
    ["another bank", [{}, {}, { institution: "ins_4", institutionName: "Citi" }]],
    ["no bank that is known", [{}, {}, { institution: null, institutionName: null }]],
    ["neither name nor balance in common", [{}, { name: "Joint", current: "1" }]],
  ])("is another one with %s", (_, change) => {
    const { first, second, duplicates, of } = pair(change);
    expect([duplicates, of(first), of(second)]).toEqual([[], [], []]);
  });
});

describe("a match", () => {
  it.each<[string, [Change, Change, ItemChange?], number, string]>([
    [
      "an id for life",
      [{ persistentAccountId: "p" }, { persistentAccountId: "p" }],
      1,
      "persistentAccountId institution mask type currency balance name",
    ],
    [
      "an id for life alone",
      [
        { persistentAccountId: "p", currency: null },
        { persistentAccountId: "p", mask: null, current: "1", name: "X" },
        { institution: null, institutionName: null },
      ],
      1,
      "persistentAccountId type",
    ],
    ["all but an id", [{}, {}], 0.98, "institution mask type currency balance name"],
    ["the balance", [{}, { name: "X" }], 0.95, "institution mask type currency balance"],
    ["the name", [{}, { current: "1" }], 0.7, "institution mask type currency name"],
  ])("by %s says how sure it is, and why", (_, change, confidence, reasons) => {
    const match = pair(change);
    expect(match.of(match.second)).toEqual([[match.first.id, confidence]]);
    expect(match.reasons(match.first)).toEqual([reasons]);
  });
});

describe("several links", () => {
  it("are never of one item", () => {
    const here = item();
    const both = [account(here), account(here)];
    expect(found([here, both]).duplicates).toEqual([]);
  });

  it("of which two could be meant are none", () => {
    const [here, there] = [item(), item()];
    const twins = [account(there), account(there)];
    const one = account(here);
    expect(found([here, [one]], [there, twins]).duplicates).toEqual([]);
    expect(found([there, twins], [here, [one]]).duplicates).toEqual([]);
  });

  it("give way to the likelier", () => {
    const [here, there] = [item(), item()];
    const one = account(here);
    const [likely, doubtful] = [account(there), account(there, { current: "1" })];
    const { duplicates, of } = found([here, [one]], [there, [doubtful, likely]]);
    expect(duplicates).toEqual([[likely.id, one.id]]);
    expect(of(doubtful)).toEqual([]);
  });

  it("of three items are matched with each other, the surest first", () => {
    const [a, b, c] = [item(), item(AT_LINK_MONEY), item()];
    const first = account(a);
    const second = account(b, { name: "CHK" });
    const third = account(c);
    const { duplicates, of } = found([a, [first]], [b, [second]], [c, [third]]);
    expect(duplicates).toEqual([
      [second.id, first.id],
      [third.id, first.id],
    ]);
    expect(of(first)).toEqual([
      [third.id, 0.98],
      [second.id, 0.95],
    ]);
    expect(of(second)).toEqual([
      [first.id, 0.95],
      [third.id, 0.95],
    ]);
  });

  it("that a doubtful one stands between are still found", () => {
    const [a, b, c] = [item(), item(), item()];
    const first = account(a);
    const second = account(b, { current: "1" });
    const third = account(c, { current: "1" });
    const { duplicates, of } = found([a, [first]], [b, [second]], [c, [third]]);
    expect(duplicates).toEqual([[third.id, second.id]]);
    expect(of(second)).toEqual([
      [third.id, 0.98],
      [first.id, 0.7],
    ]);
  });

  it("are one account when the third is surely the second, which is surely the first", () => {
    const [a, b, c] = [item(), item(), item(AT_LINK_MONEY)];
    const first = account(a, { persistentAccountId: "p", current: "1", name: "X" });
    const second = account(b, { persistentAccountId: "p" });
    const third = account(c);
    const { duplicates, of, reasons } = found([a, [first]], [b, [second]], [c, [third]]);
    expect(duplicates).toEqual([
      [second.id, first.id],
      [third.id, first.id],
    ]);
    expect(of(third)).toEqual([
      [first.id, 0.98],
      [second.id, 0.98],
    ]);
    expect(reasons(third)).toEqual(["institution mask type currency", "institution mask type currency balance name"]);
  });

  it("do not take in one that is surely another than one of them", () => {
    const [a, b, c] = [item(), item(AT_LINK_MONEY), item()];
    const first = account(a, { persistentAccountId: "p" });
    const second = account(b);
    const other = account(c, { persistentAccountId: "q" });
    const { duplicates, of } = found([a, [first]], [b, [second]], [c, [other]]);
    expect(duplicates).toEqual([[second.id, first.id]]);
    expect(of(other)).toEqual([]);
  });

  it("do not take in two accounts of one item, one by each link", () => {
    const [a, b, c] = [item(), item(), item(AT_LINK_MONEY)];
    const first = account(a, { persistentAccountId: "p", current: "1" });
    const second = account(b, { persistentAccountId: "p" });
    const [one, other] = [account(c, { current: "1" }), account(c)];
    expect(found([a, [first]], [b, [second]], [c, [one, other]]).duplicates).toEqual([[second.id, first.id]]);
  });
});
