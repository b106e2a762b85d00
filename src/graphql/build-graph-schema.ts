import "reflect-metadata";
import { type GraphQLSchema, isAbstractType } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import type { AccountType, LiabilityKind } from "../../schema/enums.ts";
import { decodeId, type IdType } from "../ids.ts";

const ACCOUNT_TYPES: Record<AccountType, string> = {
  DEPOSITORY: "DepositoryAccount",
  CREDIT: "CreditAccount",
  LOAN: "LoanAccount",
  INVESTMENT: "InvestmentAccount",
  OTHER: "OtherAccount",
};

const LIABILITY_TYPES: Record<LiabilityKind, string> = {
  CREDIT_CARD: "CreditCardLiability",
  MORTGAGE: "MortgageLiability",
  STUDENT_LOAN: "StudentLoanLiability",
};

/** type-graphql has no place for these. */
const ROOTS: Record<string, string> = {
  Query: "What can be read. Lists answer with what could be had, and say in `unavailable` what could not.",
  Mutation:
    "What can be changed. A payload is null only with an error, so that one failure does not take the others along.",
  Subscription:
    "What is told as it happens, over WebSocket (graphql-transport-ws) or server-sent events (graphql-sse).",
};

/** What the abstract types read from a value to tell its concrete type. */
interface Resolvable {
  id: string;
  type?: AccountType;
  kind?: LiabilityKind;
}

/** Types whose records have another kind of id in a report. */
const IN_A_REPORT: Partial<Record<IdType, string>> = {
  ReportTransaction: "Transaction",
  ReportHolding: "Holding",
  ReportInvestmentTransaction: "InvestmentTransaction",
  ReportSecurity: "Security",
};

/** How each abstract type finds the concrete one. Values are plain objects, so `instanceof` tells nothing. */
const RESOLVE_TYPE: Record<string, (value: Resolvable) => string | undefined> = {
  Account: ({ type }) => type && ACCOUNT_TYPES[type],
  Liability: ({ kind }) => kind && LIABILITY_TYPES[kind],
  Node: (value) => {
    const type = decodeId(value.id)?.type;
    if (type === "Account" || type === "Liability") return RESOLVE_TYPE[type]?.(value);
    return type && (IN_A_REPORT[type] ?? type);
  },
};

/**
 * The executable schema of these resolver classes: the one place where nouns and verbs meet. Without validation and global
 * middlewares, which cost more than the resolvers themselves; abstract types resolve synchronously, as graphql-jit needs.
 */
export function buildGraphSchema(resolvers: readonly NewableFunction[]): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<NewableFunction>,
    validate: false,
    pubSub: { publish: unused, subscribe: unused }, // demanded for any subscription; ours bring their own iterators
  });
  for (const type of Object.values(schema.getTypeMap())) {
    type.description ??= ROOTS[type.name];
    if (isAbstractType(type) && !type.name.startsWith("__")) {
      const resolve = RESOLVE_TYPE[type.name];
      if (!resolve)
        throw new Error(`The abstract type ${type.name} has no resolveType in src/graphql/build-graph-schema.ts.`);
      type.resolveType = resolve;
    }
  }
  return schema;
}

function unused(): never {
  throw new Error("Subscriptions read the event log; there is no pub/sub.");
}
