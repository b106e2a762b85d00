import { institutionAnswer } from "./answers/institution.ts";
import { ApiError } from "./api-error.ts";
import { checkCredentials } from "./check-credentials.ts";
import { type ApiRequest, type Core, createEndpoints, type Dialect, type Manner } from "./endpoints.ts";
import { createInstitutionEndpoints } from "./institution-endpoints.ts";
import { itemIdsOf } from "./item-ids-of.ts";
import { anything, CLIENT_FIELDS, flag, judge, listOf, nullable, object, optional, text, webAddress } from "./judge.ts";
import { createLinkEndpoints } from "./link-endpoints.ts";
import { createPlaidAccountEndpoints } from "./plaid-account-endpoints.ts";
import { createShareEndpoints } from "./share-endpoints.ts";
import { institutionOf } from "./world/institutions.ts";
import { userOf } from "./world/users.ts";

/** The users that Plaid's own sandbox has by these names are our default one. */
const DEFAULT_USERNAMES = ["user_good", "user_transactions_dynamic"];
const BROKERAGE = "ins_109511";

/** Plaid, as its API of version 2020-09-14 speaks. */
export function createPlaid(core: Core): Dialect {
  const { clock, items, keys } = core;
  const manner: Manner = {
    provider: "PLAID",
    unknown: "refuse",
    accessToken: text,
    admitItemCall: (request) => checkCredentials(request, core),
    admitClientCall: (request) => checkCredentials(request, core),
    tokenOf: ({ body }) => String(body.access_token),
    transactions: {},
  };
  const { unknown } = manner;
  const client =
    <T>(read: (request: ApiRequest) => T) =>
    (request: ApiRequest) => {
      checkCredentials(request, core);
      return read(request);
    };

  return {
    provider: "PLAID",
    prefix: "",
    endpoints: {
      ...createEndpoints(core, manner),
      ...createPlaidAccountEndpoints(core, manner),
      ...createShareEndpoints(core, manner),
      ...createLinkEndpoints(core, manner),
      ...createInstitutionEndpoints(core, {
        unknown,
        byCountry: true,
        admit: manner.admitClientCall,
        shape: (institution) => institution,
      }),
      "/item/public_token/exchange": client(({ body }) => {
        const { public_token } = judge(body, { ...CLIENT_FIELDS, public_token: text }, unknown);
        const item = items.exchange(public_token);
        return { access_token: item.accessToken, item_id: item.itemId };
      }),
      "/sandbox/public_token/create": client(({ body }) => {
        const options = {
          webhook: optional(webAddress),
          override_username: nullable(text),
          override_password: optional(anything),
          transactions: optional(anything),
          statements: optional(anything),
          income_verification: optional(anything),
        };
        const fields = {
          institution_id: text,
          initial_products: listOf(text, 1),
          options: optional(object(options, unknown)),
        };
        const judged = judge(
          body,
          { ...CLIENT_FIELDS, ...fields, user_token: optional(anything), user_id: optional(anything) },
          unknown,
        );
        if (!institutionOf(judged.institution_id)) throw new ApiError("INVALID_INSTITUTION");
        const user = userNamed(judged.options?.override_username ?? null, judged.institution_id);
        return { public_token: items.createPublicToken({ user, webhook: judged.options?.webhook }) };
      }),
      "/institutions/get_by_id": client(({ body }) => {
        const options = {
          include_optional_metadata: optional(flag),
          include_status: optional(flag),
          include_auth_metadata: optional(flag),
          include_payment_initiation_metadata: optional(flag),
        };
        const fields = {
          institution_id: text,
          country_codes: listOf(text, 1),
          options: optional(object(options, unknown)),
        };
        const judged = judge(body, { ...CLIENT_FIELDS, ...fields }, unknown);
        const institution = institutionOf(judged.institution_id);
        if (!institution || !judged.country_codes.includes("US")) throw new ApiError("INVALID_INSTITUTION");
        return { institution: institutionAnswer(institution, judged.options ?? {}, clock) };
      }),
      "/webhook_verification_key/get": client(({ body }) => {
        const { key_id } = judge(body, { ...CLIENT_FIELDS, key_id: text }, unknown);
        const key = keys.publicKey("PLAID", key_id);
        if (!key) throw new ApiError("INVALID_WEBHOOK_VERIFICATION_KEY_ID");
        return { key };
      }),
    },
    itemIdsOf: ({ body }) => itemIdsOf(core, "PLAID", body, body.access_token),
  };
}

/** The user that Link would sign in: by name, else whoever banks there. */
function userNamed(name: string | null, institutionId: string): string {
  if (name === null || DEFAULT_USERNAMES.includes(name)) return institutionId === BROKERAGE ? "brokerage" : "default";
  if (userOf(name, "PLAID")) return name;
  throw new ApiError("INVALID_FIELD", { message: `options.override_username: the sandbox has no user "${name}"` });
}
