import { add, type DecimalText, multiply } from "../../decimal.ts";
import { createChance } from "./chance.ts";
import { addMonths, type Day, isoDate, latestDate, marketDay } from "./day.ts";
import type { InvestmentPlan, Position } from "./plan.ts";

/** Something that happened in an investment account. */
export interface Trade {
  id: string;
  day: Day;
  position: Position;
  name: string;
  type: "buy" | "cash";
  subtype: "buy" | "dividend";
  quantity: DecimalText;
  /** Positive when cash leaves the account. */
  amount: DecimalText;
}

/** A savings plan buys a hundredth of what is held today each month; each third month pays dividends. */
const BOUGHT = "0.01";
const PAID = "-0.005";
const ON_DATE = 15;

/** What an investment account did from `since` to `today`, the newest first. Prices stand still, as those of what is held do. */
export function tradesOf(accountId: string, { positions }: InvestmentPlan, since: Day, today: Day): Trade[] {
  const trades: Trade[] = [];
  const invested = positions.filter(({ security }) => security !== "dollar");
  for (let month = latestDate(ON_DATE, today), back = 0; month >= since; month = addMonths(month, -1), back += 1) {
    const day = marketDay(month);
    if (day < since) break;
    for (const position of invested) {
      const worth = multiply(position.price, position.quantity);
      const id = (kind: string) => createChance(accountId, isoDate(month), position.security, kind).id(37);
      if (back % 3 === 2) {
        const amount = rounded(multiply(worth, PAID));
        const cash = { type: "cash", subtype: "dividend", quantity: "0", name: "DIVIDEND RECEIVED" } as const;
        trades.push({ id: id("dividend"), day, position, amount, ...cash });
      }
      const [quantity, amount] = [multiply(position.quantity, BOUGHT), rounded(multiply(worth, BOUGHT))];
      trades.push({ id: id("buy"), day, position, quantity, amount, name: "BUY", type: "buy", subtype: "buy" });
    }
  }
  return trades;
}

/** To whole cents. */
function rounded(amount: DecimalText): DecimalText {
  return add(Number(amount).toFixed(2), "0");
}
