import { itemAnswer } from "./answers/item.ts";
import { ApiError } from "./api-error.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import type { ItemRecord } from "./items.ts";
import { CLIENT_FIELDS, type Fields, type Judged, judge, listOf, object, optional, text } from "./judge.ts";
import type { World, WorldAccount } from "./world/world.ts";

/** What endpoints about one item have in common. */
export interface ItemCalls {
  /** An endpoint that takes an access token and these fields. */
  onItem<F extends Fields>(fields: F, answer: (item: ItemRecord, fields: Judged<F>) => object): Endpoint;
  /** What the item holds. @throws ApiError where its user says so: ITEM_LOGIN_REQUIRED. */
  worldOf(item: ItemRecord): World;
  /** The answer together with the item, as most have it. */
  withItem(item: ItemRecord, answer: object): object;
}

export function itemCalls({ items }: Pick<Core, "items">, manner: Manner): ItemCalls {
  const { provider, unknown } = manner;
  return {
    onItem: (fields, answer) => (request) => {
      manner.admitItemCall(request);
      const known = { ...CLIENT_FIELDS, access_token: manner.accessToken, ...fields };
      const judged = judge(request.body, known, unknown);
      return answer(items.byToken(provider, manner.tokenOf(request)), judged);
    },
    worldOf(item) {
      const { error } = items.plan(item);
      if (error) throw new ApiError(error);
      return items.world(item);
    },
    withItem: (item, answer) => ({ ...answer, item: itemAnswer(item, items.plan(item)) }),
  };
}

/** The option that chooses some of an item's accounts. */
export const ACCOUNT_OPTIONS = { account_ids: optional(listOf(text, 1)) };

/** The field of an endpoint that has this option alone. */
export function accountFilter({ unknown }: Pick<Manner, "unknown">) {
  return { options: optional(object(ACCOUNT_OPTIONS, unknown)) };
}

/** The accounts of these ids; all without ids. @throws ApiError INVALID_ACCOUNT_ID. */
export function chosenAccounts({ accounts }: World, ids: string[] | undefined): WorldAccount[] {
  if (!ids) return accounts;
  if (ids.some((id) => !accounts.some((account) => account.id === id))) throw new ApiError("INVALID_ACCOUNT_ID");
  return accounts.filter((account) => ids.includes(account.id));
}
