import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { Account } from "./account.ts";
import { Unavailable } from "./errors.ts";
import { Event } from "./event.ts";
import { Holding } from "./holding.ts";
import { Institution } from "./institution.ts";
import { InvestmentTransaction } from "./investment-transaction.ts";
import { Item } from "./item.ts";
import { Liability } from "./liability.ts";
import { Report } from "./report.ts";
import { Transaction } from "./transaction.ts";

/** What `first` is when it is absent or null, and the most it may be. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

/** The arguments of every list that is paged forwards. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    description: `How many records at most: 1 to ${MAX_PAGE_SIZE}; null counts as absent.`,
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
  })
  first?: number | null;
  @Field(() => String, {
    description: "Begin after this cursor: an edge's, or the pageInfo.endCursor of the page before.",
    nullable: true,
  })
  after?: string | null;
}

@ObjectType({
  description: "Where a page stands in its list. Lists are paged forwards, with `first` and `after`.",
  simpleResolvers: true,
})
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more records follow: ask with `after: endCursor`." })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: "Whether records stand before this page." })
  hasPreviousPage!: boolean;
  @Field(() => String, { description: "The cursor of the page's first record; null when it is empty.", nullable: true })
  startCursor!: string | null;
  @Field(() => String, { description: "The cursor of the page's last record; null when it is empty.", nullable: true })
  endCursor!: string | null;
}

/** One record of a page and its place in the list. */
export interface Edge<T> {
  node: T;
  cursor: string;
}

/** One page of a list. `totalCount` and `unavailable` show only on the connections that have such fields. */
export interface Connection<T, Total extends number | null = number> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: Total;
  unavailable: Unavailable[];
}

/** What tells one connection type from another. */
interface ConnectionOptions {
  /** Whether it says what could not be had. */
  unavailable: boolean;
  /** Whether the whole is counted: always, where the provider says, or never. */
  counted: "always" | "where said" | "never";
}

/** The classes `<Name>Connection` and `<Name>Edge` of a noun. */
function connectionOf<T extends object>(
  name: string,
  node: ClassType<T> | (abstract new () => T),
  { unavailable, counted }: ConnectionOptions,
) {
  const type = () => node as ClassType<T>;

  @ObjectType(`${name}Edge`, { description: `One record of a page of ${name} records.`, simpleResolvers: true })
  class EdgeOf implements Edge<T> {
    @Field(type, { description: "The record." })
    node!: T;
    @Field(() => String, { description: "Opaque: its place in the list, for `after`." })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, {
    description: unavailable
      ? `A page of ${name} records: what could be had, and what could not.`
      : `A page of ${name} records.`,
    simpleResolvers: true,
  })
  class ConnectionOf {
    @Field(() => [EdgeOf], { description: "The page's records, each with its cursor." })
    edges!: EdgeOf[];
    @Field(() => [node as ClassType<T>], { description: "The page's records, without cursors." })
    nodes!: T[];
    @Field(() => PageInfo, { description: "Where the page stands in the list." })
    pageInfo!: PageInfo;
    totalCount!: number | null;
    unavailable!: Unavailable[];
  }
  if (counted !== "never") {
    Field(() => Int, {
      description:
        counted === "always"
          ? "How many records the whole list has, after the filter: what could be had."
          : "How many records the whole list has, after the filter; null where the provider does not say, or the gateway looks through the records itself.",
      nullable: counted === "where said",
    })(ConnectionOf.prototype, "totalCount");
  }
  if (unavailable) {
    Field(() => [Unavailable], {
      description: "What is missing from the list, for which item, why, and what to do; empty when nothing is.",
    })(ConnectionOf.prototype, "unavailable");
  }
  return ConnectionOf;
}

export const ItemConnection = connectionOf("Item", Item, { unavailable: true, counted: "always" });
export type ItemConnection = Connection<Item>;

export const AccountConnection = connectionOf("Account", Account, { unavailable: true, counted: "always" });
export type AccountConnection = Connection<Account>;

export const HoldingConnection = connectionOf("Holding", Holding, { unavailable: true, counted: "always" });
export type HoldingConnection = Connection<Holding>;

export const LiabilityConnection = connectionOf("Liability", Liability, { unavailable: true, counted: "always" });
export type LiabilityConnection = Connection<Liability>;

export const ReportConnection = connectionOf("Report", Report, { unavailable: false, counted: "always" });
export type ReportConnection = Connection<Report>;

export const TransactionConnection = connectionOf("Transaction", Transaction, {
  unavailable: true,
  counted: "where said",
});
export type TransactionConnection = Connection<Transaction, number | null>;

export const InvestmentTransactionConnection = connectionOf("InvestmentTransaction", InvestmentTransaction, {
  unavailable: true,
  counted: "where said",
});
export type InvestmentTransactionConnection = Connection<InvestmentTransaction, number | null>;

export const InstitutionConnection = connectionOf("Institution", Institution, {
  unavailable: false,
  counted: "where said",
});
export type InstitutionConnection = Connection<Institution, number | null>;

export const EventConnection = connectionOf("Event", Event, { unavailable: false, counted: "never" });
export type EventConnection = Connection<Event, null>;
