type Wire = Record<string, unknown>;

const ITEM = ["consent_expiration_time", "error", "institution_id", "item_id", "update_type", "webhook"];
const ITEM_WITH_PRODUCTS = [...ITEM, "available_products", "billed_products"];
const BALANCES = ["available", "current", "iso_currency_code", "limit", "unofficial_currency_code"];
const ACCOUNT = ["account_id", "balances", "mask", "name", "official_name", "subtype", "type"];
const HOLDING = [
  "account_id",
  "cost_basis",
  "institution_price",
  "institution_price_as_of",
  "institution_value",
  "iso_currency_code",
  "quantity",
  "security_id",
  "unofficial_currency_code",
];
const SECURITY = [
  "close_price",
  "close_price_as_of",
  "cusip",
  "institution_id",
  "institution_security_id",
  "is_cash_equivalent",
  "isin",
  "iso_currency_code",
  "name",
  "proxy_security_id",
  "security_id",
  "sedol",
  "ticker_symbol",
  "type",
  "unofficial_currency_code",
];

/**
 * Plaid's answer as Link Money gives it: without what its guide's examples lack. They have the item's products in the
 * answers on balances and liabilities only.
 */
export function linkMoneyShape(endpoint: string, answer: object): object {
  const shape = SHAPES[endpoint];
  return shape ? shape(answer as Wire) : answer;
}

const SHAPES: Readonly<Record<string, (answer: Wire) => Wire>> = {
  "/item/get": ({ item, status }) => ({
    item: pick(item, ITEM),
    status: pick(status, ["transactions", "last_webhook"]),
  }),
  "/accounts/get": ({ accounts, item }) => ({ accounts: each(accounts, account), item: pick(item, ITEM) }),
  "/accounts/balance/get": ({ accounts, item }) => ({
    accounts: each(accounts, account),
    item: pick(item, ITEM_WITH_PRODUCTS),
  }),
  "/auth/get": ({ accounts, item, numbers }) => ({
    accounts: each(accounts, account),
    item: pick(item, ITEM_WITH_PRODUCTS),
    numbers: {
      ...(numbers as Wire),
      ach: each((numbers as Wire).ach, ({ is_tokenized_account_number: _omitted, ...number }) => number),
    },
  }),
  "/investments/holdings/get": ({ accounts, holdings, item, securities }) => ({
    accounts: each(accounts, account),
    holdings: each(holdings, (holding) => pick(holding, HOLDING)),
    item: pick(item, ITEM),
    securities: each(securities, (security) => pick(security, SECURITY)),
  }),
  "/liabilities/get": ({ accounts, item, liabilities }) => ({
    accounts: each(accounts, account),
    item: pick(item, ITEM_WITH_PRODUCTS),
    liabilities: Object.fromEntries(
      Object.entries(liabilities as Wire).map(([kind, list]) => [kind, each(list, liability)]),
    ),
  }),
  "/transactions/get": ({ accounts, item, total_transactions, transactions }) => ({
    accounts: each(accounts, account),
    item: pick(item, ITEM_WITH_PRODUCTS),
    total_transactions,
    transactions: each(transactions, ({ check_number: _number, ...rest }) => rest),
  }),
  "/investments/transactions/get": ({
    accounts,
    investment_transactions,
    item,
    securities,
    total_investment_transactions,
  }) => ({
    accounts: each(accounts, account),
    investment_transactions,
    item: pick(item, ITEM_WITH_PRODUCTS),
    securities: each(securities, (security) => pick(security, SECURITY)),
    total_investment_transactions,
  }),
  "/asset_report/get": ({ report, warnings }) => ({
    report: { ...(report as Wire), items: each((report as Wire).items, reportItem) },
    warnings: each(warnings, warning),
  }),
};

const account = (record: Wire): Wire => ({ ...pick(record, ACCOUNT), balances: pick(record.balances, BALANCES) });

const liability = ({ last_statement_balance: _omitted, ...record }: Wire): Wire => record;

const reportItem = (item: Wire): Wire => ({ ...item, accounts: each(item.accounts, reportAccount) });

const reportAccount = (record: Wire): Wire => ({
  ...record,
  balances: pick(record.balances, BALANCES),
  transactions: each(record.transactions, ({ check_number: _number, credit_category: _category, ...rest }) => rest),
  ...("investments" in record && { investments: investments(record.investments as Wire) }),
});

/** The guide tells of them in answers of their own only: here by the names, and with the fields, that they have there. */
const investments = ({ holdings, securities, transactions }: Wire): Wire => ({
  holdings: each(holdings, (holding) => pick(holding, HOLDING)),
  investment_transactions: each(transactions, ({ vested_quantity: _, vested_value: __, ...rest }) => rest),
  securities: each(securities, (security) => pick(security, SECURITY)),
});

/** A warning's cause holds its error in a field of its own. */
const warning = ({ cause, ...rest }: Wire): Wire => {
  const { item_id, ...error } = cause as Wire;
  return { ...rest, cause: { item_id, error } };
};

/** A record's fields of these names, as far as it has them. */
export function pick(record: unknown, keys: readonly string[]): Wire {
  return Object.fromEntries(keys.filter((key) => key in (record as Wire)).map((key) => [key, (record as Wire)[key]]));
}

function each(list: unknown, change: (record: Wire) => Wire): Wire[] | null {
  return Array.isArray(list) ? list.map(change) : null;
}
