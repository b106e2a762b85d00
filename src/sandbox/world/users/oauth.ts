import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { cash, interest, shopping, sweep, wages } from "../routines.ts";

const owner = OWNERS.john;

/** A bank that signs in by OAuth: tokens for account numbers, accounts known by an id for life, consent for a year. */
export const oauth: UserPlan = {
  institutionId: "ins_109510",
  consentDays: 365,
  accounts: [
    {
      ...{ key: "oauth-checking", name: "Tattersall Checking", officialName: null, mask: "7410" },
      ...{ type: "depository", subtype: "checking", opening: 274_600, owner },
    },
    {
      ...{ key: "oauth-savings", name: "Tattersall Savings", officialName: null, mask: "7420" },
      ...{ type: "depository", subtype: "savings", opening: 450_000, owner },
    },
  ],
  routines: [
    wages(
      "oauth-checking",
      188_200,
      ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70024", payer: "Tern & Sons" }),
    ),
    shopping("oauth-checking", 70, ["greenMarket", "noodles", "fuel"]),
    cash("oauth-checking", 8),
    interest("oauth-savings", 45),
    sweep("oauth-checking", "oauth-savings", 27, 300_000),
  ],
};
