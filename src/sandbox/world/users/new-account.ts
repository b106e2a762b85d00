import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";

/** An account that was opened and never used. */
export const newAccount: UserPlan = {
  institutionId: "ins_109509",
  accounts: [
    {
      ...{ key: "checking", name: "Gingham Checking", officialName: "Gingham Everyday Checking", mask: "0909" },
      ...{ type: "depository", subtype: "checking", opening: 0, owner: OWNERS.john },
    },
  ],
  routines: [],
};
