import { add, compare, type DecimalText, multiply } from "../../decimal.ts";
import { createChance } from "./chance.ts";
import { addMonths, calendar, type Day, isoDate, latestDate, marketDay } from "./day.ts";
import type { InvestmentPlan, PlannedTrade } from "./plan.ts";
import { securityOf } from "./securities.ts";
import type { World } from "./world.ts";

/** Something that happened in an investment account. */
export interface Trade extends PlannedTrade {
  id: string;
  subtype: "account fee" | "buy" | "deposit" | "dividend" | "sell" | "transfer" | "withdrawal";
  /** Positive when cash leaves the account. */
  amount: DecimalText;
}

/** A savings plan buys a hundredth of what was held at linking each month; March, June, September and December pay dividends. */
const BOUGHT = "0.01";
const PAID = "-0.005";
const ON_DATE = 15;

/** What an investment account of an item's world did up to today, the newest first. */
export function tradesOf(accountId: string, { positions, trades }: InvestmentPlan, world: TradingDays): Trade[] {
  return trades ? plannedTrades(accountId, trades, world.today) : savingsPlan(accountId, positions, world);
}

/** From when to when is traded, and the day of linking. */
export type TradingDays = Pick<World, "since" | "linked" | "today">;

function plannedTrades(accountId: string, trades: readonly PlannedTrade[], today: Day): Trade[] {
  return trades
    .map((trade, index): Trade => {
      const amount = worthOf(trade);
      const id = createChance(accountId, isoDate(trade.day), "trade", index).id(37);
      return { ...trade, id, amount, subtype: subtypeOf(trade.type, amount) };
    })
    .filter(({ day }) => day <= today)
    .sort((a, b) => b.day - a.day);
}

/** Price × quantity; of a fee without them, what it comes to. */
function worthOf({ type, price, quantity, fees }: PlannedTrade): DecimalText {
  const amount = multiply(price, quantity);
  return type === "fee" && amount === "0" ? fees : amount;
}

function subtypeOf(type: PlannedTrade["type"], amount: DecimalText): Trade["subtype"] {
  if (type === "fee") return "account fee";
  if (type === "cash") return compare(amount, "0") < 0 ? "deposit" : "withdrawal";
  return type;
}

/** Prices stand still, as those of what is held do. */
function savingsPlan(
  accountId: string,
  positions: InvestmentPlan["positions"],
  { since, linked, today }: TradingDays,
): Trade[] {
  const trades: Trade[] = [];
  const invested = positions.filter(({ security }) => security !== "dollar");
  for (let month = latestDate(ON_DATE, today); month >= since; month = addMonths(month, -1)) {
    const day = marketDay(month);
    if (day < since) break;
    for (const position of invested) {
      const worth = multiply(position.price, position.quantity);
      const { security, price } = position;
      const key = typeof security === "string" ? security : security.security_id;
      const id = (kind: string) => createChance(accountId, isoDate(month), key, kind).id(37);
      const told = securityOf(security, linked, today).name ?? "";
      const name = (what: string) => `${what} ${told}`.trim();
      const common = { day, security, fees: "0", currency: position.currency ?? "USD" };
      if (calendar(month).month % 3 === 2) {
        const amount = rounded(multiply(worth, PAID));
        const cash = { type: "cash", subtype: "dividend", quantity: "0", price: "0" } as const;
        trades.push({ ...common, ...cash, id: id("dividend"), name: name("DIVIDEND RECEIVED"), amount });
      }
      const [quantity, amount] = [multiply(position.quantity, BOUGHT), rounded(multiply(worth, BOUGHT))];
      trades.push({
        ...common,
        id: id("buy"),
        name: name("BUY"),
        type: "buy",
        subtype: "buy",
        quantity,
        price,
        amount,
      });
    }
  }
  return trades;
}

/** To whole cents. */
function rounded(amount: DecimalText): DecimalText {
  return add(Number(amount).toFixed(2), "0");
}
