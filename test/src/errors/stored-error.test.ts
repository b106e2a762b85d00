import { describe, expect, it } from "@jest/globals";
import { revivedError, storedError } from "../../../src/errors/stored-error.ts";
import { GatewayError } from "../../../src/errors.ts";

const RELINK = new GatewayError("ITEM_LOGIN_REQUIRED", "Sign in again.", {
  retryAt: Date.parse("2030-01-01T00:00:00Z"),
  upstream: {
    provider: "PLAID",
    errorType: "ITEM_ERROR",
    httpStatus: 400,
    causes: [{ remoteItemId: "item-1", error: new GatewayError("PROVIDER_ERROR", "Told.") }],
  },
});

describe("an error that is kept", () => {
  it("says all that a viewer may see of it, with null where the provider said nothing", () => {
    expect(storedError(RELINK)).toEqual({
      code: "ITEM_LOGIN_REQUIRED",
      message: "Sign in again.",
      action: "RELINK",
      retryable: false,
      retryAt: "2030-01-01T00:00:00.000Z",
      provider: "PLAID",
      displayMessage: null,
      errorType: "ITEM_ERROR",
      errorCode: null,
      errorCodeReason: null,
      httpStatus: 400,
      requestId: null,
      documentationUrl: null,
      suggestedAction: null,
      causes: [{ remoteItemId: "item-1", error: storedError(new GatewayError("PROVIDER_ERROR", "Told.")) }],
    });
  });

  it("keeps no word of what was not meant for a viewer", () => {
    const stored = storedError(new Error("password hunter2"));
    expect(stored).toMatchObject({ code: "INTERNAL_SERVER_ERROR", provider: null, causes: [] });
    expect(JSON.stringify(stored)).not.toContain("hunter2");
    const named = new GatewayError("INTERNAL_SERVER_ERROR", "items.id 7: key k1 is gone.", { retryable: false });
    expect(storedError(named)).toMatchObject({ message: stored.message, retryable: false });
  });

  it.each([
    ["of a provider", RELINK],
    ["of the gateway itself", new GatewayError("GONE", "Removed.")],
    ["with an action of its own", new GatewayError("PROVIDER_ERROR", "m", { action: "RELINK", retryable: true })],
  ])("is the same after a row has held it: %s", (_name, error) => {
    const row = JSON.parse(JSON.stringify(storedError(error)));
    expect(revivedError(row)).toBeInstanceOf(GatewayError);
    expect(storedError(revivedError(row))).toEqual(storedError(error));
  });
});
