import { statusAnswer } from "./answers/institution.ts";
import { ApiError } from "./api-error.ts";
import { checkCredentials } from "./check-credentials.ts";
import { type ApiRequest, type Core, createEndpoints, type Dialect, type Endpoint, type Manner } from "./endpoints.ts";
import { createInstitutionEndpoints } from "./institution-endpoints.ts";
import { itemCalls } from "./item-calls.ts";
import { itemIdsOf } from "./item-ids-of.ts";
import { defaultUpdate } from "./item-webhooks.ts";
import type { ItemRecord } from "./items.ts";
import { judge, oneOf, optional, text } from "./judge.ts";
import { linkMoneyShape, pick } from "./link-money-shape.ts";
import { linkMoneyStatus } from "./link-money-status.ts";
import { adviceFor } from "./world/advice.ts";
import { dollars } from "./world/cents.ts";
import { createChance } from "./world/chance.ts";
import { institutionOf } from "./world/institutions.ts";
import type { WorldTransaction } from "./world/world.ts";

/** Link Money: Plaid's API with the differences of its own guide. */
export function createLinkMoney(core: Core): Dialect {
  const { clock, items, keys } = core;
  const manner: Manner = {
    provider: "LINK_MONEY",
    unknown: "ignore",
    accessToken: optional(text),
    admitItemCall: requireToken,
    admitClientCall: (request) => checkCredentials(request, core),
    tokenOf: (request) => tokenOf(request) ?? "",
    transactions: { extras: adviceOf },
  };
  const { "/investments/refresh": _lacking, ...shared } = createEndpoints(core, manner);
  const shaped = (path: string, endpoint: Endpoint): Endpoint => {
    return async (request) => linkMoneyShape(path, await endpoint(request));
  };
  const own = Object.fromEntries(Object.entries(shared).map(([path, endpoint]) => [path, shaped(path, endpoint)]));
  const holdings = own["/investments/holdings/get"];

  /** What Link Money's sandbox page has: new transactions are told of, and the answer is empty. */
  const { onItem } = itemCalls(core, manner);
  const fireWebhook = onItem({ webhook_code: oneOf(["DEFAULT_UPDATE"]) }, (item) => {
    if (item.webhook === null) throw new ApiError("SANDBOX_WEBHOOK_INVALID");
    core.tell(item, item.webhook, { ...defaultUpdate("TRANSACTIONS", items.world(item)), item_id: item.itemId });
    return {};
  });

  /** What is nobody's own: by a person's token, or the client's credentials. */
  const admit = (request: ApiRequest) => {
    const token = tokenOf(request);
    if (token === null) checkCredentials(request, core);
    else items.byToken("LINK_MONEY", token);
  };

  return {
    provider: "LINK_MONEY",
    prefix: "/v1/plaid",
    endpoints: {
      ...own,
      // the guide's heading has it so, and its example the other way
      ...(holdings && { "/investment/holdings/get": holdings }),
      "/sandbox/item/fire_webhook": fireWebhook,
      ...createInstitutionEndpoints(core, {
        unknown: manner.unknown,
        byCountry: false,
        admit,
        shape: (institution) => pick(institution, ["institution_id", "name"]),
      }),
      "/institutions/get_by_id": (request) => {
        admit(request);
        const { institution_id } = judge(request.body, { institution_id: text }, "ignore");
        const institution = institutionOf(institution_id);
        if (!institution) throw new ApiError("INVALID_INSTITUTION");
        const { id, name, primaryColor, url } = institution;
        const status = linkMoneyStatus(statusAnswer(institution, clock));
        return {
          institution: {
            institution_id: id,
            name,
            status: { ...status, primary_color: primaryColor, url, logo: null },
          },
        };
      },
      "/webhook__verification_key": (request) => {
        checkCredentials(request, core, "client_secret");
        const { key_id } = judge(request.body, { key_id: text }, "ignore");
        const key = keys.publicKey("LINK_MONEY", key_id);
        if (!key) throw new ApiError("INVALID_WEBHOOK_VERIFICATION_KEY_ID");
        return { key };
      },
    },
    itemIdsOf: (request) => itemIdsOf(core, "LINK_MONEY", request.body, tokenOf(request)),
  };
}

/** The user's token: a bearer token, or in the body. */
function tokenOf({ headers, body }: ApiRequest): string | null {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer ?? (typeof body.access_token === "string" ? body.access_token : null);
}

function requireToken(request: ApiRequest): void {
  if (tokenOf(request) === null) {
    throw new ApiError("MISSING_FIELDS", { message: "the following required fields are missing: access_token" });
  }
}

/** FinGoal's saving advice, and whose transaction it is. */
function adviceOf({ description }: WorldTransaction, { seed, user }: ItemRecord): object {
  const uid = createChance(seed, user, "uid").id(24);
  const advice = adviceFor(description.kind);
  if (!advice) return { uid };
  return {
    uid,
    insight_text: advice.text,
    insight_ctaurl: `https://advice.example.com/${advice.page}`,
    finsight_image: `https://advice.example.com/${advice.page}.png`,
    recommendation: advice.recommendation,
    amountFound: dollars(advice.saves),
  };
}
