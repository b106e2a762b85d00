import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";
import type { Transaction } from "../schema/transaction.ts";

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
  const seen = new Set<string>();
  const looksIn = (set: SelectionSetNode | undefined, inTransactions: boolean): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (selection.kind === "FragmentSpread") {
        const mark = `${selection.name.value} ${inTransactions}`;
        if (seen.has(mark)) return false;
        seen.add(mark);
        return looksIn(info.fragments[selection.name.value]?.selectionSet, inTransactions);
      }
      if (selection.kind === "InlineFragment") return looksIn(selection.selectionSet, inTransactions);
      const name = selection.name.value;
      if (inTransactions && INSIGHTS.has(name)) return true;
      return looksIn(selection.selectionSet, inTransactions || name === "transactions");
    });
  const here = info.fieldName === "transactions" || info.returnType.toString() === "Node";
  return info.fieldNodes.some((field) => looksIn(field.selectionSet, here));
}
