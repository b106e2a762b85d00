import { createOperationDescriptor, type Environment, getRequest, graphql } from "relay-runtime";
import type { fragments_missing$key } from "./__generated__/fragments_missing.graphql.ts";
import type { transactions_list$key } from "./__generated__/transactions_list.graphql.ts";
import pageQuery, { type transactionsPageQuery } from "./__generated__/transactionsPageQuery.graphql.ts";
import type { transactionsQuery, transactionsQuery$data } from "./__generated__/transactionsQuery.graphql.ts";
import { missing } from "./fragments.ts";
import { query } from "./query.ts";
import { readFragment } from "./read-fragment.ts";

const document = graphql`
  query transactionsQuery($first: Int!, $filter: TransactionFilter) {
    ...transactions_list @arguments(first: $first, filter: $filter)
  }
`;

/** In React this is the fragment of usePaginationFragment. */
const listFragment = graphql`
  fragment transactions_list on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }, filter: { type: "TransactionFilter" })
  @refetchable(queryName: "transactionsPageQuery") {
    transactions(first: $first, after: $after, filter: $filter)
      @connection(key: "transactions_transactions", filters: ["filter"]) {
      edges {
        cursor
        node {
          id
          date
          name
          amount
          currency
          pending
          account {
            id
            name
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
      unavailable {
        ...fragments_missing
      }
    }
  }
`;

/** A person's transactions, page by page; in React the same by usePaginationFragment and its loadNext. */
export async function transactions(environment: Environment, variables: transactionsQuery["variables"]) {
  await query<transactionsQuery>(environment, document, variables);
  const operation = createOperationDescriptor(getRequest(document), variables);
  const retained = environment.retain(operation); // keeps the list in the store until it is closed

  /** All that has come so far: the store makes one list of the pages. */
  const list = () => {
    const data = environment.lookup(operation.fragment).data as unknown as transactionsQuery$data;
    const { edges, pageInfo, unavailable } = readFragment<transactions_list$key>(
      environment,
      listFragment,
      data,
    ).transactions;
    return {
      edges,
      pageInfo,
      unavailable: unavailable.map((ref) => readFragment<fragments_missing$key>(environment, missing, ref)),
    };
  };
  return {
    list,
    async more() {
      const { endCursor, hasNextPage } = list().pageInfo;
      if (!hasNextPage) return;
      await query<transactionsPageQuery>(environment, pageQuery, { ...variables, after: endCursor });
    },
    close: () => retained.dispose(),
  };
}
