import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { AccountPlan, UserPlan } from "../plan.ts";
import { interest, type Routine, wages } from "../routines.ts";

const owner = OWNERS.john;
const held = { type: "depository", officialName: null, owner } as const;

/** One account in each country whose accounts have numbers of a kind of their own. */
const accounts: readonly AccountPlan[] = [
  { ...held, key: "toronto", name: "Chequing", mask: "2201", subtype: "checking", opening: 412_050, country: "CA" },
  {
    ...held,
    key: "london",
    name: "Current Account",
    mask: "7734",
    subtype: "checking",
    opening: 288_700,
    country: "GB",
  },
  { ...held, key: "berlin", name: "Girokonto", mask: "3000", subtype: "checking", opening: 150_025, country: "DE" },
  {
    ...{ key: "tfsa", name: "Tax-Free Savings Account", officialName: null, mask: "9081" },
    ...{ type: "investment", subtype: "tfsa", withdrawable: true, owner, country: "CA" },
    positions: [
      { security: "wholeMarket", quantity: "4", price: "118.4", cost: "400" },
      { security: "dollar", quantity: "88.2", price: "1", cost: "88.2" },
    ],
  },
];

const routines: readonly Routine[] = [
  wages("toronto", 190_000, ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70023", payer: "Tern & Sons" })),
  interest("london", 30),
  interest("berlin", 15),
];

export const abroad: UserPlan = { institutionId: "ins_109513", accounts, routines };
