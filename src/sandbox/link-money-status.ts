import type { statusAnswer } from "./answers/institution.ts";

type Wire = Record<string, unknown>;

/**
 * An institution's health as the guide's example writes it: mostly `error_link_money`, but `error_plaid` here and there,
 * a `balance` of its own, and `liabilities` inside `investments` with its breakdown under another name.
 */
export function linkMoneyStatus(status: ReturnType<typeof statusAnswer>): object {
  const own = (health: Wire | null | undefined): Wire => {
    const { error_plaid, ...breakdown } = (health?.breakdown ?? {}) as Wire;
    return { ...health, breakdown: { ...breakdown, error_link_money: error_plaid } };
  };
  const wire = status as Record<keyof typeof status, Wire | null | undefined>;
  const { breakdown, ...liabilities } = wire.liabilities ?? {};
  return {
    item_logins: own(wire.item_logins),
    transactions_updates: own(wire.transactions_updates),
    auth: own(wire.auth),
    balance: own(wire.auth),
    identity: own(wire.identity),
    investments: { ...own(wire.investments), liabilities: { ...liabilities, error_link_money: breakdown } },
    investments_updates: wire.investments_updates,
    liabilities_updates: wire.liabilities_updates,
  };
}
