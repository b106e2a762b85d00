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
      "token-one-and-more",
      "opaque-token",
      "123-45-6789",
      "token-one",
      "client-1",
    ]);
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
