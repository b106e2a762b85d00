import type { AccountBase, AssetReportAccountBalance, InvestmentAccount } from "plaid";
import { add, multiply } from "../../decimal.ts";
import type { Plain } from "../plain.ts";
import { dollars } from "../world/cents.ts";
import { currencyCodes } from "../world/currency-codes.ts";
import type { Country, Position } from "../world/plan.ts";
import type { WorldAccount } from "../world/world.ts";

/** An account as /accounts/get has it. */
export function accountAnswer(account: WorldAccount): Plain<AccountBase> {
  const { plan, id, persistentId, verification } = account;
  const { margin_loan_amount: _investmentsOnly, ...balances } = balancesOf(account);
  return {
    account_id: id,
    balances,
    holder_category: plan.holder ?? "personal",
    mask: plan.mask,
    name: plan.name,
    official_name: plan.officialName,
    ...(persistentId !== null && { persistent_account_id: persistentId }),
    subtype: plan.subtype,
    type: plan.type,
    ...(verification !== undefined && { verification_status: verification }),
  };
}

/** An account as /investments/holdings/get has it. */
export function investmentAccountAnswer(account: WorldAccount): Plain<InvestmentAccount> {
  return { ...accountAnswer(account), balances: balancesOf(account) };
}

/** All that is told of an account's balances. */
export function balancesOf(account: WorldAccount): Plain<AssetReportAccountBalance> {
  return {
    ...amountsOf(account),
    ...currencyCodes(currencyOf(account)),
    margin_loan_amount: null,
  };
}

/** Securities are held in dollars wherever they are kept, unless their plan says otherwise. */
export function currencyOf({ plan: { type, country = "US", currency } }: WorldAccount): string {
  return currency ?? (type === "investment" ? "USD" : CURRENCIES[country]);
}

const CURRENCIES: Readonly<Record<Country, string>> = { US: "USD", CA: "CAD", GB: "GBP", DE: "EUR" };

/** What a position is worth: price × quantity, exactly. */
export function worthOf({ price, quantity }: Position): string {
  return multiply(price, quantity);
}

function amountsOf(account: WorldAccount): { available: number | null; current: number; limit: number | null } {
  const { available } = account.plan;
  const amounts = reckonedOf(account);
  return available === undefined ? amounts : { ...amounts, available: available === null ? null : dollars(available) };
}

function reckonedOf(account: WorldAccount): { available: number | null; current: number; limit: number | null } {
  if ("loan" in account) return { available: null, current: dollars(account.state.balance), limit: null };
  if ("statement" in account) {
    const { limit } = account.plan;
    const left = limit === null ? null : dollars(limit - account.current - account.pending);
    return { available: left, current: dollars(account.current), limit: limit === null ? null : dollars(limit) };
  }
  if ("current" in account) {
    const { current, pending, plan } = account;
    if (plan.type === "loan") return { available: null, current: dollars(current), limit: null };
    const limit = plan.limit === undefined ? null : dollars(plan.limit);
    return { available: dollars(current - pending), current: dollars(current), limit };
  }
  const { positions, plan } = account;
  const { withdrawable, atLinking } = plan;
  const sum = (list: readonly Position[]) => Number(list.map(worthOf).reduce(add, "0"));
  const cash = sum(positions.filter((position) => position.security === "dollar"));
  const own = positions.filter(({ currency = "USD" }) => currency === currencyOf(account));
  const current = atLinking === undefined ? sum(own) : dollars(atLinking);
  return { available: withdrawable ? cash : null, current, limit: null };
}
