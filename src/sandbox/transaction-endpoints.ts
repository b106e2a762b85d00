import { accountAnswer } from "./answers/account.ts";
import { investmentTransactionsAnswer } from "./answers/investment-transactions.ts";
import { transactionsAnswer } from "./answers/transactions.ts";
import { ApiError } from "./api-error.ts";
import { askedHistory, noteAskedHistory } from "./asked-history.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { ACCOUNT_OPTIONS, chosenAccounts, itemCalls } from "./item-calls.ts";
import { defaultUpdate, type ItemWebhook, syncUpdates } from "./item-webhooks.ts";
import type { ItemRecord } from "./items.ts";
import { date, flag, integer, nullable, object, oneOf, optional } from "./judge.ts";

/** Transactions, trades, and the asking for newer ones: what a refresh finds is told by webhook at once. */
export function createTransactionEndpoints(core: Core, manner: Manner): Record<string, Endpoint> {
  const { unknown, transactions } = manner;
  const { onItem, worldOf, withItem } = itemCalls(core, manner);
  const paged = {
    ...ACCOUNT_OPTIONS,
    count: optional(integer(1, 500)),
    offset: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  };
  const dated = { start_date: date, end_date: date };
  const spanOf = ({ start_date: from, end_date: to }: { start_date: number; end_date: number }) => {
    if (from > to) throw new ApiError("INVALID_FIELD", { message: "start_date must not be after end_date" });
    return { from, to };
  };
  const tell = (item: ItemRecord, ...webhooks: ItemWebhook[]) => {
    if (item.webhook === null) return;
    for (const webhook of webhooks) core.tell(item, item.webhook, { ...webhook, item_id: item.itemId });
  };

  return {
    "/transactions/get": onItem(
      {
        ...dated,
        options: optional(
          object(
            {
              ...paged,
              include_original_description: nullable(flag),
              include_personal_finance_category: optional(flag),
              include_personal_finance_category_beta: optional(flag),
              include_logo_and_counterparty_beta: optional(flag),
              personal_finance_category_version: optional(oneOf(["v1", "v2"])),
              days_requested: optional(integer(1, 730)),
            },
            unknown,
          ),
        ),
      },
      (item, { options, ...days }) => {
        noteAskedHistory(core.items, item, options?.days_requested);
        const accounts = chosenAccounts(askedHistory(worldOf(item), item), options?.account_ids).filter(
          ({ plan }) => plan.type !== "investment",
        );
        const answer = transactionsAnswer(accounts, {
          ...spanOf(days),
          ...{ count: options?.count ?? 100, offset: options?.offset ?? 0 },
          originalDescription: options?.include_original_description ?? false,
          personalFinanceCategory: options?.include_personal_finance_category ?? false,
          extras: (one) => transactions.extras?.(one, item) ?? {},
        });
        return withItem(item, { accounts: accounts.map(accountAnswer), ...answer });
      },
    ),
    "/transactions/refresh": onItem({}, (item) => {
      const world = worldOf(item);
      tell(item, defaultUpdate("TRANSACTIONS", world), ...(item.synced ? [syncUpdates()] : []));
      return {};
    }),
    "/investments/transactions/get": onItem(
      { ...dated, options: optional(object({ ...paged, async_update: optional(flag) }, unknown)) },
      (item, { options, ...days }) => {
        const world = worldOf(item);
        const answer = investmentTransactionsAnswer(world, chosenAccounts(world, options?.account_ids), {
          ...spanOf(days),
          ...{ count: options?.count ?? 100, offset: options?.offset ?? 0 },
        });
        if (answer.accounts.length === 0) throw new ApiError("NO_INVESTMENT_ACCOUNTS");
        return withItem(item, answer);
      },
    ),
    "/investments/refresh": onItem({}, (item) => {
      const world = worldOf(item);
      if (world.accounts.every(({ plan }) => plan.type !== "investment")) throw new ApiError("NO_INVESTMENT_ACCOUNTS");
      tell(item, defaultUpdate("HOLDINGS", world), defaultUpdate("INVESTMENTS_TRANSACTIONS", world));
      return {};
    }),
  };
}
