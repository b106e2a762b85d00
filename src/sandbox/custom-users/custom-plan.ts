import { createChance } from "../world/chance.ts";
import type { Day } from "../world/day.ts";
import { OWNERS, type PlainOwner } from "../world/owners.ts";
import type { UserPlan } from "../world/plan.ts";
import { type AccountMaking, customAccount } from "./custom-account.ts";
import { customLife } from "./custom-life.ts";
import { customOwner } from "./custom-owner.ts";
import { createCustomSecurities } from "./custom-securities.ts";
import type { CustomAccount, CustomUser } from "./custom-user-schema.ts";
import { rollDates } from "./roll-dates.ts";

/** What a custom user's plan hangs on besides the file. */
export interface CustomLink {
  institutionId: string;
  linked: Day;
  seed: number;
}

/** An account of which nothing is told. */
const BLANK = {} as CustomAccount;

/**
 * The custom user as a plan like those of the named users: what the file tells as it tells it, and for the rest what Plaid promises,
 * made up by chance from the seeds: one account when none is named, balances, and transactions where there is no list of them.
 */
export function customPlan(file: CustomUser, { institutionId, linked, seed }: CustomLink): UserPlan {
  const user = rollDates(file, linked);
  const accounts = user.override_accounts ?? [BLANK];
  const securities = createCustomSecurities(linked);
  // Plaid: "the same name data will be used for all accounts associated with an Item"
  const first = accounts.map(({ identity }) => customOwner(identity)).find((owner) => owner !== null);
  const owner: PlainOwner = first ?? OWNERS.alberta;
  const made = accounts.map((account, index) => {
    const making: AccountMaking = {
      index,
      linked,
      securities,
      owner: customOwner(account.identity) ?? owner,
      chance: createChance(seed, "custom user", user.seed ?? "", index),
    };
    const plan = customAccount(account, making);
    return { plan, life: plan.type === "investment" ? [] : customLife(plan, account) };
  });
  return {
    institutionId,
    accounts: made.map(({ plan }) => plan),
    routines: made.flatMap(({ life }) => life),
    error: user.force_error,
  };
}
