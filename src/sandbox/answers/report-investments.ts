import type { AssetReportInvestments, AssetReportInvestmentTransaction } from "plaid";
import type { Plain } from "../plain.ts";
import { securityOf } from "../world/securities.ts";
import { tradesOf } from "../world/trades.ts";
import type { World, WorldInvestment } from "../world/world.ts";
import { holdingsAnswer } from "./holdings.ts";
import { tradeAnswer } from "./investment-transactions.ts";

/** What an investment account of a report holds, the securities, and what it did in the last `days`. */
export function reportInvestments(account: WorldInvestment, world: World, days: number): Plain<AssetReportInvestments> {
  const { linked, today } = world;
  const { holdings, securities } = holdingsAnswer(world, [account]);
  const tickers = new Map(securities.map((security) => [security.security_id, security.ticker_symbol]));
  return {
    holdings: holdings.map(
      ({ institution_price_datetime: _, vested_quantity: __, vested_value: ___, security_id, ...holding }) => ({
        ...holding,
        security_id,
        ticker_symbol: tickers.get(security_id) ?? null,
      }),
    ),
    securities: securities.map(({ security_id, name, ticker_symbol, type }) => ({
      ...{ security_id, name, ticker_symbol, type },
    })),
    transactions: tradesOf(account.id, account.plan, world)
      .filter(({ day }) => day >= today - days)
      .map(
        ({ security, ...trade }): Plain<AssetReportInvestmentTransaction> => ({
          ...tradeAnswer(trade),
          account_id: account.id,
          security_id: security && securityOf(security, linked, today).security_id,
          vested_quantity: 0,
          vested_value: 0,
        }),
      ),
  };
}
