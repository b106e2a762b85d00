import type { ApolloClient } from "@apollo/client";
import { filter, firstValueFrom } from "rxjs";
import { TransactionsDocument, type TransactionsQueryVariables } from "../generated/operations.ts";

/** A person's transactions, page by page; in React the same by useQuery and its fetchMore. */
export async function transactions(client: ApolloClient, variables: TransactionsQueryVariables) {
  const query = client.watchQuery({ query: TransactionsDocument, variables });
  const watching = query.subscribe(() => {}); // keeps the list in the cache until it is closed
  const { error } = await firstValueFrom(query.pipe(filter(({ loading }) => !loading)));

  /** All that has come so far: the cache makes one list of the pages. */
  const list = () => {
    const data = client.readQuery({ query: TransactionsDocument, variables });
    if (!data) throw error;
    return data.transactions;
  };
  return {
    list,
    async more() {
      const { endCursor, hasNextPage } = list().pageInfo;
      if (hasNextPage) await query.fetchMore({ variables: { after: endCursor } });
    },
    close: () => watching.unsubscribe(),
  };
}
