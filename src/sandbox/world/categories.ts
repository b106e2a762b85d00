import type { Category } from "plaid";
import { allKinds } from "./kinds.ts";

/** Plaid's widest categories, with the first two digits of their ids and of those within. */
const WIDEST: Readonly<Record<string, [name: string, group: "place" | "special"]>> = {
  "10": ["Bank Fees", "special"],
  "11": ["Cash Advance", "special"],
  "12": ["Community", "place"],
  "13": ["Food and Drink", "place"],
  "14": ["Healthcare", "place"],
  "15": ["Interest", "special"],
  "16": ["Payment", "special"],
  "17": ["Recreation", "place"],
  "18": ["Service", "place"],
  "19": ["Shops", "place"],
  "20": ["Tax", "special"],
  "21": ["Transfer", "special"],
  "22": ["Travel", "place"],
};

/** The widest categories, and all that transactions of this world have, by id. */
export const CATEGORIES: readonly Category[] = [
  ...new Map(
    [
      ...Object.entries(WIDEST).map(([digits, [name]]) => ({ categoryId: `${digits}000000`, category: [name] })),
      ...allKinds(),
    ].map(({ categoryId, category }) => [
      categoryId,
      {
        category_id: categoryId,
        group: WIDEST[categoryId.slice(0, 2)]?.[1] ?? "special",
        hierarchy: [...category],
      },
    ]),
  ).values(),
].sort((one, other) => (one.category_id < other.category_id ? -1 : 1));
