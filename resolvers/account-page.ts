import type { GraphQLResolveInfo } from "graphql";
import type { Account } from "../schema/account.ts";
import type { AccountFilter } from "../schema/inputs.ts";
import type { AccountConnection, PageArgs } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import { type AccountPlan, beginBeside, planAccounts } from "../src/loaders/plan.ts";
import { itemUuidsOf } from "./ids.ts";
import { chosenItems, readAll } from "./items.ts";
import { pageSize, paginate } from "./paginate.ts";
import { selectedFields } from "./selected-fields.ts";

/** A page of accounts: of the viewer, or of one item. What is selected below it is read at the same time. */
export async function accountPage(
  context: Context,
  info: GraphQLResolveInfo,
  filter: AccountFilter,
  page: PageArgs,
  within?: StoredItem,
): Promise<AccountConnection> {
  pageSize(page);
  const plan = planOf(info);
  const ofIds = itemUuidsOf("Account", "filter.ids", filter.ids);
  const items = (await chosenItems(context, filter)).filter(
    (item) => (!within || item.id === within.id) && (!ofIds || ofIds.has(item.id)),
  );
  const { placed, unavailable } = await readAll(
    items,
    (item) => {
      beginBeside(plan, context.loaders, item, filter.types ?? null);
      return context.loaders.accounts(item, { fresh: plan.fresh });
    },
    (accounts) => accounts.map((account) => ({ key: account.remoteId, node: account })),
  );
  return paginate(
    "accounts",
    placed.filter(({ node }) => matches(node, filter)),
    page,
    unavailable,
  );
}

const plans = new WeakMap<GraphQLResolveInfo["fieldNodes"], AccountPlan>();

/** Made once for a place in an operation, however many items it is resolved for. */
function planOf(info: GraphQLResolveInfo): AccountPlan {
  const plan = plans.get(info.fieldNodes) ?? planAccounts(selectedFields(info));
  plans.set(info.fieldNodes, plan);
  return plan;
}

function matches(account: Account, { ids, types, subtypes }: AccountFilter): boolean {
  return (
    (!ids || ids.includes(account.id)) &&
    (!types || types.includes(account.type)) &&
    (!subtypes || (account.subtype !== null && subtypes.includes(account.subtype)))
  );
}
