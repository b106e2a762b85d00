import { add, subtract } from "../../decimal.ts";
import type { InvestmentPlan, Position } from "./plan.ts";
import { type Trade, type TradingDays, tradesOf } from "./trades.ts";

/**
 * What an investment account holds today: what it held when it was linked and what a savings plan bought since, which comes from outside,
 * while dividends are kept as cash. Of an account whose trades are given, what it holds is given too.
 */
export function positionsAfter(plan: InvestmentPlan, days: TradingDays): readonly Position[] {
  if (plan.trades) return plan.positions;
  const since = tradesOf(plan.key, plan, days).filter(({ day }) => day > days.linked);
  return plan.positions.map((position) => since.reduce(afterTrade, position));
}

function afterTrade(position: Position, { subtype, security, quantity, amount, currency }: Trade): Position {
  const paidOut = subtype === "dividend" && position.security === "dollar" && currency === (position.currency ?? "USD");
  if (!paidOut && !(subtype === "buy" && position.security === security)) return position;
  const [more, spent] = paidOut ? [subtract("0", amount), subtract("0", amount)] : [quantity, amount];
  const { cost } = position;
  return { ...position, quantity: add(position.quantity, more), cost: cost && add(cost, spent) };
}
