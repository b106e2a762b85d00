import type { Holding, InvestmentsHoldingsGetResponse } from "plaid";
import type { Plain } from "../plain.ts";
import { currencyCodes } from "../world/currency-codes.ts";
import { isoDate, marketDay } from "../world/day.ts";
import { securityOf } from "../world/securities.ts";
import type { World, WorldAccount, WorldInvestment } from "../world/world.ts";
import { investmentAccountAnswer, worthOf } from "./account.ts";

type HoldingsAnswer = Pick<Plain<InvestmentsHoldingsGetResponse>, "accounts" | "holdings" | "securities">;

/** The investment accounts among these, what they hold, and the securities held. */
export function holdingsAnswer(world: World, among: readonly WorldAccount[]): HoldingsAnswer {
  const accounts = among.filter((account): account is WorldInvestment => account.plan.type === "investment");
  const held = accounts
    .flatMap((account) => account.positions)
    .map(({ security }) => securityOf(security, world.linked, world.today));
  return {
    accounts: accounts.map(investmentAccountAnswer),
    holdings: accounts.flatMap((account) => holdingsOf(account, world)),
    securities: [...new Map(held.map((security) => [security.security_id, security])).values()],
  };
}

function holdingsOf({ id, plan, positions }: WorldInvestment, { linked, today }: World): Plain<Holding>[] {
  return positions.map((position) => {
    const value = Number(worthOf(position));
    const quantity = Number(position.quantity);
    const earned = plan.subtype === "401k" && { vested_quantity: quantity, vested_value: value };
    return {
      account_id: id,
      cost_basis: position.cost === null ? null : Number(position.cost),
      institution_price: Number(position.price),
      institution_price_as_of: isoDate(position.pricedOn ?? marketDay(today)),
      institution_price_datetime: null,
      institution_value: value,
      ...currencyCodes(position.currency ?? "USD"),
      quantity,
      security_id: securityOf(position.security, linked, today).security_id,
      ...earned,
    };
  });
}
