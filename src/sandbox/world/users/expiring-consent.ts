import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { cash, interest, shopping, wages } from "../routines.ts";

const owner = OWNERS.john;

/** A British bank whose consent ends in eight days, of which is warned a week before: the day after linking. */
export const expiringConsent: UserPlan = {
  institutionId: "ins_109513",
  consentDays: 8,
  accounts: [
    {
      ...{ key: "current", name: "Current Account", officialName: null, mask: "5518", country: "GB" },
      ...{ type: "depository", subtype: "checking", opening: 214_300, owner },
    },
    {
      ...{ key: "saver", name: "Easy Saver", officialName: null, mask: "5526", country: "GB" },
      ...{ type: "depository", subtype: "savings", opening: 630_000, owner },
    },
  ],
  routines: [
    wages(
      "current",
      121_900,
      ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70027", payer: "Tern & Sons" }),
    ),
    shopping("current", 60, ["books", "taxi"]),
    cash("current", 6),
    interest("saver", 120),
  ],
};
