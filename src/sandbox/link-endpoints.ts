import { ApiError } from "./api-error.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { anything, CLIENT_FIELDS, judge, listOf, nullable, object, optional, text, webAddress } from "./judge.ts";
import { createChance } from "./world/chance.ts";

const MINUTE_MS = 60_000;
/** How long a link token is good: 4 hours for a new item, 30 minutes to repair one. */
const LINKING_MS = 240 * MINUTE_MS;
const REPAIRING_MS = 30 * MINUTE_MS;
/** In these the sandbox's link flow speaks and finds institutions, by Plaid's reference of /link/token/create. */
const LANGUAGES = "da nl en et fr de hi it lv lt no pl pt ro es sv vi".split(" ");
const COUNTRIES = "US GB ES NL FR IE CA DE IT PL DK NO SE EE LT LV PT BE AT FI".split(" ");

/** What Plaid has for opening its link flow and for replacing what came of it, and Link Money has not. */
export function createLinkEndpoints({ clock, items }: Core, manner: Manner): Record<string, Endpoint> {
  const { provider, unknown } = manner;
  const user = {
    client_user_id: text,
    legal_name: optional(anything),
    name: optional(anything),
    phone_number: optional(anything),
    email_address: optional(anything),
    address: optional(anything),
    date_of_birth: optional(anything),
  };
  let created = 0;

  return {
    "/link/token/create": (request) => {
      manner.admitClientCall(request);
      const judged = judge(
        request.body,
        {
          ...CLIENT_FIELDS,
          client_name: text,
          language: text,
          country_codes: listOf(text, 1),
          user: object(user, unknown),
          products: nullable(listOf(text)),
          additional_consented_products: nullable(listOf(text)),
          optional_products: nullable(listOf(text)),
          required_if_supported_products: nullable(listOf(text)),
          webhook: optional(webAddress),
          access_token: nullable(text),
          redirect_uri: optional(webAddress),
          link_customization_name: optional(text),
          hosted_link: optional(anything),
          update: optional(anything),
        },
        unknown,
      );
      const refuse = (message: string) => new ApiError("INVALID_FIELD", { message });
      if (!LANGUAGES.includes(judged.language)) throw refuse(`language must be one of ${LANGUAGES.join(", ")}`);
      const odd = judged.country_codes.find((code) => !COUNTRIES.includes(code));
      if (odd !== undefined) throw refuse(`country_codes must be of ${COUNTRIES.join(", ")}`);
      const isUpdate = judged.access_token !== null;
      if (judged.access_token !== null) items.byToken(provider, judged.access_token);
      if (!isUpdate && (judged.products ?? []).length === 0) throw refuse("products must hold at least one product");
      created += 1;
      const now = clock.now();
      const token = `link-sandbox-${createChance(provider, "link", now, created).uuid()}`;
      return {
        link_token: token,
        expiration: new Date(now + (isUpdate ? REPAIRING_MS : LINKING_MS)).toISOString(),
        ...(judged.hosted_link !== undefined && { hosted_link_url: `https://hosted.example.com/link/${token}` }),
      };
    },
    "/item/access_token/invalidate": (request) => {
      manner.admitItemCall(request);
      const { access_token } = judge(request.body, { ...CLIENT_FIELDS, access_token: text }, unknown);
      return { new_access_token: items.rotateToken(items.byToken(provider, access_token)) };
    },
  };
}
