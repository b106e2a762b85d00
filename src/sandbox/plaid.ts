import { institutionAnswer } from "./answers/institution.ts";
import { ApiError } from "./api-error.ts";
import { billed } from "./billed.ts";
import { checkCredentials } from "./check-credentials.ts";
import { COUNTRIES } from "./countries.ts";
import { type ApiRequest, type Core, createEndpoints, type Dialect, type Manner } from "./endpoints.ts";
import { createInstitutionEndpoints } from "./institution-endpoints.ts";
import { itemIdsOf } from "./item-ids-of.ts";
import { CLIENT_FIELDS, flag, judge, listOf, object, oneOf, optional, text } from "./judge.ts";
import { createLinkEndpoints, HOSTED_LINK } from "./link-endpoints.ts";
import { createPlaidAccountEndpoints } from "./plaid-account-endpoints.ts";
import { createPublicTokenEndpoint } from "./public-token-endpoint.ts";
import { createSandboxEndpoints } from "./sandbox-endpoints.ts";
import { createShareEndpoints } from "./share-endpoints.ts";
import { createSyncEndpoint } from "./sync-endpoint.ts";
import { institutionOf, worksIn } from "./world/institutions.ts";

/** Whoever opens a hosted link flow has gone through it. */
const HOSTED_PAGE =
  "<!DOCTYPE html><html><head><title>Linked</title></head><body><h1>You are signed in. Close this page.</h1></body></html>";

/** Plaid, as its API of version 2020-09-14 speaks. */
export function createPlaid(core: Core): Dialect {
  const { clock, items, keys, links } = core;
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
    endpoints: billed(core, {
      ...createEndpoints(core, manner),
      ...createPlaidAccountEndpoints(core, manner),
      ...createShareEndpoints(core, manner),
      ...createLinkEndpoints(core, manner),
      ...createSandboxEndpoints(core, manner),
      ...createPublicTokenEndpoint(core, manner),
      ...createSyncEndpoint(core, manner),
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
      "/institutions/get_by_id": client(({ body }) => {
        const options = {
          include_optional_metadata: optional(flag),
          include_status: optional(flag),
          include_auth_metadata: optional(flag),
          include_payment_initiation_metadata: optional(flag),
        };
        const fields = {
          institution_id: text,
          country_codes: listOf(oneOf(COUNTRIES), 1),
          options: optional(object(options, unknown)),
        };
        const judged = judge(body, { ...CLIENT_FIELDS, ...fields }, unknown);
        const institution = institutionOf(judged.institution_id);
        if (!institution || !worksIn(institution, judged.country_codes)) throw new ApiError("INVALID_INSTITUTION");
        return { institution: institutionAnswer(institution, judged.options ?? {}, clock) };
      }),
      "/webhook_verification_key/get": client(({ body }) => {
        const { key_id } = judge(body, { ...CLIENT_FIELDS, key_id: text }, unknown);
        const key = keys.publicKey("PLAID", key_id);
        if (!key) throw new ApiError("INVALID_WEBHOOK_VERIFICATION_KEY_ID");
        return { key };
      }),
    }),
    visit(path) {
      if (!path.startsWith(HOSTED_LINK)) return null;
      links.complete(path.slice(HOSTED_LINK.length));
      return HOSTED_PAGE;
    },
    itemIdsOf: ({ body }) => itemIdsOf(core, "PLAID", body, body.access_token),
  };
}
