import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";

/** The demo household's brokerage: retirement and taxable accounts with every kind of security of the aggregators' examples. */
export const brokerage: UserPlan = {
  institutionId: "ins_109511",
  accounts: [
    {
      key: "ira",
      name: "Plaid IRA",
      officialName: null,
      mask: "5555",
      type: "investment",
      subtype: "ira",
      withdrawable: false,
      owner: OWNERS.alberta,
      positions: [
        { security: "netflixCall", quantity: "10000", price: "0.011", cost: "100" },
        { security: "dollar", quantity: "210.76", price: "1", cost: "210.76" },
      ],
    },
    {
      key: "401k",
      name: "Plaid 401k",
      officialName: null,
      mask: "6666",
      type: "investment",
      subtype: "401k",
      withdrawable: false,
      owner: OWNERS.alberta,
      // Together 23631.9805: four decimals, as in the aggregators' examples.
      positions: [
        { security: "achillion", quantity: "1", price: "2.11", cost: "1.5" },
        { security: "doubleLine", quantity: "2", price: "10.42", cost: "20" },
        { security: "pacificTiger", quantity: "23.567", price: "27", cost: "542.041" },
        { security: "indexPortfolio", quantity: "100.05", price: "13.73", cost: "1500.75" },
        { security: "stableValue", quantity: "616.891", price: "15", cost: null },
        { security: "dollar", quantity: "12345.67", price: "1", cost: "12345.67" },
      ],
    },
    {
      key: "brokerage",
      name: "Plaid Brokerage",
      officialName: "Plaid Individual Brokerage",
      mask: "4646",
      type: "investment",
      subtype: "brokerage",
      withdrawable: true,
      owner: OWNERS.alberta,
      positions: [
        { security: "southside", quantity: "40", price: "34.73", cost: "1290.4" },
        { security: "wholeMarket", quantity: "35.5", price: "118.4", cost: "3372.5" },
        { security: "treasuryNote", quantity: "5", price: "987.5", cost: "5000" },
        { security: "treasuryBill", quantity: "3", price: "978.12", cost: "2868" },
        { security: "dollar", quantity: "1520.75", price: "1", cost: "1520.75" },
      ],
    },
  ],
  routines: [],
};
