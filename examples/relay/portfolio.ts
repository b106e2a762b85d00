import { type Environment, graphql } from "relay-runtime";
import { problemsOf } from "../problems.ts";
import type { fragments_itemCard$key } from "./__generated__/fragments_itemCard.graphql.ts";
import type { fragments_missing$key } from "./__generated__/fragments_missing.graphql.ts";
import type { portfolio_account$key } from "./__generated__/portfolio_account.graphql.ts";
import type { portfolioQuery } from "./__generated__/portfolioQuery.graphql.ts";
import { itemCard, missing } from "./fragments.ts";
import { query } from "./query.ts";
import { readFragment } from "./read-fragment.ts";

const document = graphql`
  query portfolioQuery {
    netWorth {
      totals {
        currency
        assets
        liabilities
        net
      }
      unavailable {
        ...fragments_missing
      }
    }
    items(first: 100) {
      edges {
        cursor
        node {
          ...fragments_itemCard
        }
      }
      unavailable {
        ...fragments_missing
      }
    }
    accounts(first: 100) {
      edges {
        cursor
        node {
          ...portfolio_account
        }
      }
      unavailable {
        ...fragments_missing
      }
    }
  }
`;

/** One account, with what its kind has besides. */
const account = graphql`
  fragment portfolio_account on Account {
    id
    name
    mask
    type
    balances {
      current
      available
      currency
    }
    owners @catch {
      names
    }
    provenance {
      provider
      fetchedAt
    }
    item {
      id
      institutionName
    }
    ... on CreditAccount {
      liability {
        id
        nextPaymentDueDate
        lastPaymentAmount
        lastStatementBalance
      }
    }
    ... on LoanAccount {
      liability {
        id
        nextPaymentDueDate
        lastPaymentAmount
        ... on MortgageLiability {
          interestRatePercentage
          maturityDate
        }
        ... on StudentLoanLiability {
          interestRatePercentage
          loanName
        }
      }
    }
    ... on InvestmentAccount {
      holdings(first: 20) {
        edges {
          cursor
          node {
            id
            quantity
            institutionValue
            currency
            security {
              id
              name
              tickerSymbol
            }
          }
        }
      }
    }
  }
`;

/** Everything a person has, and what of it could not be had: `unavailable` beside each list, `problems` for fields that are null. */
export async function portfolio(environment: Environment) {
  const { netWorth, items, accounts } = await query<portfolioQuery>(environment, document, {});
  const read = {
    missing: (ref: fragments_missing$key) => readFragment(environment, missing, ref),
    item: (ref: fragments_itemCard$key) => readFragment(environment, itemCard, ref),
    account: (ref: portfolio_account$key) => readFragment(environment, account, ref),
  };
  const rows = accounts.edges.map(({ cursor, node }) => ({ cursor, node: read.account(node) }));
  return {
    netWorth: { ...netWorth, unavailable: netWorth.unavailable.map(read.missing) },
    items: {
      edges: items.edges.map(({ cursor, node }) => ({ cursor, node: read.item(node) })),
      unavailable: items.unavailable.map(read.missing),
    },
    accounts: {
      edges: rows.map(({ cursor, node }) => ({
        cursor,
        node: { ...node, owners: node.owners.ok ? node.owners.value : null },
      })),
      unavailable: accounts.unavailable.map(read.missing),
    },
    problems: rows.flatMap(({ node }) => (node.owners.ok ? [] : problemsOf(node.owners.errors))),
  };
}
