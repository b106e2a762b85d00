import { registerEnumType } from "type-graphql";

export const Provider = {
  PLAID: "PLAID",
  LINK_MONEY: "LINK_MONEY",
} as const;
export type Provider = keyof typeof Provider;
registerEnumType(Provider, {
  name: "Provider",
  description:
    "A company that reads banks for this gateway: a financial-data aggregator. The list can grow: treat a value that you do not know as just another provider.",
  valuesConfig: {
    PLAID: { description: "Plaid: everything in this schema but advice on transactions." },
    LINK_MONEY: {
      description:
        "FinGoal's Link Money. It says less than Plaid in places: fields name it where it leaves something null.",
    },
  },
});

export const Product = {
  ACCOUNTS: "ACCOUNTS",
  AUTH: "AUTH",
  BALANCE: "BALANCE",
  IDENTITY: "IDENTITY",
  TRANSACTIONS: "TRANSACTIONS",
  INVESTMENTS: "INVESTMENTS",
  INVESTMENTS_AUTH: "INVESTMENTS_AUTH",
  LIABILITIES: "LIABILITIES",
  ASSETS: "ASSETS",
  OTHER: "OTHER",
} as const;
export type Product = keyof typeof Product;
registerEnumType(Product, {
  name: "Product",
  description: "A kind of data that is read, consented to and billed on its own.",
  valuesConfig: {
    ACCOUNTS: { description: "The list of accounts with their last known balances; every item has it." },
    AUTH: { description: "Account and routing numbers." },
    BALANCE: { description: "Balances fetched from the institution at the moment of asking." },
    IDENTITY: { description: "Who holds the accounts." },
    TRANSACTIONS: { description: "Transactions of deposit and credit accounts." },
    INVESTMENTS: { description: "Holdings, their securities, and trades." },
    INVESTMENTS_AUTH: { description: "What the transfer of an investment account needs." },
    LIABILITIES: { description: "Terms and payments of credit cards, mortgages and student loans." },
    ASSETS: { description: "Asset reports." },
    OTHER: { description: "Any product of a provider that this gateway has no name for." },
  },
});

export const Action = {
  NONE: "NONE",
  RELINK: "RELINK",
  GRANT_CONSENT: "GRANT_CONSENT",
  RETRY_LATER: "RETRY_LATER",
  UNSUPPORTED: "UNSUPPORTED",
  CONTACT_SUPPORT: "CONTACT_SUPPORT",
} as const;
export type Action = keyof typeof Action;
registerEnumType(Action, {
  name: "Action",
  description: "What the front end should do about a trouble.",
  valuesConfig: {
    NONE: { description: "Nothing about the item: mend the request, or go on." },
    RELINK: { description: "Let the person sign in again: open the link flow for this item." },
    GRANT_CONSENT: {
      description: "Ask the person to consent to the product: open the link flow for this item with that product.",
    },
    RETRY_LATER: { description: "Ask again at the error's retryAt, or after a while where that is null." },
    UNSUPPORTED: { description: "Do not offer it: the provider or the institution does not have it." },
    CONTACT_SUPPORT: {
      description:
        "Say that it cannot be had, and tell the people who run this gateway, with the error's requestId if there is one.",
    },
  },
});

export const ErrorCode = {
  UNAUTHENTICATED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  BAD_USER_INPUT: "BAD_USER_INPUT",
  CONFLICT: "CONFLICT",
  GONE: "GONE",
  ITEM_LOGIN_REQUIRED: "ITEM_LOGIN_REQUIRED",
  ITEM_CONSENT_REQUIRED: "ITEM_CONSENT_REQUIRED",
  ITEM_REVOKED: "ITEM_REVOKED",
  ITEM_NOT_READY: "ITEM_NOT_READY",
  PRODUCT_UNSUPPORTED: "PRODUCT_UNSUPPORTED",
  REPORT_NOT_READY: "REPORT_NOT_READY",
  REPORT_FAILED: "REPORT_FAILED",
  INSTITUTION_UNAVAILABLE: "INSTITUTION_UNAVAILABLE",
  PROVIDER_UNAVAILABLE: "PROVIDER_UNAVAILABLE",
  PROVIDER_TIMEOUT: "PROVIDER_TIMEOUT",
  PROVIDER_RATE_LIMITED: "PROVIDER_RATE_LIMITED",
  PROVIDER_BAD_RESPONSE: "PROVIDER_BAD_RESPONSE",
  PROVIDER_MISCONFIGURED: "PROVIDER_MISCONFIGURED",
  PROVIDER_ERROR: "PROVIDER_ERROR",
  RATE_LIMITED: "RATE_LIMITED",
  INTERNAL_SERVER_ERROR: "INTERNAL_SERVER_ERROR",
} as const;
export type ErrorCode = keyof typeof ErrorCode;
registerEnumType(ErrorCode, {
  name: "ErrorCode",
  description:
    "What went wrong, in this gateway's words, the same over all providers. The provider's own words are in errorType and errorCode.",
  valuesConfig: {
    UNAUTHENTICATED: {
      description:
        "No bearer token, or one that is malformed, expired or not signed by a key that this gateway trusts. Sign in again.",
    },
    FORBIDDEN: { description: "The token lacks the scope that the message names." },
    NOT_FOUND: { description: "There is no such object, or it is another viewer's: the two are answered alike." },
    BAD_USER_INPUT: {
      description:
        "An argument is outside what is allowed. The message says what was found and wanted; extensions.field and extensions.limit, where given, name the argument and its bounds.",
    },
    CONFLICT: {
      description:
        "The request contradicts an earlier one: an item that another viewer has linked or that is just being removed, or an idempotency key used within 24 hours with other input or for another mutation. Nothing was done.",
    },
    GONE: {
      description:
        "It was there and has been removed or taken back, and will not come again: a removed report refreshed, filtered or shared; a source whose report was to be made from one that was removed meanwhile; a report opened from a share that its owner ended since; a cursor older than the feed reaches.",
    },
    ITEM_LOGIN_REQUIRED: {
      description: "The institution wants the person to sign in again. Open the link flow for this item.",
    },
    ITEM_CONSENT_REQUIRED: {
      description: "The person has not consented to this product for the item. Ask for consent in the link flow.",
    },
    ITEM_REVOKED: {
      description:
        "The person or the institution ended the access, or the access token is no longer valid. Link the login anew.",
    },
    ITEM_NOT_READY: { description: "The provider is still fetching this product for the first time. Ask again soon." },
    PRODUCT_UNSUPPORTED: {
      description:
        "The provider or the institution does not offer this product for the item, or the provider not this way of sharing; a report opened from a share is not its holder's to filter or share, nor to refresh where it is an audit copy.",
    },
    REPORT_NOT_READY: {
      description:
        "The report is still being prepared: a PENDING one cannot be refreshed, filtered or shared yet. Subscribe to reportStatus.",
    },
    REPORT_FAILED: {
      description:
        "The provider could not prepare the report; the causes name the items at fault. A FAILED report cannot be filtered or shared: refresh it, or create another.",
    },
    INSTITUTION_UNAVAILABLE: { description: "The institution does not answer the provider at present." },
    PROVIDER_UNAVAILABLE: {
      description: "The provider refused the connection, answered 5xx, or is held back after repeated failures.",
    },
    PROVIDER_TIMEOUT: { description: "The provider did not answer within the deadline." },
    PROVIDER_RATE_LIMITED: {
      description: "The provider's rate limit is reached: retryAt says when the next call may be made.",
    },
    PROVIDER_BAD_RESPONSE: {
      description:
        "The provider's answer, or a record of it, could not be read; the message says what was wrong with it.",
    },
    PROVIDER_MISCONFIGURED: {
      description:
        "The provider is not configured here, or refused this gateway's credentials. The people who run this gateway must mend it.",
    },
    PROVIDER_ERROR: {
      description:
        "The provider reported an error that this gateway has no name for: its own words are in the error's fields.",
    },
    RATE_LIMITED: {
      description:
        "The client asks more often than the gateway allows, or too many of its reports are being prepared. Ask again later.",
    },
    INTERNAL_SERVER_ERROR: {
      description: "A fault of the gateway itself: extensions.requestId leads to its cause in the log.",
    },
  },
});

export const ItemStatus = {
  HEALTHY: "HEALTHY",
  EXPIRING: "EXPIRING",
  ACTION_REQUIRED: "ACTION_REQUIRED",
  DEGRADED: "DEGRADED",
  DISCONNECTED: "DISCONNECTED",
} as const;
export type ItemStatus = keyof typeof ItemStatus;
registerEnumType(ItemStatus, {
  name: "ItemStatus",
  description: "How well an item works.",
  valuesConfig: {
    HEALTHY: { description: "Nothing is known to be wrong." },
    EXPIRING: { description: "It works, but the person's consent ends soon: see consentExpiresAt." },
    ACTION_REQUIRED: { description: "The person must do something before there is new data: see action." },
    DEGRADED: { description: "Something fails at the provider or the institution that will pass by itself." },
    DISCONNECTED: { description: "The access has ended for good. Link the login anew." },
  },
});

export const AccountType = {
  DEPOSITORY: "DEPOSITORY",
  CREDIT: "CREDIT",
  LOAN: "LOAN",
  INVESTMENT: "INVESTMENT",
  OTHER: "OTHER",
} as const;
export type AccountType = keyof typeof AccountType;
registerEnumType(AccountType, {
  name: "AccountType",
  description: "The kinds of account.",
  valuesConfig: {
    DEPOSITORY: { description: "Holds money: checking, savings, money market, CD ..." },
    CREDIT: { description: "A credit card or a similar line of credit." },
    LOAN: { description: "A mortgage, student loan or other loan." },
    INVESTMENT: { description: "A brokerage or retirement account." },
    OTHER: { description: "Any other kind." },
  },
});

export const LiabilityKind = {
  CREDIT_CARD: "CREDIT_CARD",
  MORTGAGE: "MORTGAGE",
  STUDENT_LOAN: "STUDENT_LOAN",
} as const;
export type LiabilityKind = keyof typeof LiabilityKind;
registerEnumType(LiabilityKind, {
  name: "LiabilityKind",
  description: "The kinds of liability that have terms of their own.",
  valuesConfig: {
    CREDIT_CARD: { description: "A CreditCardLiability." },
    MORTGAGE: { description: "A MortgageLiability." },
    STUDENT_LOAN: { description: "A StudentLoanLiability." },
  },
});

export const ReportStatus = {
  PENDING: "PENDING",
  READY: "READY",
  PARTIAL: "PARTIAL",
  FAILED: "FAILED",
  REMOVED: "REMOVED",
} as const;
export type ReportStatus = keyof typeof ReportStatus;
registerEnumType(ReportStatus, {
  name: "ReportStatus",
  description: "Where a report, or one of its sources, stands. It never goes back, but to REMOVED.",
  valuesConfig: {
    PENDING: { description: "A source is still being prepared." },
    READY: { description: "All of it can be read." },
    PARTIAL: {
      description:
        "Some sources are ready, the others failed: content has what there is. A single source is never PARTIAL.",
    },
    FAILED: { description: "No source could be prepared: see error." },
    REMOVED: { description: "It has been removed; nothing of it can be read." },
  },
});

export const ReportOrigin = {
  CREATED: "CREATED",
  REFRESHED: "REFRESHED",
  FILTERED: "FILTERED",
  RELAYED: "RELAYED",
  AUDIT_COPY: "AUDIT_COPY",
} as const;
export type ReportOrigin = keyof typeof ReportOrigin;
registerEnumType(ReportOrigin, {
  name: "ReportOrigin",
  description: "How a report came about.",
  valuesConfig: {
    CREATED: { description: "By createReport." },
    REFRESHED: { description: "By refreshReport, from another with newer data." },
    FILTERED: { description: "By filterReport, from another less some accounts." },
    RELAYED: { description: "Its owner shared it by a relay token." },
    AUDIT_COPY: { description: "Its owner shared it by an audit copy token." },
  },
});

export const EventType = {
  REPORT_READY: "REPORT_READY",
  REPORT_PARTIAL: "REPORT_PARTIAL",
  REPORT_FAILED: "REPORT_FAILED",
  REPORT_REMOVED: "REPORT_REMOVED",
  ITEM_LINKED: "ITEM_LINKED",
  ITEM_ERROR: "ITEM_ERROR",
  ITEM_REPAIRED: "ITEM_REPAIRED",
  ITEM_NEW_ACCOUNTS: "ITEM_NEW_ACCOUNTS",
  ITEM_PENDING_EXPIRATION: "ITEM_PENDING_EXPIRATION",
  ITEM_PERMISSION_REVOKED: "ITEM_PERMISSION_REVOKED",
  ITEM_WEBHOOK_UPDATED: "ITEM_WEBHOOK_UPDATED",
  ITEM_REMOVED: "ITEM_REMOVED",
  TRANSACTIONS_INITIAL_UPDATE: "TRANSACTIONS_INITIAL_UPDATE",
  TRANSACTIONS_HISTORICAL_UPDATE: "TRANSACTIONS_HISTORICAL_UPDATE",
  TRANSACTIONS_DEFAULT_UPDATE: "TRANSACTIONS_DEFAULT_UPDATE",
  TRANSACTIONS_REMOVED: "TRANSACTIONS_REMOVED",
  HOLDINGS_UPDATED: "HOLDINGS_UPDATED",
  INVESTMENT_TRANSACTIONS_UPDATED: "INVESTMENT_TRANSACTIONS_UPDATED",
  LIABILITIES_UPDATED: "LIABILITIES_UPDATED",
  AUTH_AUTOMATICALLY_VERIFIED: "AUTH_AUTOMATICALLY_VERIFIED",
  AUTH_VERIFICATION_EXPIRED: "AUTH_VERIFICATION_EXPIRED",
  OTHER: "OTHER",
} as const;
export type EventType = keyof typeof EventType;
registerEnumType(EventType, {
  name: "EventType",
  description:
    "What an event tells. The list can grow: treat a value that you do not know as OTHER. After an update, read again what it names: the older answer has left the gateway's cache.",
  valuesConfig: {
    REPORT_READY: { description: "Every source of a report can be read." },
    REPORT_PARTIAL: { description: "A report is as ready as it will be: some sources can be read, the others failed." },
    REPORT_FAILED: { description: "No source of a report could be prepared: see the report's error." },
    REPORT_REMOVED: { description: "A report was removed, or taken back by the owner who shared it." },
    ITEM_LINKED: { description: "An item was linked, or linked again with a new token." },
    ITEM_ERROR: { description: "An item stopped working: see error, and the item's health for what to do." },
    ITEM_REPAIRED: { description: "An item works again." },
    ITEM_NEW_ACCOUNTS: {
      description:
        "The institution has accounts that the person has not shared yet: offer the link flow for this item.",
    },
    ITEM_PENDING_EXPIRATION: { description: "The person's consent ends soon: see the item's consentExpiresAt." },
    ITEM_PERMISSION_REVOKED: { description: "The person ended the access. Link the login anew." },
    ITEM_WEBHOOK_UPDATED: { description: "The address that the provider sends the item's webhooks to was changed." },
    ITEM_REMOVED: { description: "An item was removed here: take it out of the cache." },
    TRANSACTIONS_INITIAL_UPDATE: { description: "The first transactions of a new item, of about 30 days, are there." },
    TRANSACTIONS_HISTORICAL_UPDATE: { description: "All earlier transactions of an item are there." },
    TRANSACTIONS_DEFAULT_UPDATE: { description: "An item has new or changed transactions." },
    TRANSACTIONS_REMOVED: { description: "Transactions were taken back by the institution: see transactionIds." },
    HOLDINGS_UPDATED: { description: "Holdings were added or changed." },
    INVESTMENT_TRANSACTIONS_UPDATED: { description: "Investment transactions came, or were cancelled." },
    LIABILITIES_UPDATED: { description: "Liabilities came or changed: see accountIds." },
    AUTH_AUTOMATICALLY_VERIFIED: { description: "An account was verified by micro-deposits: its numbers can be read." },
    AUTH_VERIFICATION_EXPIRED: {
      description: "An account was not verified in time: start the link flow for it again.",
    },
    OTHER: { description: "Any other webhook of a provider: raw has all that it said." },
  },
});
