import type { Client } from "@urql/core";
import { TransactionsDocument, type TransactionsQueryVariables } from "../generated/operations.ts";

/** A person's transactions, page by page; in React the same by useQuery with the `after` of the last page. */
export async function transactions(client: Client, variables: TransactionsQueryVariables) {
  /** The list up to and with the page after this cursor: the cache makes one of the pages. */
  const readTo = async (after?: string | null) => {
    const { data, error } = await client.query(TransactionsDocument, { ...variables, after });
    if (!data) throw error;
    return data.transactions;
  };
  let list = await readTo();
  return {
    /** All that has come so far. */
    list: () => list,
    async more() {
      const { endCursor, hasNextPage } = list.pageInfo;
      if (hasNextPage) list = await readTo(endCursor);
    },
  };
}
