import type { GraphQLResolveInfo } from "graphql";
import type { Transaction } from "../schema/transaction.ts";
import { selectedFields } from "./selected-fields.ts";

/** Fields of a report's transaction that only an answer with insights has. */
const INSIGHTS = new Set<string>([
  "name",
  "merchantName",
  "category",
  "categoryId",
  "creditCategory",
  "personalFinanceCategory",
  "location",
  "paymentMeta",
] satisfies (keyof Transaction)[]);

/** Whether the field that `info` is of selects any insight of a transaction below it. */
export function selectsInsights(info: GraphQLResolveInfo): boolean {
  for (const { parent, name } of selectedFields(info)) if (parent === "Transaction" && INSIGHTS.has(name)) return true;
  return false;
}
