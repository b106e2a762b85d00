import { ach } from "../description.ts";
import { OWNERS, type PlainOwner } from "../owners.ts";
import type { AccountPlan, CardPlan, DepositoryPlan, InvestmentPlan, UserPlan } from "../plan.ts";
import { bill, card, cash, income, interest, type Routine, shopping, sweep, wages } from "../routines.ts";

const john: PlainOwner = OWNERS.john;

const checking: DepositoryPlan = {
  key: "checking",
  name: "Gingham Checking",
  officialName: "Gingham Everyday Checking",
  mask: "0101",
  type: "depository",
  subtype: "checking",
  opening: 318_260,
  owner: john,
};

const savings: DepositoryPlan = {
  key: "savings",
  name: "Gingham Savings",
  officialName: "Gingham Growth Savings",
  mask: "0202",
  type: "depository",
  subtype: "savings",
  opening: 310_000,
  owner: john,
};

const creditCard: CardPlan = {
  key: "card",
  name: "Gingham Card",
  officialName: null,
  mask: "0303",
  type: "credit",
  subtype: "credit card",
  opening: 22_400,
  limit: 300_000,
  owner: john,
};

const ira: InvestmentPlan = {
  key: "ira",
  name: "Gingham IRA",
  officialName: null,
  mask: "0404",
  type: "investment",
  subtype: "ira",
  withdrawable: false,
  owner: john,
  positions: [
    { security: "wholeMarket", quantity: "10", price: "118.4", cost: "1000" },
    { security: "dollar", quantity: "55.1", price: "1", cost: "55.1" },
  ],
};

const living: readonly Routine[] = [
  wages("checking", 245_120, ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70021", payer: "Tern & Sons" })),
  bill(
    "checking",
    1,
    162_500,
    ach("rent", "Broadway Apartments", { raw: "BROADWAY APARTMENTS RENT 1003", payee: "Broadway Apartments" }),
  ),
  bill(
    "checking",
    10,
    [4_210, 8_870],
    ach("electricity", "Upstate Electric", { raw: "UPSTATE ELECTRIC 610044", payee: "Upstate Electric" }),
  ),
  shopping("checking", 45, ["greenMarket", "noodles"]),
  cash("checking", 8),
  interest("savings", 45),
  sweep("checking", "savings", 27, 330_000),
];

const cardLife: readonly Routine[] = [
  shopping("card", 100, ["beanery"]),
  shopping("card", 12, ["trattoria", "books"]),
  card("card", "checking"),
];

const small = (accounts: readonly AccountPlan[], routines: readonly Routine[]): UserPlan => ({
  institutionId: "ins_109509",
  accounts,
  routines,
});

/** Another person: no tie to the demo household. */
export const other = small([checking, savings, creditCard], [...living, ...cardLife]);

/** A bank without investment accounts. */
export const noInvestments = small([checking, savings, creditCard], [...living, ...cardLife]);

/** Accounts without any debt. */
export const noLiabilities = small([checking, savings, ira], living);

/** A login whose password was changed. */
export const brokenLogin: UserPlan = { ...small([checking, savings], living), error: "ITEM_LOGIN_REQUIRED" };

/** A bank that does not answer. */
export const bankDown: UserPlan = {
  ...small([checking, savings, creditCard], [...living, ...cardLife]),
  institutionId: "ins_132361",
  error: "INSTITUTION_DOWN",
};

/** An institution that does not tell who holds the accounts. */
export const ownersUnavailable = small(
  [checking, savings].map((account) => ({ ...account, owner: null })),
  living,
);

/** A bank that tells of its cards what they were when it last looked: it wants to know how old that may be. */
export const cardOfYesterday: UserPlan = {
  ...small([checking, savings, creditCard], [...living, ...cardLife]),
  institutionId: "ins_128026",
};

/** Forty accounts at one login. */
export const large: UserPlan = {
  institutionId: "ins_109510",
  accounts: Array.from({ length: 40 }, (_, index): AccountPlan => {
    const mask = String(1000 + index);
    const key = `account-${index + 1}`;
    const named = { key, mask, officialName: null };
    if (index % 4 === 3) return { ...creditCard, ...named, name: `Tattersall Card ${index + 1}` };
    const base = index % 4 === 0 ? checking : savings;
    return { ...base, ...named, name: `Tattersall ${base.subtype} ${index + 1}` };
  }),
  routines: Array.from({ length: 10 }, (_, group) => {
    const [daily, saved, charged] = [1, 2, 4].map((n) => `account-${group * 4 + n}`);
    if (!daily || !saved || !charged) throw new Error("a group has three accounts that live");
    return [
      income(
        daily,
        2 + group,
        14_000,
        ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70022", payer: "Tern & Sons" }),
      ),
      interest(saved, 45),
      shopping(charged, 12, ["greenMarket", "books"]),
      card(charged, daily),
    ];
  }).flat(),
};
