import { describe, expect, it } from "@jest/globals";
import { redactWords, secretsOf } from "../../adapters/redact.ts";

describe("the secrets of a call", () => {
  it("are its headers, and what its body holds under a secret's name, the longest first", () => {
    const body = {
      access_tokens: ["token-one", "token-one-and-more"],
      client_id: "client-1",
      institution_id: "ins_109512",
      options: { webhook: "https://example.com", user: { ssn: "123-45-6789", email: "a@example.com" } },
      secret: "short",
    };
    expect(secretsOf({ authorization: "Bearer opaque-token" }, body)).toEqual([
      "Bearer opaque-token",
      "Bearer+opaque-token",
      "token-one-and-more",
      "a%40example.com",
      "a@example.com",
      "opaque-token",
      "123-45-6789",
      "token-one",
      "123456789",
      "client-1",
    ]);
  });

  it.each([
    "access_token",
    "access_tokens",
    "public_token",
    "asset_report_token",
    "audit_copy_token",
    "relay_tokens",
    "client_secret",
    "secondary_client_id",
    "password",
    "credentials",
    "api_key",
    "ssn",
    "account_number",
    "accountNumbers",
    "routing_number",
    "wire_routing",
    "iban",
    "phone_number",
    "email",
    "date_of_birth",
  ])("are what stands under %s, at any depth", (field) => {
    expect(secretsOf({}, { a: [{ [field]: { of: ["hush-hush"] } }] })).toEqual(["hush-hush"]);
  });

  it.each([
    "institution_id",
    "account_id",
    "account_ids",
    "count",
    "webhook",
    "start_date",
    "products",
    "country_codes",
    "query",
    "client_report_id",
  ])("are not what stands under %s", (field) => {
    expect(secretsOf({}, { [field]: "plain-text" })).toEqual([]);
  });

  it.each([
    ["123-45-6789", "SSN 123456789 is bad"],
    ["123456789", "SSN 123-45-6789 is bad"],
    ['a"\\b+c/d', 'token "a\\"\\\\b+c/d" is bad'],
    ["\ud800-half", "\ud800-half is bad"],
    ["a+b/c=d", "/item/get?token=a%2Bb%2Fc%3Dd is bad"],
  ])("are known in whatever way they are repeated: %s", (ssn, words) => {
    expect(redactWords(words, secretsOf({}, { ssn }))).toContain("[redacted]");
  });
});

describe("an aggregator's words", () => {
  it("lose what is secret, at any depth, and nothing else", () => {
    const body = {
      error_message: "token-one of ins_109512 is bad, as are access-sandbox-fb88b20c-7b74 and token-one",
      status: 400,
      ok: null,
      causes: [{ error_message: "Bearer abc.def for token-one", list: [true, "token-one"] }],
    };
    expect(redactWords(body, ["token-one"])).toEqual({
      error_message: "[redacted] of ins_109512 is bad, as are [redacted] and [redacted]",
      status: 400,
      ok: null,
      causes: [{ error_message: "Bearer [redacted] for [redacted]", list: [true, "[redacted]"] }],
    });
  });
});
