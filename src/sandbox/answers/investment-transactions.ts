import type { InvestmentsTransactionsGetResponse } from "plaid";
import type { Plain } from "../plain.ts";
import { currencyCodes } from "../world/currency-codes.ts";
import { isoDate } from "../world/day.ts";
import { type AnySecurity, securityOf } from "../world/securities.ts";
import { type Trade, tradesOf } from "../world/trades.ts";
import type { World, WorldAccount, WorldInvestment } from "../world/world.ts";
import { investmentAccountAnswer } from "./account.ts";

type Answer = Omit<Plain<InvestmentsTransactionsGetResponse>, "item" | "request_id">;

/** The investment accounts among these, what they traded within the days, newest first, and the securities traded. */
export function investmentTransactionsAnswer(
  world: World,
  among: readonly WorldAccount[],
  { from, to, count, offset }: { from: number; to: number; count: number; offset: number },
): Answer {
  const accounts = among.filter((account): account is WorldInvestment => account.plan.type === "investment");
  const all = accounts
    .flatMap(({ id, plan }) => tradesOf(id, plan, world).map((trade) => ({ accountId: id, ...trade })))
    .filter(({ day }) => day >= from && day <= to)
    .sort((a, b) => b.day - a.day);
  const page = all.slice(offset, offset + count);
  const traded = (security: AnySecurity) => securityOf(security, world.linked, world.today);
  const securities = page.flatMap(({ security }) => (security ? traded(security) : []));
  return {
    accounts: accounts.map(investmentAccountAnswer),
    investment_transactions: page.map(({ accountId, security, ...trade }) => ({
      ...tradeAnswer(trade),
      account_id: accountId,
      cancel_transaction_id: null,
      security_id: security && traded(security).security_id,
    })),
    securities: [...new Map(securities.map((security) => [security.security_id, security])).values()],
    total_investment_transactions: all.length,
    is_investments_fallback_item: false,
  };
}

/** What a trade says of itself, wherever it is told. */
export function tradeAnswer({
  id,
  day,
  name,
  quantity,
  price,
  fees,
  amount,
  type,
  subtype,
  currency,
}: Omit<Trade, "security">) {
  return {
    amount: Number(amount),
    date: isoDate(day),
    fees: Number(fees),
    investment_transaction_id: id,
    ...currencyCodes(currency),
    name,
    price: Number(price),
    quantity: Number(quantity),
    subtype,
    type,
  };
}
