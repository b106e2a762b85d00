import { describe, expect, it } from "@jest/globals";
import { ERROR_CODES, errorCodeOf } from "../../../adapters/plaid-format/error-codes.ts";
import { errorReader } from "../../../adapters/plaid-format/error-reader.ts";
import type { ErrorCode } from "../../../schema/enums.ts";
import { fixture } from "../../support/fixture.ts";

const read = errorReader("PLAID", (endpoint) => (endpoint === "/item/get" ? "ITEM_REVOKED" : "PROVIDER_MISCONFIGURED"));
const found = { status: 400, requestId: "req-1", endpoint: "/accounts/get" };

describe("every error of Plaid's documents", () => {
  // https://plaid.com/docs/errors/, as of March 2026
  const published = fixture("plaid/error-codes") as Record<string, string[]>;

  it.each(Object.entries(published))("%s is decided", (type, codes) => {
    const undecided = codes.filter((code) => !Object.hasOwn(ERROR_CODES[type] ?? {}, code));
    expect(undecided).toEqual([]);
  });
});

describe("an error's code", () => {
  it.each<[string | null, string | null, ErrorCode | null]>([
    ["ITEM_ERROR", "ITEM_LOGIN_REQUIRED", "ITEM_LOGIN_REQUIRED"],
    ["ITEM_ERROR", "PRODUCT_NOT_READY", "ITEM_NOT_READY"],
    ["ASSET_REPORT_ERROR", "PRODUCT_NOT_READY", "REPORT_NOT_READY"],
    ["ITEM_ERROR", "PRODUCT_NOT_ENABLED", "ITEM_CONSENT_REQUIRED"],
    ["ASSET_REPORT_ERROR", "PRODUCT_NOT_ENABLED", "REPORT_FAILED"],
    ["ITEM_ERROR", "PRODUCTS_NOT_SUPPORTED", "PRODUCT_UNSUPPORTED"],
    ["INVALID_INPUT", "ADDITIONAL_CONSENT_REQUIRED", "ITEM_CONSENT_REQUIRED"],
    ["ITEM_ERROR", "ACCESS_NOT_GRANTED", "ITEM_CONSENT_REQUIRED"],
    ["INVALID_INPUT", "INVALID_ACCESS_TOKEN", "ITEM_REVOKED"],
    ["ITEM_ERROR", "ITEM_NOT_FOUND", "ITEM_REVOKED"],
    ["ITEM_ERROR", "USER_PERMISSION_REVOKED", "ITEM_REVOKED"],
    ["INVALID_INPUT", "INVALID_API_KEYS", "PROVIDER_MISCONFIGURED"],
    ["INVALID_INPUT", "INVALID_ASSET_REPORT_TOKEN", "GONE"],
    ["INVALID_REQUEST", "LAST_UPDATED_DATETIME_OUT_OF_RANGE", "INSTITUTION_UNAVAILABLE"],
    ["INVALID_RESULT", "LAST_UPDATED_DATETIME_OUT_OF_RANGE", "INSTITUTION_UNAVAILABLE"],
    ["ITEM_ERROR", "NO_AUTH_ACCOUNTS", "PRODUCT_UNSUPPORTED"],
    ["ITEM_ERROR", "NO_INVESTMENT_AUTH_ACCOUNTS", "PRODUCT_UNSUPPORTED"],
    ["INSTITUTION_ERROR", "INSTITUTION_DOWN", "INSTITUTION_UNAVAILABLE"],
    ["API_ERROR", "PLANNED_MAINTENANCE", "PROVIDER_UNAVAILABLE"],
    ["RATE_LIMIT_EXCEEDED", "A_LIMIT_OF_THE_FUTURE", "PROVIDER_RATE_LIMITED"],
    // under a type where it is not listed, a code counts where all who list it agree
    ["ITEM_ERROR", "INVALID_ACCESS_TOKEN", "ITEM_REVOKED"],
    [null, "ITEM_LOCKED", "ITEM_LOGIN_REQUIRED"],
    ["SOME_ERROR", "PRODUCT_NOT_READY", null],
    ["ITEM_ERROR", "BRAND_NEW_TROUBLE", null],
    ["constructor", "toString", null],
    ["ITEM_ERROR", null, null],
  ])("%s %s is %s", (type, code, ours) => {
    expect(errorCodeOf(type, code)).toBe(ours);
  });
});

describe("an error answer", () => {
  it("keeps all that the aggregator said, its causes too", () => {
    const error = read({ ...found, endpoint: "/asset_report/get", body: fixture("plaid/error-asset-report-causes") });
    expect(error.code).toBe("REPORT_FAILED");
    expect(error.message).toMatch(
      /^PLAID \/asset_report\/get: ASSET_REPORT_ERROR ASSET_REPORT_GENERATION_FAILED: the report/,
    );
    expect(error.options.upstream).toEqual({
      provider: "PLAID",
      errorType: "ASSET_REPORT_ERROR",
      errorCode: "ASSET_REPORT_GENERATION_FAILED",
      errorCodeReason: null,
      displayMessage: null,
      httpStatus: 400,
      requestId: "HNTDNrA8F1shFEW",
      documentationUrl: "https://plaid.com/docs/errors/assets/",
      suggestedAction: "Ask the user to log in again.",
      causes: [
        {
          remoteItemId: "pZ942ZA0npFEa0BgLCV9DAQv3Zq8ErIZhc81F",
          error: expect.objectContaining({ code: "ITEM_LOGIN_REQUIRED" }),
        },
        {
          remoteItemId: "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6",
          error: expect.objectContaining({ code: "PROVIDER_ERROR" }),
        },
      ],
    });
  });

  it.each<[number, Record<string, unknown> | null, ErrorCode]>([
    [400, { error_type: "ITEM_ERROR", error_code: "BRAND_NEW_TROUBLE" }, "PROVIDER_ERROR"],
    [500, { error_type: "X", error_code: "BRAND_NEW_TROUBLE" }, "PROVIDER_UNAVAILABLE"],
    [502, null, "PROVIDER_UNAVAILABLE"],
    [429, null, "PROVIDER_RATE_LIMITED"],
    [429, { error_type: "RATE_LIMIT_EXCEEDED", error_code: "CREDITS_EXHAUSTED" }, "PROVIDER_MISCONFIGURED"],
    [404, null, "PROVIDER_BAD_RESPONSE"],
    [400, { error_type: 5, error_code: {} }, "PROVIDER_BAD_RESPONSE"],
    [400, { error_code: "ITEM_LOCKED", error_message: 7, display_message: [] }, "ITEM_LOGIN_REQUIRED"],
  ])("%i with %j is %s", (status, body, code) => {
    const error = read({ ...found, status, body });
    expect(error.code).toBe(code);
    expect(error.options.upstream).toMatchObject({ provider: "PLAID", httpStatus: status, requestId: "req-1" });
  });

  it.each<[number, string, Record<string, unknown> | null, ErrorCode]>([
    [401, "/item/get", null, "ITEM_REVOKED"],
    [403, "/accounts/get", {}, "PROVIDER_MISCONFIGURED"],
    [401, "/item/get", { error_type: "INVALID_INPUT", error_code: "INVALID_API_KEYS" }, "PROVIDER_MISCONFIGURED"],
  ])("%i of %s with %j is %s: without a code, what the call was authorised by", (status, endpoint, body, code) => {
    expect(read({ ...found, status, endpoint, body }).code).toBe(code);
  });
});
