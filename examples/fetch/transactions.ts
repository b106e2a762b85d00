import {
  TransactionsDocument,
  type TransactionsQuery,
  type TransactionsQueryVariables,
} from "../generated/operations.ts";
import type { Client } from "./client.ts";

type List = TransactionsQuery["transactions"];

/** A person's transactions, page by page. */
export async function transactions(client: Client, variables: TransactionsQueryVariables) {
  const read = async (after?: string | null): Promise<List> => {
    const { data, errors } = await client.query(TransactionsDocument, { ...variables, after });
    if (!data) throw new Error("The transactions could not be read.", { cause: errors });
    return data.transactions;
  };
  let list = await read();
  return {
    /** All that has come so far. */
    list: () => list,
    async more() {
      if (!list.pageInfo.hasNextPage) return;
      const page = await read(list.pageInfo.endCursor);
      list = {
        ...page,
        edges: [...list.edges, ...page.edges],
        // what was missing from an earlier page is missing from the list
        unavailable: together([...list.unavailable, ...page.unavailable]),
      };
    },
  };
}

/** Each trouble once: the newer word on an item's product counts. */
function together(entries: List["unavailable"]): List["unavailable"] {
  const keyOf = ({ item, provider, product }: (typeof entries)[number]) =>
    JSON.stringify([item?.id, provider, product]);
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}
