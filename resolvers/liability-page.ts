import type { LiabilityFilter } from "../schema/inputs.ts";
import type { Liability } from "../schema/liability.ts";
import type { LiabilityConnection, PageArgs } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import { encodeId } from "../src/ids.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import { chosenItems, readAll } from "./items.ts";
import { pageSize, paginate } from "./paginate.ts";

/** A page of liabilities: of the viewer, or of one item. */
export async function liabilityPage(
  context: Context,
  filter: LiabilityFilter,
  page: PageArgs,
  within?: StoredItem,
): Promise<LiabilityConnection> {
  pageSize(page);
  const items = (await chosenItems(context, filter)).filter((item) => !within || item.id === within.id);
  const { placed, unavailable } = await readAll(
    items,
    (item) => context.loaders.liabilities(item),
    ({ liabilities }) =>
      liabilities
        .filter((liability) => matches(liability, filter))
        .map((node) => ({ key: node.id, node: node as Liability })),
  );
  return paginate("liabilities", placed, page, unavailable);
}

function matches(liability: Liability, { accountIds, kinds, overdueOnly }: LiabilityFilter): boolean {
  const { itemId, remoteAccountId } = liability;
  const account = remoteAccountId === null ? null : encodeId("Account", itemId, remoteAccountId);
  return (
    (!accountIds || (account !== null && accountIds.includes(account))) &&
    (!kinds || kinds.includes(liability.kind)) &&
    (!overdueOnly || liability.isOverdue === true)
  );
}
