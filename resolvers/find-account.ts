import type { Account } from "../schema/account.ts";
import type { Context } from "../src/context.ts";
import { idParts, notFound } from "./ids.ts";
import { unavailableError } from "./unavailable-error.ts";

/** The account that a record is of; null for one of none, or when it cannot be had now. */
export async function accountOfKey(
  context: Context,
  key: { itemId: string; remoteId: string } | null,
): Promise<Account | null> {
  const item = key && (await context.loaders.item(key.itemId));
  return item ? (await context.loaders.account(item, key.remoteId)).value : null;
}

/** The viewer's account of a global id. @throws GatewayError BAD_USER_INPUT, NOT_FOUND, or why it could not be had. */
export async function findAccount(context: Context, id: string): Promise<Account> {
  const [itemUuid, remoteId = ""] = idParts("Account", "id", id);
  const item = await context.loaders.item(itemUuid);
  if (!item) throw notFound("account");
  const { value, unavailable } = await context.loaders.account(item, remoteId);
  if (value) return value;
  throw unavailable[0] ? unavailableError(unavailable[0]) : notFound("account");
}
