import { ApiError } from "./api-error.ts";
import { customPlan } from "./custom-users/custom-plan.ts";
import { readCustomUser } from "./custom-users/read-custom-user.ts";
import type { Imitated } from "./imitated.ts";
import type { ItemRecord } from "./items.ts";
import type { Product } from "./products.ts";
import { dayOf } from "./world/day.ts";
import { institutionOf } from "./world/institutions.ts";
import type { UserPlan } from "./world/plan.ts";
import { USER_NAMES, userOf } from "./world/users.ts";

/** Who logs in, and where. */
export interface Login {
  /** A named user, or one of the folder of custom users; "default" unless given. */
  user?: string;
  /** A custom user in Plaid's format, as JSON text or parsed. */
  custom?: unknown;
  /** Instead of the user's own bank. */
  institutionId?: string;
  /** The name given to Plaid's sandbox endpoint. */
  username?: string;
  /** What the item is linked for; all that its accounts have when absent. */
  products?: Product[];
  /** How many days of transactions before the linking are told; all two years when absent. */
  historyDays?: number;
}

/** A login as an item keeps it: a custom user as it was written, so that its file may change or go. */
export type KeptLogin = Pick<ItemRecord, "user" | "custom" | "institutionId" | "username" | "products" | "historyDays">;

/** Who can log in, and what they have. */
export interface Logins {
  /** Whether there is a user of this name. */
  isUser(name: string): boolean;
  /** @throws Error naming the users there are, or the institution there is not; CustomUserError naming the key that cannot be read. */
  check(provider: Imitated, login: Login): KeptLogin;
  /** @throws ApiError of the code that a custom user forces when an item is made. */
  demandItem(login: KeptLogin): void;
  planOf(item: ItemRecord): UserPlan;
}

/** The name of a custom user that has none. */
const UNNAMED = "user_custom";
/** Where custom users log in unless told otherwise. */
const USUAL_INSTITUTIONS: Readonly<Record<Imitated, string>> = { PLAID: "ins_109508", LINK_MONEY: "ins_109512" };

/** @param customUsers custom users by name, as they are written */
export function createLogins(customUsers: ReadonlyMap<string, object>): Logins {
  const plans = new WeakMap<ItemRecord, UserPlan>();
  const named = (user: string, provider: Imitated): UserPlan => {
    const plan = userOf(user, provider);
    const names = [...USER_NAMES, ...customUsers.keys()];
    if (!plan) throw new Error(`the sandbox has no user "${user}"; there are ${names.join(", ")}`);
    return plan;
  };
  return {
    isUser: (name) => customUsers.has(name) || USER_NAMES.includes(name),
    check(provider, { custom, user = custom === undefined ? "default" : UNNAMED, ...how }) {
      const written = custom ?? customUsers.get(user);
      if (written === undefined) named(user, provider);
      else readCustomUser(written, user);
      if (how.institutionId !== undefined && !institutionOf(how.institutionId))
        throw new Error(`the sandbox has no institution "${how.institutionId}"; /institutions/get lists those it has`);
      return {
        user,
        ...(written !== undefined && { custom: written }),
        ...how,
      };
    },
    demandItem({ user, custom }) {
      const forced = custom === undefined ? undefined : readCustomUser(custom, user).force_error;
      if (forced) throw new ApiError(forced);
    },
    planOf(item) {
      const { user, provider, custom, linkedAt, seed } = item;
      if (custom === undefined) return named(user, provider);
      const known = plans.get(item);
      if (known) return known;
      const link = { institutionId: USUAL_INSTITUTIONS[provider], linked: dayOf(linkedAt), seed };
      const made = customPlan(readCustomUser(custom, user), link);
      plans.set(item, made);
      return made;
    },
  };
}
