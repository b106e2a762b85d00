import type { Account } from "../schema/account.ts";
import type { AccountFilter } from "../schema/inputs.ts";
import type { AccountConnection, PageArgs } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import { itemUuidsOf } from "./ids.ts";
import { chosenItems, readAll } from "./items.ts";
import { pageSize, paginate } from "./paginate.ts";

/** A page of accounts: of the viewer, or of one item. */
export async function accountPage(
  context: Context,
  filter: AccountFilter,
  page: PageArgs,
  within?: StoredItem,
): Promise<AccountConnection> {
  pageSize(page);
  const ofIds = itemUuidsOf("Account", "filter.ids", filter.ids);
  const items = (await chosenItems(context, filter)).filter(
    (item) => (!within || item.id === within.id) && (!ofIds || ofIds.has(item.id)),
  );
  const { placed, unavailable } = await readAll(
    items,
    (item) => context.loaders.accounts(item),
    (accounts) => accounts.map((account) => ({ key: account.remoteId, node: account })),
  );
  return paginate(
    "accounts",
    placed.filter(({ node }) => matches(node, filter)),
    page,
    unavailable,
  );
}

function matches(account: Account, { ids, types, subtypes }: AccountFilter): boolean {
  return (
    (!ids || ids.includes(account.id)) &&
    (!types || types.includes(account.type)) &&
    (!subtypes || (account.subtype !== null && subtypes.includes(account.subtype)))
  );
}
