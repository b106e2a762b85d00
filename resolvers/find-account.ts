import type { Account } from "../schema/account.ts";
import type { Context } from "../src/context.ts";
import { idParts, notFound } from "./ids.ts";
import { unavailableError } from "./unavailable-error.ts";

/** The viewer's account of a global id. @throws GatewayError BAD_USER_INPUT, NOT_FOUND, or why it could not be had. */
export async function findAccount(context: Context, id: string): Promise<Account> {
  const [itemUuid, remoteId = ""] = idParts("Account", "id", id);
  const item = await context.loaders.item(itemUuid);
  if (!item) throw notFound("account");
  const { value, unavailable } = await context.loaders.account(item, remoteId);
  if (value) return value;
  throw unavailable[0] ? unavailableError(unavailable[0]) : notFound("account");
}
