import { ApiError } from "./api-error.ts";
import { COUNTRIES } from "./countries.ts";
import {
  CLIENT_FIELDS,
  flag,
  integer,
  type Judged,
  judge,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  record,
  string,
  text,
  webAddress,
} from "./judge.ts";
import { PRODUCTS } from "./products.ts";

const LONGEST_HOSTED_S = 21 * 86_400;
/** In these the sandbox's link flow speaks, by Plaid's reference of /link/token/create. */
const LANGUAGES = "da nl en et fr de hi it lv lt no pl pt ro es sv vi".split(" ");
/** The products that an item may be given in a repair; others are consented to there. */
const ADDED_IN_REPAIR = ["assets", "statements", "income_verification"];

const products = nullable(listOf(oneOf(PRODUCTS)));
const USER = {
  client_user_id: text,
  legal_name: optional(string),
  name: optional(record),
  phone_number: optional(string),
  phone_number_verified_time: nullable(string),
  email_address: optional(string),
  email_address_verified_time: nullable(string),
  ssn: optional(string),
  date_of_birth: nullable(string),
  address: optional(record),
  id_number: optional(record),
};
const HOSTED = {
  delivery_method: optional(oneOf(["sms", "email"])),
  completion_redirect_uri: optional(string),
  url_lifetime_seconds: optional(integer(1, LONGEST_HOSTED_S)),
  is_mobile_app: optional(flag),
};
const UPDATE = {
  account_selection_enabled: optional(flag),
  reauthorization_enabled: optional(flag),
  user: optional(flag),
  item_ids: nullable(listOf(text)),
};
const PERMISSIBLE_PURPOSES = [
  "ACCOUNT_REVIEW_CREDIT",
  "ACCOUNT_REVIEW_NON_CREDIT",
  "EXTENSION_OF_CREDIT",
  "LEGITIMATE_BUSINESS_NEED_TENANT_SCREENING",
  "LEGITIMATE_BUSINESS_NEED_OTHER",
  "WRITTEN_INSTRUCTION_PREQUALIFICATION",
  "WRITTEN_INSTRUCTION_OTHER",
  "ELIGIBILITY_FOR_GOVT_BENEFITS",
];
/** Settings of products that the sandbox has not: known, and not looked at. */
const OF_OTHERS = {
  account_filters: optional(record),
  auth: optional(record),
  base_report: optional(record),
  card_switch: optional(record),
  cashflow_report: optional(record),
  cra_options: optional(record),
  credit_partner_insights: optional(record),
  employment: optional(record),
  eu_config: optional(record),
  identity: optional(record),
  identity_verification: optional(record),
  income_verification: optional(record),
  institution_data: optional(record),
  investments: optional(record),
  investments_auth: optional(record),
  payment_configuration: optional(record),
  payment_initiation: optional(record),
  statements: optional(record),
  transfer: optional(record),
};

const fieldsOf = (unknown: "refuse" | "ignore") => ({
  client_name: text,
  language: oneOf(LANGUAGES),
  country_codes: listOf(oneOf(COUNTRIES), 1),
  user: optional(object(USER, unknown)),
  user_id: optional(text),
  user_token: optional(text),
  products,
  additional_consented_products: products,
  optional_products: products,
  required_if_supported_products: products,
  webhook: optional(webAddress),
  access_token: nullable(text),
  access_tokens: optional(listOf(text)),
  redirect_uri: optional(string),
  android_package_name: optional(string),
  link_customization_name: optional(text),
  institution_id: optional(text),
  third_party_user_token: optional(text),
  appearance_mode: nullable(oneOf(["LIGHT", "DARK", "SYSTEM"])),
  consumer_report_permissible_purpose: optional(oneOf(PERMISSIBLE_PURPOSES)),
  cra_enabled: optional(flag),
  financekit_supported: optional(flag),
  enable_multi_item_link: optional(flag),
  hosted_link: optional(object(HOSTED, unknown)),
  transactions: optional(object({ days_requested: optional(integer(1, 730)) }, unknown)),
  update: optional(object(UPDATE, unknown)),
  ...OF_OTHERS,
});

/** What a request of /link/token/create asks for. */
export type LinkTokenRequest = Judged<ReturnType<typeof fieldsOf>>;

/**
 * The request of /link/token/create, as Plaid's reference judges it.
 * @throws ApiError MISSING_FIELDS, UNKNOWN_FIELDS, INVALID_FIELD or INVALID_PRODUCT.
 */
export function readLinkTokenRequest(body: Record<string, unknown>, unknown: "refuse" | "ignore"): LinkTokenRequest {
  const judged = judge(body, { ...CLIENT_FIELDS, ...fieldsOf(unknown) }, unknown);
  if (!judged.user && judged.user_id === undefined && judged.user_token === undefined) {
    throw new ApiError("MISSING_FIELDS", { message: "the following required fields are missing: user" });
  }
  if (judged.redirect_uri) demandRedirect(judged.redirect_uri, judged.android_package_name);
  demandProducts(judged, judged.access_token !== null);
  return judged;
}

const refuse = (message: string) => new ApiError("INVALID_FIELD", { message });

/** @throws ApiError INVALID_FIELD. */
function demandRedirect(uri: string, androidPackage: string | undefined): void {
  if (!URL.canParse(uri)) throw refuse("redirect_uri must be a valid URI");
  if (new URL(uri).search !== "") throw refuse("redirect_uri must not have query parameters");
  if (androidPackage) throw refuse("android_package_name and redirect_uri must not be given together");
}

interface ProductLists {
  products: string[] | null;
  required_if_supported_products: string[] | null;
  optional_products: string[] | null;
  additional_consented_products: string[] | null;
}

/** @throws ApiError INVALID_FIELD or INVALID_PRODUCT for what Plaid's reference rules out. */
function demandProducts(lists: ProductLists, isRepair: boolean): void {
  const { products, required_if_supported_products, optional_products, additional_consented_products } = lists;
  const wanted = products ?? [];
  if (wanted.includes("balance") || additional_consented_products?.includes("balance")) {
    throw new ApiError("INVALID_PRODUCT", { message: "balance is not to be asked for: it comes with any product" });
  }
  if (!isRepair && wanted.length === 0) throw refuse("products must hold at least one product");
  const odd = isRepair ? wanted.find((one) => !ADDED_IN_REPAIR.includes(one) && !one.startsWith("cra_")) : undefined;
  if (odd !== undefined) throw refuse(`products must not hold ${odd} when access_token is given`);
  // consenting to an optional product is no contradiction
  const apart: Partial<ProductLists>[] = [
    { products: wanted, required_if_supported_products, optional_products },
    { products: wanted, required_if_supported_products, additional_consented_products },
  ];
  for (const group of apart) {
    const seen = new Map<string, string>();
    for (const [name, list] of Object.entries(group)) {
      for (const one of new Set(list ?? [])) {
        const other = seen.get(one);
        if (other !== undefined) throw refuse(`${other} and ${name} must not both hold ${one}`);
        seen.set(one, name);
      }
    }
  }
}
