/** One operation that the explorers open with. */
export interface ExampleOperation {
  query: string;
  variables?: Record<string, unknown>;
}

/** What a newcomer tries, in this order; the last two need the id of a report that the second one gives. */
export const EXAMPLE_OPERATIONS: readonly ExampleOperation[] = [
  {
    query: `# Everything that the viewer has linked, and what could not be had.
query Portfolio {
  items {
    nodes {
      id
      institutionName
      provider
      health {
        status
        action
      }
      accounts {
        nodes {
          name
          type
          subtype
          balances {
            current
            available
            currency
          }
          ... on CreditAccount {
            liability {
              nextPaymentDueDate
              minimumPaymentAmount
            }
          }
          ... on LoanAccount {
            liability {
              nextPaymentDueDate
              lastPaymentAmount
            }
          }
        }
        unavailable {
          product
          action
          error {
            code
            message
          }
        }
      }
      holdings {
        nodes {
          quantity
          institutionValue
          security {
            name
            tickerSymbol
          }
        }
        unavailable {
          product
          action
          error {
            code
            message
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# One asset report over items of several providers. Put in ids of the Portfolio query.
# It answers PENDING at once; watch it with the ReportStatus subscription.
mutation CreateReport($itemIds: [ID!]!) {
  createReport(input: { itemIds: $itemIds, daysRequested: 60 }) {
    report {
      id
      status
      sources {
        provider
        status
      }
    }
  }
}
`,
    variables: { itemIds: ["<id of an item>", "<id of another item>"] },
  },
  {
    query: `# The report as it stands, then each change until it is READY.
subscription ReportStatus($id: ID!) {
  reportStatus(id: $id) {
    id
    status
    readyAt
    sources {
      provider
      status
    }
  }
}
`,
    variables: { id: "<id of a report>" },
  },
  {
    query: `# What happens to your items and reports, from now on. Reconnect with the cursor of the last event: nothing is missed.
subscription Events($after: String) {
  events(after: $after) {
    cursor
    type
    occurredAt
    item {
      id
      institutionName
      health {
        status
        action
      }
    }
    report {
      id
      status
    }
    newCount
    error {
      code
      message
    }
  }
}
`,
    variables: { after: null },
  },
  {
    query: `# What a READY report says.
query ReportContent($id: ID!) {
  report(id: $id) {
    status
    content {
      generatedAt
      items {
        institutionName
        accounts {
          name
          balances {
            current
            currency
          }
          historicalBalances(days: 7) {
            date
            current
          }
          transactions(first: 5) {
            totalCount
            nodes {
              date
              originalDescription
              amount
            }
          }
        }
      }
      warnings {
        warningCode
      }
      unavailable {
        provider
        action
      }
    }
  }
}
`,
    variables: { id: "<id of a report>" },
  },
];
