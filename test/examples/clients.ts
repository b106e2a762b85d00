import { createClient as createApollo } from "../../examples/apollo/client.ts";
import { createReport as createReportByApollo } from "../../examples/apollo/create-report.ts";
import { followEvents as followEventsByApollo } from "../../examples/apollo/follow-events.ts";
import { portfolio as portfolioByApollo } from "../../examples/apollo/portfolio.ts";
import { repairItem as repairItemByApollo } from "../../examples/apollo/repair-item.ts";
import { transactions as transactionsByApollo } from "../../examples/apollo/transactions.ts";
import type { Connection } from "../../examples/connection.ts";
import { createClient as createFetch } from "../../examples/fetch/client.ts";
import { createReport as createReportByFetch } from "../../examples/fetch/create-report.ts";
import { followEvents as followEventsByFetch } from "../../examples/fetch/follow-events.ts";
import { portfolio as portfolioByFetch } from "../../examples/fetch/portfolio.ts";
import { repairItem as repairItemByFetch } from "../../examples/fetch/repair-item.ts";
import { transactions as transactionsByFetch } from "../../examples/fetch/transactions.ts";
import { createReport as createReportByRelay } from "../../examples/relay/create-report.ts";
import { createEnvironment } from "../../examples/relay/environment.ts";
import { followEvents as followEventsByRelay } from "../../examples/relay/follow-events.ts";
import { portfolio as portfolioByRelay } from "../../examples/relay/portfolio.ts";
import { repairItem as repairItemByRelay } from "../../examples/relay/repair-item.ts";
import { transactions as transactionsByRelay } from "../../examples/relay/transactions.ts";
import type { RetryOptions } from "../../examples/retry.ts";
import { createClient as createUrql } from "../../examples/urql/client.ts";
import { createReport as createReportByUrql } from "../../examples/urql/create-report.ts";
import { followEvents as followEventsByUrql } from "../../examples/urql/follow-events.ts";
import { portfolio as portfolioByUrql } from "../../examples/urql/portfolio.ts";
import { repairItem as repairItemByUrql } from "../../examples/urql/repair-item.ts";
import { transactions as transactionsByUrql } from "../../examples/urql/transactions.ts";

/** The five operations, as one client's example has them: what of their results the tests read. */
export interface Example {
  portfolio(): Promise<{ problems: readonly unknown[] }>;
  transactions(variables: { first: number; filter?: object }): Promise<{
    list(): { edges: readonly unknown[]; unavailable: readonly unknown[]; pageInfo: { hasNextPage: boolean } };
    more(): Promise<void>;
    close?(): void;
  }>;
  createReport(
    input: { itemIds: string[]; daysRequested: number },
    options?: RetryOptions & { onProgress?(report: { status: string }): void },
  ): Promise<{ id: string; status: string; content: unknown }>;
  repairItem(id: string, openLink: (linkToken: string) => Promise<void>): Promise<{ status: string }>;
  followEvents(
    after: string | null,
    onEvent: (event: { id: string; cursor: string }) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Each client's example, and whether it has a cache. */
export const EXAMPLES: readonly { name: string; caches: boolean; open(connection: Connection): Example }[] = [
  {
    name: "Apollo Client",
    caches: true,
    open(connection) {
      const client = createApollo(connection);
      return {
        portfolio: () => portfolioByApollo(client),
        transactions: (variables) => transactionsByApollo(client, variables),
        createReport: (input, options) => createReportByApollo(client, input, options),
        repairItem: (id, openLink) => repairItemByApollo(client, id, openLink),
        followEvents: (after, onEvent, signal) => followEventsByApollo(client, after, onEvent, signal),
      };
    },
  },
  {
    name: "urql",
    caches: true,
    open(connection) {
      const client = createUrql(connection);
      return {
        portfolio: () => portfolioByUrql(client),
        transactions: (variables) => transactionsByUrql(client, variables),
        createReport: (input, options) => createReportByUrql(client, input, options),
        repairItem: (id, openLink) => repairItemByUrql(client, id, openLink),
        followEvents: (after, onEvent, signal) => followEventsByUrql(client, after, onEvent, signal),
      };
    },
  },
  {
    name: "Relay",
    caches: true,
    open(connection) {
      const environment = createEnvironment(connection);
      return {
        portfolio: () => portfolioByRelay(environment),
        transactions: (variables) => transactionsByRelay(environment, variables),
        createReport: (input, options) => createReportByRelay(environment, input, options),
        repairItem: (id, openLink) => repairItemByRelay(environment, id, openLink),
        followEvents: (after, onEvent, signal) => followEventsByRelay(environment, after, onEvent, signal),
      };
    },
  },
  {
    name: "plain fetch",
    caches: false,
    open(connection) {
      const client = createFetch(connection);
      return {
        portfolio: () => portfolioByFetch(client),
        transactions: (variables) => transactionsByFetch(client, variables),
        createReport: (input, options) => createReportByFetch(client, input, options),
        repairItem: (id, openLink) => repairItemByFetch(client, id, openLink),
        followEvents: (after, onEvent, signal) => followEventsByFetch(client, after, onEvent, signal),
      };
    },
  },
];
