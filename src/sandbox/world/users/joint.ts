import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { bill, card, income, interest, shopping, subscription, sweep, wages } from "../routines.ts";

/** Two people who keep house together: what they hold is theirs jointly, and each has a card. */
export const joint: UserPlan = {
  institutionId: "ins_109509",
  accounts: [
    {
      ...{ key: "checking", name: "Household Checking", officialName: "Gingham Joint Checking", mask: "2610" },
      ...{ type: "depository", subtype: "checking", opening: 512_300, owner: OWNERS.duartes },
    },
    {
      ...{ key: "savings", name: "House Fund", officialName: "Gingham Joint Savings", mask: "2620" },
      ...{ type: "depository", subtype: "savings", opening: 1_840_000, owner: OWNERS.duartes },
    },
    {
      ...{ key: "ines", name: "Ines's Card", officialName: null, mask: "2631" },
      ...{ type: "credit", subtype: "credit card", opening: 28_400, limit: 400_000, owner: OWNERS.ines },
    },
    {
      ...{ key: "tomas", name: "Tomas's Card", officialName: null, mask: "2632" },
      ...{ type: "credit", subtype: "credit card", opening: 19_250, limit: 300_000, owner: OWNERS.tomas },
    },
  ],
  routines: [
    wages(
      "checking",
      212_600,
      ach("wages", "Northwind Health", { raw: "NORTHWIND HEALTH PAYROLL PPD ID 9140", payer: "Northwind Health" }),
    ),
    income(
      "checking",
      28,
      176_000,
      ach("wages", "Tern & Sons", { raw: "TERN AND SONS PAYROLL 70026", payer: "Tern & Sons" }),
    ),
    bill(
      "checking",
      2,
      218_000,
      ach("rent", "Broadway Apartments", { raw: "BROADWAY APARTMENTS RENT 1031", payee: "Broadway Apartments" }),
    ),
    bill(
      "checking",
      10,
      [6_210, 11_480],
      ach("electricity", "Upstate Electric", { raw: "UPSTATE ELECTRIC 610071", payee: "Upstate Electric" }),
    ),
    shopping("ines", 45, ["greenMarket", "trattoria"]),
    shopping("tomas", 50, ["fuel", "noodles", "beanery"]),
    subscription("ines", 6, "video"),
    subscription("tomas", 19, "music"),
    card("ines", "checking"),
    card("tomas", "checking"),
    interest("savings", 60),
    sweep("checking", "savings", 27, 420_000),
  ],
};
