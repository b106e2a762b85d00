import { describe, expect, it } from "@jest/globals";
import { ErrorCode } from "../../schema/enums.ts";
import { asGatewayError, badInput, ERRORS, GatewayError, TRANSPORT_ERRORS } from "../../src/errors.ts";

describe("the table of errors", () => {
  it("has a row for every code of the schema and no other", () => {
    expect(Object.keys(ERRORS).sort()).toEqual(Object.keys(ErrorCode).sort());
  });

  it("shares no code with the transports'", () => {
    expect(Object.keys(TRANSPORT_ERRORS).filter((code) => code in ERRORS)).toEqual([]);
  });

  it.each(Object.entries(ERRORS))(
    "%s is retried later exactly where it is retryable",
    (_code, { action, retryable }) => {
      expect(action === "RETRY_LATER").toBe(retryable);
    },
  );

  it.each(Object.entries(TRANSPORT_ERRORS))("%s is explained in whole sentences", (_code, meaning) => {
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});

describe("a gateway error", () => {
  it("has the action and retryability of its code", () => {
    const error = new GatewayError("ITEM_LOGIN_REQUIRED", "m");
    expect(error).toMatchObject({ name: "GatewayError", action: "RELINK", retryable: false, message: "m" });
    expect(error).toBeInstanceOf(Error);
    expect("cause" in error).toBe(false);
  });

  it("may say otherwise, and keeps its cause", () => {
    const cause = new Error("c");
    const error = new GatewayError("PROVIDER_ERROR", "m", { action: "RELINK", retryable: true, cause });
    expect(error).toMatchObject({ action: "RELINK", retryable: true, cause });
  });
});

describe("whatever is thrown becomes a gateway error", () => {
  it.each([[new Error("secret detail")], ["text"], [undefined], [null]])("%p", (thrown) => {
    const error = asGatewayError(thrown);
    expect(error.code).toBe("INTERNAL_SERVER_ERROR");
    expect(error.message).not.toContain("secret detail");
    expect(error.cause).toBe(thrown === undefined ? undefined : thrown);
  });

  it("and one stays itself", () => {
    const error = new GatewayError("GONE", "m");
    expect(asGatewayError(error)).toBe(error);
  });
});

describe("bad input", () => {
  it.each<[unknown, string]>([
    [732, "732"],
    ["x", '"x"'],
    [null, "null"],
    [undefined, "undefined"],
    ["y".repeat(100), `"${"y".repeat(56)}...`],
  ])("names field, value and limit: %p", (found, shown) => {
    const error = badInput("input.daysRequested", found, "0 to 731");
    expect(error).toMatchObject({
      code: "BAD_USER_INPUT",
      options: { field: "input.daysRequested", limit: "0 to 731" },
    });
    expect(error.message).toBe(`input.daysRequested: found ${shown}, wanted 0 to 731.`);
  });
});
