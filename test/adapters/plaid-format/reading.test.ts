import { describe, expect, it } from "@jest/globals";
import { reading } from "../../../adapters/plaid-format/reading.ts";

const origin = { endpoint: "/accounts/get", requestId: "r-1", fetchedAt: "2026-03-01T12:00:00.000Z" };
const loginRequired = { error_type: "ITEM_ERROR", error_code: "ITEM_LOGIN_REQUIRED", error_message: "log in" };

describe("an answer", () => {
  it.each([
    ["of an item with an error", { item: { error: loginRequired } }, { code: "ITEM_LOGIN_REQUIRED" }],
    ["of an item without one", { item: { error: null } }, null],
    ["of an item that leaves it out", { item: {} }, null],
    ["that describes no item", { accounts: [] }, null],
    ["whose item is something else", { item: "x" }, null],
  ])("%s tells of it", (_, body, itemError) => {
    const read = reading("PLAID", { body, origin }, () => "data");
    expect(read).toMatchObject({ data: "data", origin, leftOut: [], itemError });
  });
});
