import type { GraphQLResolveInfo } from "graphql";
import type { Account } from "../schema/account.ts";
import type { Product } from "../schema/enums.ts";
import type { Unavailable } from "../schema/errors.ts";
import type { Context } from "../src/context.ts";
import { asksFreshBalances } from "./asks-fresh-balances.ts";
import { ownItem } from "./items.ts";

/** Why a product's fields of an account are null; the reads that it looks at are those of the fields themselves. */
export async function accountUnavailable(
  context: Context,
  account: Account,
  product: Product,
  info: GraphQLResolveInfo,
): Promise<Unavailable | null> {
  const item = await ownItem(context, account.itemId);
  switch (product) {
    case "BALANCE":
      return asksFreshBalances(info) ? first(await context.loaders.freshBalances(item)) : null;
    case "LIABILITIES":
      return account.type === "CREDIT" || account.type === "LOAN"
        ? first(await context.loaders.liabilities(item))
        : null;
    case "INVESTMENTS":
      return account.type === "INVESTMENT" ? first(await context.loaders.holdings(item)) : null;
    default:
      return null;
  }
}

function first(read: { unavailable: Unavailable[] }): Unavailable | null {
  return read.unavailable[0] ?? null;
}
