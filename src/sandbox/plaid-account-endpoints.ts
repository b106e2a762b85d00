import type { AccountIdentity, InvestmentsAuthGetResponse } from "plaid";
import { accountAnswer } from "./answers/account.ts";
import { holdingsAnswer } from "./answers/holdings.ts";
import { transferNumbers } from "./answers/numbers.ts";
import { ApiError } from "./api-error.ts";
import type { Core, Endpoint, Manner } from "./endpoints.ts";
import { ACCOUNT_OPTIONS, accountFilter, chosenAccounts, itemCalls } from "./item-calls.ts";
import { moment, object, optional } from "./judge.ts";
import type { Plain } from "./plain.ts";
import type { WorldInvestment } from "./world/world.ts";

/** Of its accounts that hold no deposits it knows what they were at its last look, every six hours. */
const CAPITAL_ONE = "ins_128026";
const LOOKS_EVERY_MS = 6 * 3_600_000;

/** The endpoints about accounts that Plaid has and Link Money has not, or has otherwise. */
export function createPlaidAccountEndpoints(core: Core, manner: Manner): Record<string, Endpoint> {
  const { clock, items } = core;
  const { onItem, worldOf, withItem } = itemCalls(core, manner);
  const filter = accountFilter(manner);

  return {
    "/accounts/balance/get": onItem(
      {
        options: optional(object({ ...ACCOUNT_OPTIONS, min_last_updated_datetime: optional(moment) }, manner.unknown)),
      },
      (item, { options }) => {
        const accounts = chosenAccounts(worldOf(item), options?.account_ids);
        const isOld = ({ plan }: (typeof accounts)[number]) =>
          items.plan(item).institutionId === CAPITAL_ONE && plan.type !== "depository";
        const looked = clock.now() - (clock.now() % LOOKS_EVERY_MS);
        if (accounts.some(isOld)) demandAge(options?.min_last_updated_datetime, looked);
        const at = `${new Date(looked).toISOString().slice(0, 19)}Z`;
        return withItem(item, {
          accounts: accounts.map((account) => {
            const answer = accountAnswer(account);
            if (!isOld(account)) return answer;
            return { ...answer, balances: { ...answer.balances, last_updated_datetime: at } };
          }),
        });
      },
    ),
    "/identity/get": onItem(filter, (item, { options }) => {
      const accounts = chosenAccounts(worldOf(item), options?.account_ids);
      if (accounts.every(({ plan }) => plan.owner === null)) throw new ApiError("PRODUCTS_NOT_SUPPORTED");
      return withItem(item, {
        accounts: accounts.map((account): Plain<AccountIdentity> => {
          const { owner } = account.plan;
          return { ...accountAnswer(account), owners: owner ? [owner] : [] };
        }),
      });
    }),
    "/investments/auth/get": onItem(filter, (item, { options }) => {
      const world = worldOf(item);
      const accounts = chosenAccounts(world, options?.account_ids).filter(
        (account): account is WorldInvestment => account.plan.type === "investment",
      );
      if (accounts.length === 0) throw new ApiError("NO_INVESTMENT_AUTH_ACCOUNTS");
      const answer: Omit<Plain<InvestmentsAuthGetResponse>, "item" | "request_id"> = {
        ...holdingsAnswer(world, accounts),
        owners: accounts.map(({ id, plan }) => ({ account_id: id, names: [...(plan.owner?.names ?? [])] })),
        numbers: transferNumbers(items.plan(item), accounts),
        data_sources: { numbers: "INSTITUTION", owners: "INSTITUTION", holdings: "INSTITUTION" },
      };
      return withItem(item, answer);
    }),
  };
}

/** @throws ApiError INVALID_FIELD without an age, LAST_UPDATED_DATETIME_OUT_OF_RANGE when the last look was before. */
function demandAge(oldest: string | undefined, looked: number): void {
  const at = Date.parse(oldest ?? "");
  if (Number.isNaN(at)) {
    const message = "options.min_last_updated_datetime must be given for this institution's accounts";
    throw new ApiError("INVALID_FIELD", { message });
  }
  if (looked < at) throw new ApiError("LAST_UPDATED_DATETIME_OUT_OF_RANGE");
}
