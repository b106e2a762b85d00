import type { GraphQLResolveInfo } from "graphql";
import type { Account } from "../schema/account.ts";
import type { Product } from "../schema/enums.ts";
import type { Unavailable } from "../schema/errors.ts";
import { hasScope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import { asksFreshBalances } from "./asks-fresh-balances.ts";
import { ownItem } from "./items.ts";

/**
 * Why a product's fields of an account are null; the reads that it looks at are those of the fields themselves. Where the viewer lacks
 * the fields' scope their own error says so, and nothing is read.
 */
export async function accountUnavailable(
  context: Context,
  account: Account,
  product: Product,
  info: GraphQLResolveInfo,
): Promise<Unavailable | null> {
  const { loaders, viewer } = context;
  const item = await ownItem(context, account.itemId);
  switch (product) {
    case "BALANCE":
      return asksFreshBalances(info) ? first(await loaders.freshBalances(item)) : null;
    case "LIABILITIES":
      return account.type === "CREDIT" || account.type === "LOAN" ? first(await loaders.liabilities(item)) : null;
    case "INVESTMENTS":
      return account.type === "INVESTMENT" ? first(await loaders.holdings(item)) : null;
    case "IDENTITY":
      return hasScope(viewer, "pii:read") ? first(await loaders.owners(item)) : null;
    case "AUTH":
      return account.type === "DEPOSITORY" && hasScope(viewer, "numbers:read")
        ? first(await loaders.numbers(item))
        : null;
    case "INVESTMENTS_AUTH":
      return account.type === "INVESTMENT" && hasScope(viewer, "numbers:read")
        ? first(await loaders.transfers(item))
        : null;
    default:
      return null;
  }
}

function first(read: { unavailable: Unavailable[] }): Unavailable | null {
  return read.unavailable[0] ?? null;
}
