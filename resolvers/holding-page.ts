import type { Account } from "../schema/account.ts";
import type { Holding } from "../schema/holding.ts";
import type { HoldingFilter } from "../schema/inputs.ts";
import type { HoldingConnection, PageArgs } from "../schema/pagination.ts";
import type { Security } from "../schema/security.ts";
import type { Context } from "../src/context.ts";
import { encodeId } from "../src/ids.ts";
import type { StoredItem } from "../src/loaders/loaders.ts";
import { chosenItems, readAll } from "./items.ts";
import { pageSize, paginate } from "./paginate.ts";

/** A page of holdings: of the viewer, of one item, or of one account. */
export async function holdingPage(
  context: Context,
  filter: HoldingFilter,
  page: PageArgs,
  within: { item?: StoredItem; account?: Account } = {},
): Promise<HoldingConnection> {
  pageSize(page);
  const items = (await chosenItems(context, filter)).filter((item) => !within.item || item.id === within.item.id);
  const { placed, unavailable } = await readAll(
    items,
    (item) => context.loaders.holdings(item),
    ({ holdings, securities }) =>
      holdings
        .filter(
          (holding) =>
            (!within.account || holding.remoteAccountId === within.account.remoteId) &&
            matches(holding, securities.get(holding.remoteSecurityId ?? ""), filter),
        )
        .map((holding) => ({ key: holding.id, node: holding })),
  );
  return paginate("holdings", placed, page, unavailable);
}

function matches(holding: Holding, security: Security | undefined, filter: HoldingFilter): boolean {
  const { accountIds, tickerSymbols, securityTypes } = filter;
  return (
    (!accountIds || accountIds.includes(encodeId("Account", holding.itemId ?? "", holding.remoteAccountId))) &&
    (!tickerSymbols || isAmong(security?.tickerSymbol, tickerSymbols)) &&
    (!securityTypes || isAmong(security?.type, securityTypes))
  );
}

function isAmong(value: string | null | undefined, wanted: readonly string[]): boolean {
  return value !== null && value !== undefined && wanted.includes(value);
}
