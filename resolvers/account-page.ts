import type { GraphQLResolveInfo } from "graphql";
import type { Account } from "../schema/account.ts";
import type { AccountFilter } from "../schema/inputs.ts";
import type { AccountConnection, PageArgs } from "../schema/pagination.ts";
import { hasScope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import { matchAccounts } from "../src/loaders/match-accounts.ts";
import { type AccountPlan, beginBeside, planAccounts, typesOnPage } from "../src/loaders/plan.ts";
import { itemUuidsOf } from "./ids.ts";
import { chosenItems, groupOf, readAll } from "./items.ts";
import { type Placed, pageSize, paginate, placeOf } from "./paginate.ts";
import { selectedFields } from "./selected-fields.ts";

/** A page of accounts: of the viewer, or of one item. What is selected below it is read at the same time. */
export async function accountPage(
  context: Context,
  info: GraphQLResolveInfo,
  filter: AccountFilter,
  page: PageArgs,
  within?: StoredItem,
): Promise<AccountConnection> {
  const first = pageSize(page);
  const plan = planOf(context, info);
  const ofIds = itemUuidsOf("Account", "filter.ids", filter.ids);
  const items = (await chosenItems(context, filter)).filter(
    (item) => (!within || item.id === within.id) && (!ofIds || ofIds.has(item.id)),
  );
  const onPage = expected(items, filter, first, page.after);
  const reads = readAll(
    items,
    (item) => {
      beginBeside(plan, context.loaders, item, onPage.get(item.id) ?? []);
      return context.loaders.accounts(item, { fresh: plan.fresh });
    },
    (accounts) => accounts.map((account) => ({ key: account.remoteId, node: account })),
  );
  if (plan.matches) context.loaders.everyAccount().catch(() => {}); // told by the field that joins it
  const { placed, unavailable } = await reads;
  const chosen = placed.filter(({ node }) => matches(node, filter));
  return paginate("accounts", filter.deduplicate ? eachOnce(items, placed, chosen) : chosen, page, unavailable);
}

/** Of which types the page's accounts will be, by item; nothing is known of lists that are narrowed to single accounts. */
function expected(
  items: readonly StoredItem[],
  { ids, subtypes, types = null }: AccountFilter,
  first: number,
  after: string | null | undefined,
): ReturnType<typeof typesOnPage> {
  const start = after ? placeOf(after) : null;
  const following = start ? items.filter((item) => groupOf(item) >= start.group) : items;
  const [head] = following;
  const passed = start && head && groupOf(head) === start.group ? start.ordinal + 1 : 0;
  return typesOnPage(ids || subtypes ? [] : following, { first, types, passed });
}

/** Of several links of one account the first, by what is known of these items' accounts. */
function eachOnce(
  items: readonly StoredItem[],
  placed: readonly Placed<Account>[],
  chosen: readonly Placed<Account>[],
): Placed<Account>[] {
  const nodes = placed.map(({ node }) => node);
  const { duplicates } = matchAccounts(items, nodes);
  const seen = new Set<string>();
  return chosen.filter(({ node: { id } }) => {
    const first = duplicates.get(id) ?? id;
    return !seen.has(first) && seen.add(first);
  });
}

const plans = new WeakMap<GraphQLResolveInfo["fieldNodes"], AccountPlan>();

/** Made once for a place in an operation, however many items it is resolved for. */
function planOf(context: Context, info: GraphQLResolveInfo): AccountPlan {
  const plan =
    plans.get(info.fieldNodes) ??
    planAccounts([...selectedFields(info)], (scope) => hasScope(context.viewer, scope), context.now());
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
