/** What the aggregators say of one of their errors. */
interface Words {
  type: string;
  status: number;
  message: string;
  /** For the person; null when it is none of their doing. */
  display: string | null;
  suggested: string | null;
}

const words = (type: string, message: string, more: Partial<Words> = {}): Words => ({
  type,
  message,
  status: 400,
  display: null,
  suggested: null,
  ...more,
});

/** The errors that the sandbox gives of itself and those that faults most often ask for; statuses and words after Plaid's documents. */
const TABLE: Readonly<Record<string, Words>> = {
  MISSING_FIELDS: words("INVALID_REQUEST", "the following required fields are missing"),
  UNKNOWN_FIELDS: words("INVALID_REQUEST", "the following fields are not recognized by this endpoint"),
  INVALID_FIELD: words("INVALID_REQUEST", "a field is invalid"),
  LAST_UPDATED_DATETIME_OUT_OF_RANGE: words(
    "INVALID_REQUEST",
    "the requested datetime is out of range of the most recently updated balance",
  ),
  INVALID_BODY: words("INVALID_REQUEST", "body could not be parsed as JSON"),
  INVALID_HEADERS: words("INVALID_REQUEST", "the request's headers are invalid"),
  NOT_FOUND: words("INVALID_REQUEST", "the requested resource does not exist", { status: 404 }),
  INVALID_API_KEYS: words("INVALID_INPUT", "invalid client_id or secret provided"),
  INVALID_ACCESS_TOKEN: words(
    "INVALID_INPUT",
    "the provided access token does not exist for the requested environment",
  ),
  // Not on the errors page; named as INVALID_AUDIT_COPY_TOKEN is, for "removing a report invalidates its token".
  INVALID_AUDIT_COPY_TOKEN: words("INVALID_INPUT", "the provided audit copy token does not exist or was removed"),
  INVALID_RELAY_TOKEN: words("INVALID_INPUT", "the provided relay token does not exist or was removed"),
  INVALID_ASSET_REPORT_TOKEN: words("INVALID_INPUT", "the provided asset_report_token does not exist or was removed"),
  INVALID_ACCOUNT_ID: words("INVALID_INPUT", "one of the account_ids requested does not belong to this Item"),
  INVALID_INSTITUTION: words("INVALID_INPUT", "invalid institution_id provided"),
  INVALID_LINK_TOKEN: words("INVALID_INPUT", "invalid link_token provided"),
  INVALID_PUBLIC_TOKEN: words("INVALID_INPUT", "the public token is expired, used or does not exist"),
  INVALID_PRODUCT: words("INVALID_INPUT", "a product of the request is invalid"),
  INVALID_WEBHOOK_VERIFICATION_KEY_ID: words("INVALID_INPUT", "invalid key_id provided"),
  USER_PERMISSION_REVOKED: words(
    "INVALID_INPUT",
    "the holder of this account has revoked their permission for your application to access it",
  ),
  ITEM_LOGIN_REQUIRED: words(
    "ITEM_ERROR",
    "the login details of this item have changed (credentials, MFA, or required user action) and a user login is required to update this information. use Link's update mode to restore the item to a good state",
    {
      display: "The login details for this account have changed. Please sign in again.",
      suggested: "Open Link in update mode for this Item.",
    },
  ),
  ITEM_LOCKED: words("ITEM_ERROR", "the account is locked", {
    display: "Your account is locked. Please visit your bank's website.",
  }),
  ITEM_NOT_SUPPORTED: words("ITEM_ERROR", "this account is not supported by Plaid", {
    display:
      "The given account is not currently supported for this financial institution. We apologize for the inconvenience.",
  }),
  INVALID_CREDENTIALS: words("ITEM_ERROR", "the provided credentials were not correct", {
    display: "The provided credentials were not correct. Please try again.",
  }),
  INVALID_MFA: words("ITEM_ERROR", "the provided MFA response(s) were not correct", {
    display: "The provided MFA responses were not correct. Please try again.",
  }),
  MFA_NOT_SUPPORTED: words(
    "ITEM_ERROR",
    "this account requires a MFA type that we do not currently support for the institution",
    {
      display:
        "The multi-factor security features enabled on this account are not currently supported for this financial institution. We apologize for the inconvenience.",
    },
  ),
  USER_INPUT_TIMEOUT: words("ITEM_ERROR", "user must retry this operation", {
    display: "The application timed out waiting for user input",
  }),
  USER_SETUP_REQUIRED: words(
    "ITEM_ERROR",
    "the account has not been fully set up. prompt the user to visit the issuing institution's site and finish the setup process",
    {
      display:
        "The given account is not fully setup. Please visit your financial institution's website to setup your account.",
    },
  ),
  ITEM_NOT_FOUND: words("ITEM_ERROR", "the Item you requested cannot be found"),
  ACCESS_NOT_GRANTED: words("ITEM_ERROR", "access to this product was not granted for the account"),
  NO_ACCOUNTS: words("ITEM_ERROR", "no valid accounts exist for this Item", { display: "No valid accounts found." }),
  NO_AUTH_ACCOUNTS: words("ITEM_ERROR", "no valid checking or savings accounts exist for this Item", {
    display: "No checking or savings accounts found.",
  }),
  NO_INVESTMENT_AUTH_ACCOUNTS: words("ITEM_ERROR", "no valid investments auth accounts exist for this Item"),
  NO_INVESTMENT_ACCOUNTS: words("ITEM_ERROR", "no valid investment accounts exist for this Item"),
  NO_LIABILITY_ACCOUNTS: words("ITEM_ERROR", "no valid liability accounts exist for this Item"),
  PRODUCTS_NOT_SUPPORTED: words("ITEM_ERROR", "the requested product is not supported by this Item's institution"),
  ADDITIONAL_CONSENT_REQUIRED: words("INVALID_INPUT", "client does not have user consent to access this product"),
  INSTITUTION_DOWN: words(
    "INSTITUTION_ERROR",
    "this institution is not currently responding to this request. please try again soon",
    {
      display: "This financial institution is not currently responding. Please try again later.",
    },
  ),
  INSTITUTION_NOT_RESPONDING: words(
    "INSTITUTION_ERROR",
    "this institution is not currently responding to this request. please try again soon",
    {
      display: "This financial institution is not currently responding. Please try again later.",
    },
  ),
  INSTITUTION_NO_LONGER_SUPPORTED: words("INSTITUTION_ERROR", "this institution is no longer supported", {
    display: "This financial institution is no longer supported. We apologize for the inconvenience.",
  }),
  PRODUCT_NOT_READY: words(
    "ASSET_REPORT_ERROR",
    "the requested product is not yet ready. please provide a webhook or try the request again later",
  ),
  DATA_UNAVAILABLE: words(
    "ASSET_REPORT_ERROR",
    "unable to pull sufficient account information to generate an asset report",
  ),
  ASSET_REPORT_GENERATION_FAILED: words("ASSET_REPORT_ERROR", "the asset report could not be generated"),
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: words(
    "TRANSACTIONS_ERROR",
    "underlying transaction data changed since last page was fetched. please restart pagination from the last update",
  ),
  SANDBOX_PRODUCT_NOT_ENABLED: words("SANDBOX_ERROR", "the product is not enabled on this item"),
  SANDBOX_WEBHOOK_INVALID: words(
    "SANDBOX_ERROR",
    "the webhook for this item is either not set up or invalid. please update the item's webhook and try again",
  ),
  RATE_LIMIT: words("RATE_LIMIT_EXCEEDED", "rate limit exceeded. please try again in a minute", { status: 429 }),
  INTERNAL_SERVER_ERROR: words("API_ERROR", "an unexpected error occurred", { status: 500 }),
  PLAID_ERROR: words("API_ERROR", "an unexpected error occurred", { status: 500 }),
  PLANNED_MAINTENANCE: words("API_ERROR", "the API is under planned maintenance", { status: 503 }),
};

/** Where an error of this particular kind differs from the table. */
export interface ApiErrorOptions {
  message?: string;
  type?: string;
  status?: number;
  /** A report's items at fault. */
  causes?: object[];
}

/** An error answer of an imitated aggregator. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  readonly options: ApiErrorOptions;

  constructor(code: string, options: ApiErrorOptions = {}) {
    super(options.message ?? TABLE[code]?.message ?? "an error occurred");
    this.code = code;
    this.status = options.status ?? TABLE[code]?.status ?? 400;
    this.options = options;
  }

  /** The error in Plaid's shape; an answer adds its request_id, a webhook its status. */
  toWire() {
    const known = TABLE[this.code];
    const type = this.options.type ?? known?.type ?? "API_ERROR";
    return {
      display_message: known?.display ?? null,
      documentation_url: `https://plaid.com/docs/?ref=error#${sectionOf(type)}`,
      error_code: this.code,
      error_message: this.message,
      error_type: type,
      suggested_action: known?.suggested ?? null,
      ...(this.options.causes && { causes: this.options.causes }),
    };
  }
}

/** The part of Plaid's page of errors: "item-errors" of ITEM_ERROR, "invalid-input-errors" of INVALID_INPUT. */
function sectionOf(type: string): string {
  return `${type
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/-error$/, "")}-errors`;
}
