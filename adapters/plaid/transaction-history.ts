/**
 * Plaid keeps 90 days of an item's transactions unless more are asked for when they are added to it, at its linking or by the first call
 * about them; later that cannot be changed. Source: https://plaid.com/docs/api/link/#link-token-create-request-transactions-days-requested.
 */
export const TRANSACTION_HISTORY = { days_requested: 730 } as const;
