import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { bill, card, interest, shopping, sweep, wages } from "../routines.ts";

const owner = OWNERS.john;

/** One login of one person that both aggregators were given: what each tells is the same. */
export const duplicates: UserPlan = {
  institutionId: "ins_109508",
  isOneLife: true,
  accounts: [
    {
      ...{ key: "checking", name: "Platypus Checking", officialName: "Platypus Everyday Checking", mask: "6101" },
      ...{ type: "depository", subtype: "checking", opening: 402_115, owner },
    },
    {
      ...{ key: "savings", name: "Platypus Savings", officialName: "Platypus Rainy Day Savings", mask: "6202" },
      ...{ type: "depository", subtype: "savings", opening: 855_000, owner },
    },
    {
      ...{ key: "card", name: "Platypus Card", officialName: null, mask: "6303" },
      ...{ type: "credit", subtype: "credit card", opening: 31_870, limit: 400_000, owner },
    },
  ],
  routines: [
    wages(
      "checking",
      231_450,
      ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70025", payer: "Tern & Sons" }),
    ),
    bill(
      "checking",
      1,
      154_000,
      ach("rent", "Broadway Apartments", { raw: "BROADWAY APARTMENTS RENT 1017", payee: "Broadway Apartments" }),
    ),
    shopping("checking", 40, ["greenMarket", "farmStand"]),
    shopping("card", 60, ["beanery", "noodles"]),
    card("card", "checking"),
    interest("savings", 45),
    sweep("checking", "savings", 27, 340_000),
  ],
};
