import { ApiError } from "./api-error.ts";
import { CustomUserError } from "./custom-users/read-custom-user.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import type { Items } from "./items.ts";
import {
  CLIENT_FIELDS,
  date,
  integer,
  judge,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  record,
  string,
  text,
  webAddress,
} from "./judge.ts";
import type { Login } from "./logins.ts";
import { GIVEN, PRODUCTS } from "./products.ts";
import { institutionOf } from "./world/institutions.ts";

/** Who is signed in unless another is named. */
const USER_GOOD = "user_good";
/** The users that Plaid's own sandbox has by these names are our default one. */
const DEFAULT_USERNAMES = [USER_GOOD, "user_transactions_dynamic"];
const BROKERAGE = "ins_109511";

/** How far the item's transactions are to go back. The dates have no effect, as Plaid's reference says. */
const TRANSACTION_SETTINGS = {
  start_date: optional(date),
  end_date: optional(date),
  days_requested: optional(integer(1, 730)),
};

/** Plaid's /sandbox/public_token/create, which goes through Link in a test's stead. */
export function createPublicTokenEndpoint(
  { items }: Core,
  { admitClientCall, unknown }: Manner,
): Record<string, Endpoint> {
  return {
    "/sandbox/public_token/create": (request) => {
      admitClientCall(request);
      const options = {
        webhook: optional(webAddress),
        override_username: nullable(text),
        override_password: nullable(string),
        transactions: nullable(object(TRANSACTION_SETTINGS, unknown)),
        statements: nullable(record),
        income_verification: optional(record),
      };
      const fields = {
        institution_id: text,
        initial_products: listOf(oneOf(PRODUCTS), 1),
        options: optional(object(options, unknown)),
      };
      const judged = judge(
        request.body,
        { ...CLIENT_FIELDS, ...fields, user_token: optional(string), user_id: optional(string) },
        unknown,
      );
      if (!institutionOf(judged.institution_id)) throw new ApiError("INVALID_INSTITUTION");
      const odd = judged.initial_products.filter((one) => !GIVEN.includes(one));
      if (odd.length > 0) {
        const message = `client is not authorized to access the following products: ${JSON.stringify(odd)}`;
        throw new ApiError("INVALID_PRODUCT", { message });
      }
      const products = judged.initial_products.filter((one) => one !== "balance");
      const { override_username, override_password, webhook, transactions } = judged.options ?? {};
      const days = transactions?.days_requested;
      const user = loginOf(items, judged.institution_id, override_username ?? null, override_password ?? null);
      const how = {
        ...{ institutionId: judged.institution_id, username: override_username ?? USER_GOOD, products },
        ...(days !== undefined && { historyDays: days }),
      };
      return { public_token: readable(() => items.createPublicToken({ ...user, ...how, webhook })) };
    },
  };
}

/** Whom Link would sign in: by name, or by what "user_custom" has for a password, else whoever banks there. */
function loginOf(items: Items, institutionId: string, name: string | null, password: string | null): Login {
  if (!name || DEFAULT_USERNAMES.includes(name)) return { user: institutionId === BROKERAGE ? "brokerage" : "default" };
  if (name === "user_custom") return { custom: password ?? "" };
  if (items.isUser(name)) return { user: name };
  throw new ApiError("INVALID_FIELD", { message: `options.override_username: the sandbox has no user "${name}"` });
}

/** @throws ApiError INVALID_FIELD naming the key of a custom user that cannot be read. */
function readable<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof CustomUserError)) throw error;
    throw new ApiError("INVALID_FIELD", {
      message: new CustomUserError("options.override_password", error.faults).message,
    });
  }
}
