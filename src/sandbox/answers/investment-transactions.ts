import type { InvestmentsTransactionsGetResponse } from "plaid";
import type { Plain } from "../plain.ts";
import { isoDate } from "../world/day.ts";
import { securityOf } from "../world/securities.ts";
import { tradesOf } from "../world/trades.ts";
import type { World, WorldAccount, WorldInvestment } from "../world/world.ts";
import { investmentAccountAnswer } from "./account.ts";

type Answer = Omit<Plain<InvestmentsTransactionsGetResponse>, "item" | "request_id">;

/** The investment accounts among these, what they traded within the days, newest first, and the securities traded. */
export function investmentTransactionsAnswer(
  { linked, today, since }: World,
  among: readonly WorldAccount[],
  { from, to, count, offset }: { from: number; to: number; count: number; offset: number },
): Answer {
  const accounts = among.filter((account): account is WorldInvestment => account.plan.type === "investment");
  const all = accounts
    .flatMap(({ id, plan }) => tradesOf(id, plan, since, today).map((trade) => ({ accountId: id, ...trade })))
    .filter(({ day }) => day >= from && day <= to)
    .sort((a, b) => b.day - a.day);
  const page = all.slice(offset, offset + count);
  const securities = new Map(
    page.map(({ position }) => [position.security, securityOf(position.security, linked, today)]),
  );
  return {
    accounts: accounts.map(investmentAccountAnswer),
    investment_transactions: page.map(({ accountId, id, day, position, name, quantity, amount, type, subtype }) => {
      const security = securityOf(position.security, linked, today);
      return {
        account_id: accountId,
        amount: Number(amount),
        cancel_transaction_id: null,
        date: isoDate(day),
        fees: 0,
        investment_transaction_id: id,
        iso_currency_code: "USD",
        name: `${name} ${security.name ?? ""}`.trim(),
        price: type === "buy" ? Number(position.price) : 0,
        quantity: Number(quantity),
        security_id: security.security_id,
        subtype,
        type,
        unofficial_currency_code: null,
      };
    }),
    securities: [...securities.values()],
    total_investment_transactions: all.length,
    is_investments_fallback_item: false,
  };
}
