import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { AccountPlan, UserPlan } from "../plan.ts";
import { income, interest, shopping } from "../routines.ts";
import type { ToldSecurity } from "../securities.ts";

const owner = OWNERS.john;
const kept = { type: "depository", officialName: null, owner } as const;

const bitcoin: ToldSecurity = {
  ...{ security_id: "wZ3xQ7Pn1LdKbRv9aEmG5XgJy4DoNqVkB6rWA", name: "Bitcoin", ticker_symbol: "BTC" },
  ...{ type: "cryptocurrency", close_price: 61_250.5 },
};

/** Accounts in six currencies, of which ISO 4217 knows all but the bitcoin, and a custody account with holdings in three. */
const accounts: readonly AccountPlan[] = [
  { ...kept, key: "euro", name: "Girokonto", mask: "4901", subtype: "checking", opening: 231_045, country: "DE" },
  { ...kept, key: "pound", name: "Current Account", mask: "4902", subtype: "checking", opening: 98_760, country: "GB" },
  {
    ...kept,
    key: "yen",
    name: "Yen Deposit",
    mask: "4903",
    subtype: "money market",
    opening: 48_000_000,
    currency: "JPY",
  },
  {
    ...kept,
    key: "franc",
    name: "Franken-Sparkonto",
    mask: "4904",
    subtype: "cd",
    opening: 1_250_000,
    currency: "CHF",
  },
  {
    ...{ key: "bitcoin", name: "Bitcoin Account", officialName: null, mask: "4905", type: "other", subtype: "other" },
    ...{ opening: 48, currency: "BTC", owner },
  },
  {
    ...{ key: "custody", name: "World Custody", officialName: null, mask: "4906", type: "investment" },
    ...{ subtype: "brokerage", withdrawable: true, owner },
    positions: [
      { security: bitcoin, quantity: "0.04812", price: "61250.5", cost: "1500" },
      { security: "wholeMarket", quantity: "8", price: "101.2", cost: "760", currency: "EUR" },
      { security: "southside", quantity: "12.5", price: "27.8", cost: null, currency: "GBP" },
      { security: "dollar", quantity: "640.15", price: "1", cost: "640.15" },
    ],
  },
];

export const currencies: UserPlan = {
  institutionId: "ins_109513",
  accounts,
  routines: [
    income(
      "euro",
      1,
      210_000,
      ach("wages", "Tern & Sons", { raw: "TERN UND SOEHNE GEHALT 70028", payer: "Tern & Sons" }),
    ),
    shopping("euro", 50, ["books", "taxi"]),
    income("pound", 20, 9_500, ach("deposit", "Lodger", { raw: "STANDING ORDER LODGER 4902", payer: "A Lodger" })),
    shopping("pound", 5, ["books"]),
    interest("pound", 150),
    interest("franc", 25),
    income("bitcoin", 15, 1, ach("transferIn", "Block Reward", { raw: "BLOCK REWARD 840000", payer: "Block Reward" })),
  ],
};
