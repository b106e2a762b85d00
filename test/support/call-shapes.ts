/** What is asked, by which document, and the calls that it costs, by endpoint. */
type CallShape = [what: string, document: string, calls: Record<string, number>];

/**
 * The exact upstream calls of a cold query over three items, two of Plaid and one of Link Money, each of an institution of its own; the same
 * again costs none. The table of docs/upstream-calls.md.
 */
export const CALL_SHAPES: readonly CallShape[] = [
  [
    "stored fields of items",
    "{ items { nodes { institutionName health { status } products linkedAt freshness { product } } } }",
    {},
  ],
  ["institutions of items", "{ items { nodes { institution { name url } } } }", { "/institutions/get_by_id": 3 }],
  [
    "what is everybody's",
    "{ institutions(provider: PLAID) { nodes { name logo } } categories(provider: LINK_MONEY) { hierarchy } }",
    { "/institutions/get": 1, "/categories/get": 1 },
  ],
  [
    "accounts with their items",
    "{ accounts { nodes { name balances { current } item { institutionName } } } items { nodes { accounts { totalCount } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "accounts with their items' institutions, all at once",
    "{ accounts { nodes { name item { institution { name } } } } }",
    { "/accounts/get": 3, "/institutions/get_by_id": 3 },
  ],
  [
    "holdings with accounts and securities",
    "{ holdings { nodes { quantity account { name balances { current } } security { tickerSymbol } } } }",
    { "/investments/holdings/get": 3 },
  ],
  [
    "liabilities with accounts",
    "{ liabilities { nodes { account { name } ... on CreditCardLiability { aprs { percentage } } } } }",
    { "/liabilities/get": 3 },
  ],
  [
    "all three together, below items and at the root",
    "{ accounts { nodes { name } } holdings { nodes { quantity account { name } } } liabilities { nodes { account { name } } } items { nodes { accounts { totalCount } holdings { totalCount } liabilities { totalCount } } } }",
    { "/accounts/get": 3, "/investments/holdings/get": 3, "/liabilities/get": 3 },
  ],
  [
    "liabilities and holdings below accounts: of the items that have such accounts",
    "{ accounts { nodes { ... on CreditAccount { liability { id } } ... on LoanAccount { liability { id } } ... on InvestmentAccount { holdings { totalCount } } } } }",
    { "/accounts/get": 3, "/investments/holdings/get": 2, "/liabilities/get": 2 },
  ],
  [
    "owners: one more an item whose aggregator has them",
    "{ accounts { nodes { name owners { names } unavailable(product: IDENTITY) { product } } } }",
    { "/accounts/get": 3, "/identity/get": 2 },
  ],
  [
    "numbers: one more an item with deposit accounts",
    "{ accounts { nodes { name ... on DepositoryAccount { numbers { ach { account } } unavailable(product: AUTH) { product } } } } }",
    { "/accounts/get": 3, "/auth/get": 2 },
  ],
  [
    "transfers: one more an item with investments whose aggregator has them",
    "{ accounts { nodes { name ... on InvestmentAccount { transfer { acats { account } } } } } }",
    { "/accounts/get": 3, "/investments/auth/get": 1 },
  ],
  ["net worth", "{ netWorth { totals { currency net } accountsCounted } }", { "/accounts/get": 3 }],
  [
    "net worth beside accounts that are listed once each, with their other links",
    "{ netWorth { totals { net } } accounts(filter: { deduplicate: true }) { nodes { name sameAs { confidence account { name } } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "other links of one item's accounts: all items' accounts",
    "{ accounts(filter: { providers: [LINK_MONEY] }) { nodes { sameAs { confidence } } } }",
    { "/accounts/get": 3 },
  ],
  [
    "transactions with their accounts and items",
    "{ transactions(first: 100) { totalCount nodes { id amount account { name item { institutionName } } } } }",
    { "/transactions/get": 3 },
  ],
  [
    "transactions at the root and below items",
    "{ transactions { nodes { id } } items { nodes { transactions { totalCount nodes { id } } } } }",
    { "/transactions/get": 3 },
  ],
  [
    "the last transactions of each account: one an item",
    "{ accounts(filter: { types: [DEPOSITORY, CREDIT] }) { nodes { name transactions(first: 3) { nodes { id amount } } } } }",
    { "/accounts/get": 3, "/transactions/get": 2 },
  ],
  [
    "the same, and one more for the only account that has fewer (none)",
    "{ accounts { nodes { name transactions(first: 3) { nodes { id amount } } } } }",
    { "/accounts/get": 3, "/transactions/get": 3 },
  ],
  [
    "transactions below accounts, counted: a call for each that can have any",
    "{ accounts(filter: { types: [CREDIT, INVESTMENT] }) { nodes { transactions { totalCount } } } }",
    { "/accounts/get": 3, "/transactions/get": 2 },
  ],
  [
    "transactions that the gateway looks for itself: no more pages than there are",
    '{ transactions(filter: { search: "nothing says this" }) { totalCount nodes { id } } }',
    { "/transactions/get": 9 },
  ],
  [
    "investment transactions with accounts and securities",
    "{ investmentTransactions { totalCount nodes { id account { name } security { tickerSymbol } } } }",
    { "/investments/transactions/get": 3 },
  ],
];

/** The same, where the aggregator is asked again each time: fresh balances take the place of the list of accounts. */
export const FRESH_CALL_SHAPES: readonly CallShape[] = [
  ["below accounts", "{ accounts { nodes { balances(fresh: true) { current } } } }", { "/accounts/balance/get": 3 }],
  [
    "by variable, beside accounts that want none",
    "query ($fresh: Boolean = true) { accounts { nodes { ...B unavailable(product: BALANCE) { product } } } items { nodes { accounts { totalCount } } } } fragment B on Account { balances(fresh: $fresh) { current } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "and net worth and other links, of the same balances",
    "{ accounts { nodes { balances(fresh: true) { current } sameAs { confidence } } } netWorth { totals { net } } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "after net worth, which is reckoned from them",
    "{ netWorth { totals { net } } accounts { nodes { balances(fresh: true) { current } } } }",
    { "/accounts/balance/get": 3 },
  ],
  [
    "left out by a directive",
    "{ accounts { nodes { name balances(fresh: true) @include(if: false) { current } } } }",
    { "/accounts/get": 3 },
  ],
];
