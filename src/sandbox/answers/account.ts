import type { AccountBase, AssetReportAccountBalance, InvestmentAccount } from "plaid";
import { add, multiply } from "../../decimal.ts";
import type { Plain } from "../plain.ts";
import { type Cents, dollars } from "../world/cents.ts";
import type { Country, Position } from "../world/plan.ts";
import type { WorldAccount } from "../world/world.ts";

/** An account as /accounts/get has it. */
export function accountAnswer(account: WorldAccount): Plain<AccountBase> {
  const { plan, id, persistentId } = account;
  const { margin_loan_amount: _investmentsOnly, ...balances } = balancesOf(account);
  return {
    account_id: id,
    balances,
    holder_category: "personal",
    mask: plan.mask,
    name: plan.name,
    official_name: plan.officialName,
    ...(persistentId !== null && { persistent_account_id: persistentId }),
    subtype: plan.subtype,
    type: plan.type,
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
    iso_currency_code: currencyOf(account),
    margin_loan_amount: null,
    unofficial_currency_code: null,
  };
}

/** Securities are held in dollars wherever they are kept. */
export function currencyOf({ plan: { type, country = "US" } }: WorldAccount): string {
  return type === "investment" ? "USD" : CURRENCIES[country];
}

const CURRENCIES: Readonly<Record<Country, string>> = { US: "USD", CA: "CAD", GB: "GBP", DE: "EUR" };

/** What a position is worth: price × quantity, exactly. */
export function worthOf({ price, quantity }: Position): string {
  return multiply(price, quantity);
}

function amountsOf(account: WorldAccount): { available: number | null; current: number; limit: number | null } {
  if ("loan" in account) return { available: null, current: dollars(account.state.balance), limit: null };
  if ("statement" in account) {
    const left: Cents = account.plan.limit - account.current - account.pending;
    return { available: dollars(left), current: dollars(account.current), limit: dollars(account.plan.limit) };
  }
  if ("current" in account) {
    return { available: dollars(account.current - account.pending), current: dollars(account.current), limit: null };
  }
  const { positions, withdrawable } = account.plan;
  const sum = (list: readonly Position[]) => Number(list.map(worthOf).reduce(add, "0"));
  const cash = sum(positions.filter((position) => position.security === "dollar"));
  return { available: withdrawable ? cash : null, current: sum(positions), limit: null };
}
