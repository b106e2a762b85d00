// Written by `npm run codegen` from schema/schema.graphql and examples/operations.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The kinds of account. */
export type AccountType =
  /** A credit card or a similar line of credit. */
  | 'CREDIT'
  /** Holds money: checking, savings, money market, CD ... */
  | 'DEPOSITORY'
  /** A brokerage or retirement account. */
  | 'INVESTMENT'
  /** A mortgage, student loan or other loan. */
  | 'LOAN'
  /** Any other kind. */
  | 'OTHER';

/** What the front end should do about a trouble. */
export type Action =
  /** Say that it cannot be had, and tell the people who run this gateway, with the error's requestId if there is one. */
  | 'CONTACT_SUPPORT'
  /** Ask the person to consent to the product: open the link flow for this item with that product. */
  | 'GRANT_CONSENT'
  /** Nothing about the item: mend the request, or go on. */
  | 'NONE'
  /** Let the person sign in again: open the link flow for this item. */
  | 'RELINK'
  /** Ask again at the error's retryAt, or after a while where that is null. */
  | 'RETRY_LATER'
  /** Do not offer it: the provider or the institution does not have it. */
  | 'UNSUPPORTED';

/** What the provider's link flow is opened for. */
export type CreateLinkTokenInput = {
  /** What people read as your application's name: 30 characters at most. */
  clientName?: string | null | undefined;
  /** Whose institutions are offered, ISO 3166-1 alpha-2. To repair an item, the countries that it was linked with. */
  countryCodes?: Array<string> | null | undefined;
  /** Reopen the link flow to repair this item; its provider then counts. */
  itemId?: string | null | undefined;
  /** In which language the flow speaks, ISO 639-1: en, es, fr ... */
  language?: string | null | undefined;
  /** Needed for a new item: only institutions that have them all are offered; accounts and balances come with each. With `itemId`, the further products to ask consent for. */
  products?: Array<Product> | null | undefined;
  /** Whose link flow; with `itemId` the item's counts. */
  provider?: Provider;
  /** Where institutions with a sign-in of their own send people back to: https, and allowed at the provider. */
  redirectUri?: string | null | undefined;
};

/** What a new report is over, and what it says of itself. */
export type CreateReportInput = {
  /** Your own id of the report; need not be unique. */
  clientReportId?: string | null | undefined;
  /** Days of history, counted back from its making: 0 to 731. */
  daysRequested: number;
  /** Resending the same key within 24 hours gives the first report again; with other input it is CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** At least one; more than 99 of one provider make several sources. */
  itemIds: Array<string>;
  /** The person whom it is about. */
  user?: ReportUserInput | null | undefined;
};

/** What went wrong, in this gateway's words, the same over all providers. The provider's own words are in errorType and errorCode. */
export type ErrorCode =
  /** An argument is outside what is allowed. The message says what was found and wanted; extensions.field and extensions.limit, where given, name the argument and its bounds. */
  | 'BAD_USER_INPUT'
  /** The request contradicts an earlier one: an item that another viewer has linked or that is just being removed, or an idempotency key used within 24 hours with other input or for another mutation. Nothing was done. */
  | 'CONFLICT'
  /** The token lacks the scope that the message names. */
  | 'FORBIDDEN'
  /** It was there and has been removed or taken back, and will not come again: a removed report refreshed, filtered or shared; a source whose report was to be made from one that was removed meanwhile; a report opened from a share that its owner ended since; a cursor older than the feed reaches. */
  | 'GONE'
  /** The institution does not answer the provider at present. */
  | 'INSTITUTION_UNAVAILABLE'
  /** A fault of the gateway itself: extensions.requestId leads to its cause in the log. */
  | 'INTERNAL_SERVER_ERROR'
  /** The person has not consented to this product for the item. Ask for consent in the link flow. */
  | 'ITEM_CONSENT_REQUIRED'
  /** The institution wants the person to sign in again. Open the link flow for this item. */
  | 'ITEM_LOGIN_REQUIRED'
  /** The provider is still fetching this product for the first time. Ask again soon. */
  | 'ITEM_NOT_READY'
  /** The person or the institution ended the access, or the access token is no longer valid. Link the login anew. */
  | 'ITEM_REVOKED'
  /** There is no such object, or it is another viewer's: the two are answered alike. */
  | 'NOT_FOUND'
  /** The provider or the institution does not offer this product for the item, or the provider not this way of sharing; a report opened from a share is not its holder's to filter or share, nor to refresh where it is an audit copy. */
  | 'PRODUCT_UNSUPPORTED'
  /** The provider's answer, or a record of it, could not be read; the message says what was wrong with it. */
  | 'PROVIDER_BAD_RESPONSE'
  /** The provider reported an error that this gateway has no name for: its own words are in the error's fields. */
  | 'PROVIDER_ERROR'
  /** The provider is not configured here, or refused this gateway's credentials. The people who run this gateway must mend it. */
  | 'PROVIDER_MISCONFIGURED'
  /** The provider's rate limit is reached: retryAt says when the next call may be made. */
  | 'PROVIDER_RATE_LIMITED'
  /** The provider did not answer within the deadline. */
  | 'PROVIDER_TIMEOUT'
  /** The provider refused the connection, answered 5xx, or is held back after repeated failures. */
  | 'PROVIDER_UNAVAILABLE'
  /** The client asks more often than the gateway allows, or too many of its reports are being prepared. Ask again later. */
  | 'RATE_LIMITED'
  /** The provider could not prepare the report; the causes name the items at fault. A FAILED report cannot be filtered or shared: refresh it, or create another. */
  | 'REPORT_FAILED'
  /** The report is still being prepared: a PENDING one cannot be refreshed, filtered or shared yet. Subscribe to reportStatus. */
  | 'REPORT_NOT_READY'
  /** No bearer token, or one that is malformed, expired or not signed by a key that this gateway trusts. Sign in again. */
  | 'UNAUTHENTICATED';

/** What an event tells. The list can grow: treat a value that you do not know as OTHER. After an update, read again what it names: the older answer has left the gateway's cache. */
export type EventType =
  /** An account was verified by micro-deposits: its numbers can be read. */
  | 'AUTH_AUTOMATICALLY_VERIFIED'
  /** An account was not verified in time: start the link flow for it again. */
  | 'AUTH_VERIFICATION_EXPIRED'
  /** Holdings were added or changed. */
  | 'HOLDINGS_UPDATED'
  /** Investment transactions came, or were cancelled. */
  | 'INVESTMENT_TRANSACTIONS_UPDATED'
  /** An item stopped working: see error, and the item's health for what to do. */
  | 'ITEM_ERROR'
  /** An item was linked, or linked again with a new token. */
  | 'ITEM_LINKED'
  /** The institution has accounts that the person has not shared yet: offer the link flow for this item. */
  | 'ITEM_NEW_ACCOUNTS'
  /** The person's consent ends soon: see the item's consentExpiresAt. */
  | 'ITEM_PENDING_EXPIRATION'
  /** The person ended the access. Link the login anew. */
  | 'ITEM_PERMISSION_REVOKED'
  /** An item was removed here: take it out of the cache. */
  | 'ITEM_REMOVED'
  /** An item works again. */
  | 'ITEM_REPAIRED'
  /** The address that the provider sends the item's webhooks to was changed. */
  | 'ITEM_WEBHOOK_UPDATED'
  /** Liabilities came or changed: see accountIds. */
  | 'LIABILITIES_UPDATED'
  /** Any other webhook of a provider: raw has all that it said. */
  | 'OTHER'
  /** No source of a report could be prepared: see the report's error. */
  | 'REPORT_FAILED'
  /** A report is as ready as it will be: some sources can be read, the others failed. */
  | 'REPORT_PARTIAL'
  /** Every source of a report can be read. */
  | 'REPORT_READY'
  /** A report was removed, or taken back by the owner who shared it. */
  | 'REPORT_REMOVED'
  /** An item has new or changed transactions. */
  | 'TRANSACTIONS_DEFAULT_UPDATE'
  /** All earlier transactions of an item are there. */
  | 'TRANSACTIONS_HISTORICAL_UPDATE'
  /** The first transactions of a new item, of about 30 days, are there. */
  | 'TRANSACTIONS_INITIAL_UPDATE'
  /** Transactions were taken back by the institution: see transactionIds. */
  | 'TRANSACTIONS_REMOVED';

/** How well an item works. */
export type ItemStatus =
  /** The person must do something before there is new data: see action. */
  | 'ACTION_REQUIRED'
  /** Something fails at the provider or the institution that will pass by itself. */
  | 'DEGRADED'
  /** The access has ended for good. Link the login anew. */
  | 'DISCONNECTED'
  /** It works, but the person's consent ends soon: see consentExpiresAt. */
  | 'EXPIRING'
  /** Nothing is known to be wrong. */
  | 'HEALTHY';

/** A kind of data that is read, consented to and billed on its own. */
export type Product =
  /** The list of accounts with their last known balances; every item has it. */
  | 'ACCOUNTS'
  /** Asset reports. */
  | 'ASSETS'
  /** Account and routing numbers. */
  | 'AUTH'
  /** Balances fetched from the institution at the moment of asking. */
  | 'BALANCE'
  /** Who holds the accounts. */
  | 'IDENTITY'
  /** Holdings, their securities, and trades. */
  | 'INVESTMENTS'
  /** What the transfer of an investment account needs. */
  | 'INVESTMENTS_AUTH'
  /** Terms and payments of credit cards, mortgages and student loans. */
  | 'LIABILITIES'
  /** Any product of a provider that this gateway has no name for. */
  | 'OTHER'
  /** Transactions of deposit and credit accounts. */
  | 'TRANSACTIONS';

/** A company that reads banks for this gateway: a financial-data aggregator. The list can grow: treat a value that you do not know as just another provider. */
export type Provider =
  /** FinGoal's Link Money. It says less than Plaid in places: fields name it where it leaves something null. */
  | 'LINK_MONEY'
  /** Plaid: everything in this schema but advice on transactions. */
  | 'PLAID';

/** Where a report, or one of its sources, stands. It never goes back, but to REMOVED. */
export type ReportStatus =
  /** No source could be prepared: see error. */
  | 'FAILED'
  /** Some sources are ready, the others failed: content has what there is. A single source is never PARTIAL. */
  | 'PARTIAL'
  /** A source is still being prepared. */
  | 'PENDING'
  /** All of it can be read. */
  | 'READY'
  /** It has been removed; nothing of it can be read. */
  | 'REMOVED';

/** The person whom a report is about, as it shall stand in the report. */
export type ReportUserInput = {
  /** Your own id of the person. */
  clientUserId?: string | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** Given name. */
  firstName?: string | null | undefined;
  /** Family name. */
  lastName?: string | null | undefined;
  /** Middle name. */
  middleName?: string | null | undefined;
  /** Telephone number, E.164: +14151234567. */
  phoneNumber?: string | null | undefined;
  /** Social security number with its dashes: 123-45-6789. It is given to the providers, and shown in full only with scope pii:read. */
  ssn?: string | null | undefined;
};

/** Which transactions. An absent or null field does not filter; an empty list matches nothing. Without dates: the two years that providers keep. */
export type TransactionFilter = {
  /** Those of one of these accounts. */
  accountIds?: Array<string> | null | undefined;
  /** The latest date; today (UTC) when absent. */
  endDate?: string | null | undefined;
  /** Those of one of these items. */
  itemIds?: Array<string> | null | undefined;
  /** The greatest amount, with its sign. */
  maxAmount?: string | null | undefined;
  /** The least amount, with its sign: money that came in is negative. */
  minAmount?: string | null | undefined;
  /** True: only pending ones; false: only posted ones. */
  pending?: boolean | null | undefined;
  /** Those of items linked through one of these providers. */
  providers?: Array<Provider> | null | undefined;
  /** Those with this text, in either case, in name, merchantName or originalDescription. */
  search?: string | null | undefined;
  /** The earliest date; 731 days ago when absent. */
  startDate?: string | null | undefined;
};

export type CreateReportMutationVariables = Exact<{
  input: CreateReportInput;
}>;


export type CreateReportMutation = { createReport: { report: { id: string, status: ReportStatus, sources: Array<{ id: string, provider: Provider, status: ReportStatus, error: { code: ErrorCode, message: string } | null }> } } | null };

export type ReportStatusSubscriptionVariables = Exact<{
  id: string;
}>;


export type ReportStatusSubscription = { reportStatus: { id: string, status: ReportStatus, sources: Array<{ id: string, provider: Provider, status: ReportStatus, error: { code: ErrorCode, message: string } | null }> } };

export type ReportContentQueryVariables = Exact<{
  id: string;
}>;


export type ReportContentQuery = { report: { id: string, status: ReportStatus, content: { id: string, items: Array<{ id: string, institutionName: string | null, accounts: Array<{ id: string, name: string, balances: { current: string | null, currency: string | null } }> }>, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> } | null, sources: Array<{ id: string, provider: Provider, status: ReportStatus, error: { code: ErrorCode, message: string } | null }> } | null };

export type EventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  types?: Array<EventType> | EventType | null | undefined;
}>;


export type EventsSubscription = { events: { id: string, cursor: string, type: EventType, itemId: string | null, transactionIds: Array<string>, item: { id: string, provider: Provider, institutionName: string | null, health: { status: ItemStatus, action: Action, error: { code: ErrorCode, message: string, retryAt: string | null } | null } } | null, report: { id: string, status: ReportStatus, sources: Array<{ id: string, provider: Provider, status: ReportStatus, error: { code: ErrorCode, message: string } | null }> } | null } };

export type MissingFragment = { provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } };

export type ItemCardFragment = { id: string, provider: Provider, institutionName: string | null, health: { status: ItemStatus, action: Action, error: { code: ErrorCode, message: string, retryAt: string | null } | null } };

type AccountRow_CreditAccount_Fragment = { id: string, name: string, mask: string | null, type: AccountType, liability: { id: string, lastStatementBalance: string | null, nextPaymentDueDate: string | null, lastPaymentAmount: string | null } | null, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } };

type AccountRow_DepositoryAccount_Fragment = { id: string, name: string, mask: string | null, type: AccountType, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } };

type AccountRow_InvestmentAccount_Fragment = { id: string, name: string, mask: string | null, type: AccountType, holdings: { edges: Array<{ cursor: string, node: { id: string, quantity: string | null, institutionValue: string | null, currency: string | null, security: { id: string, name: string | null, tickerSymbol: string | null } | null } }> }, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } };

type AccountRow_LoanAccount_Fragment = { id: string, name: string, mask: string | null, type: AccountType, liability:
    | { id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
    | { interestRatePercentage: string | null, maturityDate: string | null, id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
    | { interestRatePercentage: string | null, loanName: string | null, id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
   | null, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } };

type AccountRow_OtherAccount_Fragment = { id: string, name: string, mask: string | null, type: AccountType, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } };

export type AccountRowFragment =
  | AccountRow_CreditAccount_Fragment
  | AccountRow_DepositoryAccount_Fragment
  | AccountRow_InvestmentAccount_Fragment
  | AccountRow_LoanAccount_Fragment
  | AccountRow_OtherAccount_Fragment
;

type NextPayment_CreditCardLiability_Fragment = { nextPaymentDueDate: string | null, lastPaymentAmount: string | null };

type NextPayment_MortgageLiability_Fragment = { nextPaymentDueDate: string | null, lastPaymentAmount: string | null };

type NextPayment_StudentLoanLiability_Fragment = { nextPaymentDueDate: string | null, lastPaymentAmount: string | null };

export type NextPaymentFragment =
  | NextPayment_CreditCardLiability_Fragment
  | NextPayment_MortgageLiability_Fragment
  | NextPayment_StudentLoanLiability_Fragment
;

export type HoldingRowFragment = { id: string, quantity: string | null, institutionValue: string | null, currency: string | null, security: { id: string, name: string | null, tickerSymbol: string | null } | null };

export type TransactionRowFragment = { id: string, date: string, name: string | null, amount: string, currency: string | null, pending: boolean, account:
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
    | { id: string, name: string }
   | null };

export type ReportProgressFragment = { id: string, status: ReportStatus, sources: Array<{ id: string, provider: Provider, status: ReportStatus, error: { code: ErrorCode, message: string } | null }> };

export type PortfolioQueryVariables = Exact<{ [key: string]: never; }>;


export type PortfolioQuery = { netWorth: { totals: Array<{ currency: string | null, assets: string, liabilities: string, net: string }>, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> }, items: { edges: Array<{ cursor: string, node: { id: string, provider: Provider, institutionName: string | null, health: { status: ItemStatus, action: Action, error: { code: ErrorCode, message: string, retryAt: string | null } | null } } }>, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> }, accounts: { edges: Array<{ cursor: string, node:
        | { id: string, name: string, mask: string | null, type: AccountType, liability: { id: string, lastStatementBalance: string | null, nextPaymentDueDate: string | null, lastPaymentAmount: string | null } | null, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } }
        | { id: string, name: string, mask: string | null, type: AccountType, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } }
        | { id: string, name: string, mask: string | null, type: AccountType, holdings: { edges: Array<{ cursor: string, node: { id: string, quantity: string | null, institutionValue: string | null, currency: string | null, security: { id: string, name: string | null, tickerSymbol: string | null } | null } }> }, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } }
        | { id: string, name: string, mask: string | null, type: AccountType, liability:
            | { id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
            | { interestRatePercentage: string | null, maturityDate: string | null, id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
            | { interestRatePercentage: string | null, loanName: string | null, id: string, nextPaymentDueDate: string | null, lastPaymentAmount: string | null }
           | null, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } }
        | { id: string, name: string, mask: string | null, type: AccountType, balances: { current: string | null, available: string | null, currency: string | null }, owners: Array<{ names: Array<string> }> | null, provenance: { provider: Provider, fetchedAt: string }, item: { id: string, institutionName: string | null } }
       }>, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> } };

export type ItemHealthQueryVariables = Exact<{
  id: string;
}>;


export type ItemHealthQuery = { item: { id: string, provider: Provider, institutionName: string | null, health: { status: ItemStatus, action: Action, error: { code: ErrorCode, message: string, retryAt: string | null } | null } } | null };

export type CreateLinkTokenMutationVariables = Exact<{
  input: CreateLinkTokenInput;
}>;


export type CreateLinkTokenMutation = { createLinkToken: { linkToken: string, expiresAt: string } | null };

export type ItemCheckQueryVariables = Exact<{
  id: string;
}>;


export type ItemCheckQuery = { item: { id: string, accounts: { edges: Array<{ cursor: string, node:
          | { id: string, balances: { current: string | null, available: string | null, currency: string | null } }
          | { id: string, balances: { current: string | null, available: string | null, currency: string | null } }
          | { id: string, balances: { current: string | null, available: string | null, currency: string | null } }
          | { id: string, balances: { current: string | null, available: string | null, currency: string | null } }
          | { id: string, balances: { current: string | null, available: string | null, currency: string | null } }
         }>, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> } } | null };

export type TransactionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: TransactionFilter | null | undefined;
}>;


export type TransactionsQuery = { transactions: { edges: Array<{ cursor: string, node: { id: string, date: string, name: string | null, amount: string, currency: string | null, pending: boolean, account:
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
          | { id: string, name: string }
         | null } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean }, unavailable: Array<{ provider: Provider, product: Product, action: Action, item: { id: string, institutionName: string | null } | null, error: { code: ErrorCode, message: string, retryAt: string | null } }> } };

export const MissingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Missing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Unavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<MissingFragment, unknown>;
export const ItemCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}}]} as unknown as DocumentNode<ItemCardFragment, unknown>;
export const NextPaymentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NextPayment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Liability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextPaymentDueDate"}},{"kind":"Field","name":{"kind":"Name","value":"lastPaymentAmount"}}]}}]} as unknown as DocumentNode<NextPaymentFragment, unknown>;
export const HoldingRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HoldingRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Holding"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"institutionValue"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"security"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tickerSymbol"}}]}}]}}]} as unknown as DocumentNode<HoldingRowFragment, unknown>;
export const AccountRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mask"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"names"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"NextPayment"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatementBalance"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoanAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"NextPayment"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MortgageLiability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interestRatePercentage"}},{"kind":"Field","name":{"kind":"Name","value":"maturityDate"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StudentLoanLiability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interestRatePercentage"}},{"kind":"Field","name":{"kind":"Name","value":"loanName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvestmentAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"holdings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"HoldingRow"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NextPayment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Liability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextPaymentDueDate"}},{"kind":"Field","name":{"kind":"Name","value":"lastPaymentAmount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HoldingRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Holding"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"institutionValue"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"security"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tickerSymbol"}}]}}]}}]} as unknown as DocumentNode<AccountRowFragment, unknown>;
export const TransactionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransactionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<TransactionRowFragment, unknown>;
export const ReportProgressFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Report"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ReportProgressFragment, unknown>;
export const CreateReportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateReport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateReportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createReport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReportProgress"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Report"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateReportMutation, CreateReportMutationVariables>;
export const ReportStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ReportStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reportStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReportProgress"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Report"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ReportStatusSubscription, ReportStatusSubscriptionVariables>;
export const ReportContentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReportContent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"report"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReportProgress"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"items"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Report"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Missing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Unavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<ReportContentQuery, ReportContentQueryVariables>;
export const EventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Events"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"types"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EventType"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"Variable","name":{"kind":"Name","value":"types"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"itemId"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ItemCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ReportProgress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"transactionIds"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Report"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<EventsSubscription, EventsSubscriptionVariables>;
export const PortfolioDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Portfolio"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"netWorth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"assets"}},{"kind":"Field","name":{"kind":"Name","value":"liabilities"}},{"kind":"Field","name":{"kind":"Name","value":"net"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ItemCard"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NextPayment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Liability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextPaymentDueDate"}},{"kind":"Field","name":{"kind":"Name","value":"lastPaymentAmount"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"HoldingRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Holding"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"institutionValue"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"security"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tickerSymbol"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Missing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Unavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"mask"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"names"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"fetchedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"NextPayment"}},{"kind":"Field","name":{"kind":"Name","value":"lastStatementBalance"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoanAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"NextPayment"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MortgageLiability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interestRatePercentage"}},{"kind":"Field","name":{"kind":"Name","value":"maturityDate"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StudentLoanLiability"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"interestRatePercentage"}},{"kind":"Field","name":{"kind":"Name","value":"loanName"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvestmentAccount"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"holdings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"HoldingRow"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PortfolioQuery, PortfolioQueryVariables>;
export const ItemHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemHealth"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ItemCard"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ItemCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Item"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}}]} as unknown as DocumentNode<ItemHealthQuery, ItemHealthQueryVariables>;
export const CreateLinkTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateLinkToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateLinkTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createLinkToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"linkToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<CreateLinkTokenMutation, CreateLinkTokenMutationVariables>;
export const ItemCheckDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ItemCheck"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"item"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"fresh"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Missing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Unavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<ItemCheckQuery, ItemCheckQueryVariables>;
export const TransactionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Transactions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TransactionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TransactionRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unavailable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Missing"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TransactionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"date"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Missing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Unavailable"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"institutionName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<TransactionsQuery, TransactionsQueryVariables>;