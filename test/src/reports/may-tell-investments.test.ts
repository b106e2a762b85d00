import { expect, it } from "@jest/globals";
import { mayTellInvestments } from "../../../src/reports/may-tell-investments.ts";
import type { ItemDescription } from "../../../src/store/database.ts";
import { itemDescription } from "../../support/rows.ts";

it.each<[string, Partial<ItemDescription>, boolean]>([
  ["not told by the aggregator", { products: null }, true],
  ["asked for when it was linked", { products: ["ASSETS", "INVESTMENTS"] }, true],
  ["billed", { products: ["ASSETS"], billedProducts: ["INVESTMENTS"] }, true],
  ["consented to", { products: ["ASSETS"], consentedProducts: ["INVESTMENTS"] }, true],
  ["possible there, but not consented to", { products: ["ASSETS"], availableProducts: ["INVESTMENTS"] }, false],
  ["without investments", { products: ["ASSETS"], billedProducts: [], consentedProducts: ["TRANSACTIONS"] }, false],
])("products %s: %j", (_, change, wanted) => {
  expect(mayTellInvestments(itemDescription(change))).toBe(wanted);
});
