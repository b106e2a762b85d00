import { decimalText } from "../../decimal.ts";
import { createChance } from "../world/chance.ts";
import { currencyCodes } from "../world/currency-codes.ts";
import { type Day, isoDate } from "../world/day.ts";
import type { PlannedTrade, Position } from "../world/plan.ts";
import { listedUnder, type ToldSecurity } from "../world/securities.ts";
import { tickerParticulars } from "../world/ticker-particulars.ts";
import type { CustomAccount } from "./custom-user-schema.ts";

type Holding = NonNullable<CustomAccount["holdings"]>[number];
type Security = Holding["security"];
type InvestmentTransaction = NonNullable<CustomAccount["investment_transactions"]>[number];

/** The securities of one custom user: each is one, wherever and however often it is named. */
export interface CustomSecurities {
  /** `place` tells those apart that have no name at all. */
  position(holding: Holding, currency: string, place: string): Position;
  /** A trade without a date is of the day of linking. */
  trade(transaction: InvestmentTransaction, currency: string, place: string): PlannedTrade;
}

export function createCustomSecurities(linked: Day): CustomSecurities {
  const known = new Map<string, ToldSecurity>();
  /** As the first told of it, which is why holdings, whose prices are the newest, come first. */
  const security = (told: Security, currency: string, place: string, price?: number, pricedOn?: Day) => {
    const made = toldSecurity(told, currency, place, linked);
    const priced = {
      close_price: price ?? null,
      ...(pricedOn !== undefined && { close_price_as_of: isoDate(pricedOn) }),
    };
    const complete = made.close_price === undefined ? { ...made, ...priced } : made;
    const found = known.get(made.security_id) ?? complete;
    known.set(made.security_id, found);
    return found;
  };
  return {
    position(holding, usual, place) {
      const { institution_price: price, institution_price_as_of: pricedOn, cost_basis: cost } = holding;
      const currency = holding.currency ?? holding.security?.currency ?? usual;
      return {
        security: security(holding.security, currency, place, price, pricedOn),
        quantity: exact(holding.quantity),
        price: exact(price),
        pricedOn,
        cost: cost === undefined ? null : exact(cost),
        currency,
      };
    },
    trade(transaction, usual, place) {
      const { date = linked, quantity, price, fees, security: told } = transaction;
      const currency = transaction.currency ?? told?.currency ?? usual;
      const isNamed = told && Object.values(told).some((part) => part !== undefined);
      const traded = isNamed ? security(told, currency, place, price, date) : null;
      const type = transaction.type ?? usualType(quantity);
      return {
        day: date,
        name: transaction.name ?? `${type.toUpperCase()} ${traded?.name ?? ""}`.trim(),
        type,
        security: traded,
        quantity: exact(quantity),
        price: exact(price),
        fees: exact(fees),
        currency,
      };
    },
  };
}

/** What is known of it by its ticker, and over that what the file tells. */
function toldSecurity(told: Security, currency: string, place: string, linked: Day): ToldSecurity {
  const { ticker_symbol: ticker, isin, cusip, sedol, name } = told ?? {};
  const identity = ticker ?? isin ?? cusip ?? sedol ?? name ?? place;
  const common = {
    security_id: createChance("security", identity).id(37),
    name: null,
    type: "other",
    ...currencyCodes(told?.currency ?? currency),
  };
  const found = ticker === undefined ? null : (listedUnder(ticker, linked) ?? tickerParticulars(ticker));
  const said = Object.entries({ ticker_symbol: ticker, isin, cusip, sedol, name }).filter(
    ([, part]) => part !== undefined,
  );
  return { ...common, ...found, ...Object.fromEntries(said) };
}

function usualType(quantity = 0): PlannedTrade["type"] {
  return quantity > 0 ? "buy" : quantity < 0 ? "sell" : "cash";
}

function exact(amount = 0): string {
  return decimalText(amount) ?? "0";
}
