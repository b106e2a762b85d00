import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { card, cash, shopping, sweep, wages } from "../routines.ts";

const owner = OWNERS.john;

/** Seven purchases a day: more than five thousand transactions in two years. */
export const busy: UserPlan = {
  institutionId: "ins_109508",
  accounts: [
    {
      ...{ key: "checking", name: "Platypus Checking", officialName: null, mask: "8101" },
      ...{ type: "depository", subtype: "checking", opening: 420_000, owner },
    },
    {
      ...{ key: "savings", name: "Platypus Savings", officialName: null, mask: "8202" },
      ...{ type: "depository", subtype: "savings", opening: 150_000, owner },
    },
    {
      ...{ key: "card", name: "Platypus Card", officialName: null, mask: "8303" },
      ...{ type: "credit", subtype: "credit card", opening: 74_200, limit: 600_000, owner },
    },
  ],
  routines: [
    wages(
      "checking",
      264_000,
      ach("wages", "Northwind Health", { raw: "NORTHWIND HEALTH PAYROLL PPD ID 9177", payer: "Northwind Health" }),
    ),
    shopping("checking", 100, ["beanery"]),
    shopping("checking", 100, ["noodles", "beanery"]),
    shopping("checking", 100, ["taxi"]),
    shopping("card", 100, ["beanery"]),
    shopping("card", 100, ["beanery"]),
    shopping("card", 100, ["taxi", "pharmacy"]),
    shopping("card", 100, ["noodles", "farmStand"]),
    cash("checking", 8),
    card("card", "checking"),
    sweep("checking", "savings", 27, 380_000),
  ],
};
