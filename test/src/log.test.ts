import { describe, expect, it } from "@jest/globals";
import { GatewayError } from "../../src/errors.ts";
import { createLog, type Log } from "../../src/log.ts";

const TOKEN = "access-sandbox-7d444840-9dc0-11d1-b245-5ffdce74fad2";

/** What one use of the log writes: its lines, and the text of them all. */
function written(use: (log: Log) => void, level = "info") {
  const lines: string[] = [];
  use(createLog({ level, stream: { write: (line: string) => void lines.push(line) } }));
  return { records: lines.map((line) => JSON.parse(line) as Record<string, unknown>), text: lines.join("") };
}

describe("a line of the log", () => {
  it("is one JSON object with level, time and message", () => {
    const { records, text } = written((log) => log.info({ item: "i1" }, "read"));
    expect(records).toEqual([expect.objectContaining({ level: "info", item: "i1", msg: "read" })]);
    expect(records[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(text).toMatch(/^[^\n]+\n$/);
  });

  it("is left out below the level", () => {
    expect(written((log) => log.info("x"), "warn").records).toEqual([]);
  });
});

describe("a secret's name blanks the value, at any depth", () => {
  it.each([
    "token",
    "access_token",
    "accessTokens",
    "publicToken",
    "secret",
    "clientSecret",
    "client_id",
    "PLAID-SECRET",
    "Authorization",
    "password",
    "ssn",
    "cookie",
    "token_sealed",
    "userSealed",
    "encryptionKeys",
    "apiKey",
    "account_number",
    "accountNumbers",
    "wireRouting",
    "iban",
    "phoneNumbers",
    "email",
    "dateOfBirth",
    "socialSecurityNumber",
    "jwt",
    "credentials",
  ])("%s", (name) => {
    const { text } = written((log) =>
      log.info({ [name]: "hush-1", deep: { list: [{ [name]: "hush-2" }, { [name]: ["hush-3"] }] } }, "m"),
    );
    expect(text).not.toContain("hush");
    expect(text.match(/\[redacted\]/g)).toHaveLength(3);
  });

  it("in the bindings of children and grandchildren", () => {
    const { records, text } = written((log) =>
      log
        .child({ token: "hush" })
        .child({ a: { secret: "hush" } })
        .info("m"),
    );
    expect(text).not.toContain("hush");
    expect(records[0]).toMatchObject({ token: "[redacted]", a: { secret: "[redacted]" } });
  });

  it("in what fills a message", () => {
    const { text } = written((log) =>
      log.info({ a: 1 }, "%o and %j %s %d", { token: "hush" }, { secret: "hush" }, "b", 7),
    );
    expect(text).not.toContain("hush");
    expect(text).toContain("b 7");
  });

  it("in maps", () => {
    expect(written((log) => log.info({ map: new Map([["token", "hush"]]) })).text).not.toContain("hush");
  });

  it("but not what is null, so that an absent one is seen", () => {
    expect(written((log) => log.info({ token: null })).records[0]).toMatchObject({ token: null });
  });
});

describe("a secret's look is scrubbed wherever it stands", () => {
  const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";

  it.each<[string, string]>([
    ["an access token", TOKEN],
    ["a report's token", "assets-production-7d444840-9dc0-11d1-b245-5ffdce74fad2"],
    ["an audit copy's token", "a-sandbox-3TAU2CWVYBDVRHUCAAAI27ULU4"],
    ["a public token", "public-sandbox-5c224a01-8314-4491-a06f-39e193d5cddc"],
    ["a token of no environment", "access-7d444840-9dc0-11d1"],
    ["a bearer header", "Bearer abc.def~ghi+jkl/mno="],
    ["a JSON Web Token", JWT],
    ["a password in an address", "postgres://root:hunter2@db/x"],
    ["a social security number", "123-45-6789"],
  ])("%s", (_name, secret) => {
    const kernel = secret.replace(/^(Bearer |postgres:\/\/)/, "").replace(/@db\/x$/, "");
    const { records, text } = written((log) => {
      log.info(`in the message: ${secret}`);
      log.info("as an argument: %s", secret);
      log.info({ note: `in a field "${secret}"` });
      log.error(new Error(`in an error: ${secret}`));
      log.error({ err: new Error("outer", { cause: new Error(`in its cause: ${secret}`) }) });
      log.child({ note: secret }).info("in a binding");
    });
    expect(records).toHaveLength(6);
    expect(text).not.toContain(kernel);
  });

  it.each([
    "2024-11-05",
    "7d444840-9dc0-11d1-b245-5ffdce74fad2",
    "/webhooks/link-money",
    "https://sandbox.plaid.com/item/get",
  ])("%s is none", (text) => {
    expect(written((log) => log.info({ text }, text)).records[0]).toMatchObject({ text, msg: text });
  });
});

describe("an error", () => {
  it("shows its chain of causes, nearest first, each with its stack", () => {
    const root = Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" });
    const error = new GatewayError("PROVIDER_UNAVAILABLE", "no answer", {
      cause: new Error("wrapped", { cause: root }),
      upstream: { provider: "PLAID", requestId: "r1" },
    });
    const [record] = written((log) => log.error({ err: error }, "failed")).records;
    expect(record).toMatchObject({
      msg: "failed",
      err: {
        type: "GatewayError",
        code: "PROVIDER_UNAVAILABLE",
        message: "no answer",
        upstream: { provider: "PLAID", requestId: "r1" },
        causes: [{ message: "wrapped" }, { message: "refused", code: "ECONNREFUSED", syscall: "connect" }],
      },
    });
    expect(JSON.stringify(record?.err)).toContain("log.test.ts");
  });

  it("shows the errors of an aggregate and what is no Error", () => {
    const error = new AggregateError([new Error("one"), "two", { token: "hush" }], "all");
    const { records, text } = written((log) => log.error(error));
    expect(records[0]).toMatchObject({
      msg: "all",
      err: { causes: [{ message: "one" }, { type: "string", message: "two" }, { message: "not an Error" }] },
    });
    expect(text).not.toContain("hush");
  });

  it("never shows the request that an HTTP client hangs on it", () => {
    const error = Object.assign(new Error("timeout"), {
      options: { headers: { "x-key": "hush" }, json: { body: "hush" } },
      response: { body: "hush" },
    });
    expect(written((log) => log.error({ err: error })).text).not.toContain("hush");
  });

  it("that is its own cause ends", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(written((log) => log.error(error)).records).toHaveLength(1);
  });
});

describe("whatever is logged comes out readable and bounded", () => {
  it.each<[string, () => unknown, unknown]>([
    ["bytes as their length", () => Buffer.alloc(32), "[32 bytes]"],
    ["dates", () => new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a broken date", () => new Date(Number.NaN), "[invalid date]"],
    ["big integers", () => 12345678901234567890n, "12345678901234567890"],
    ["an address without its query", () => new URL("https://x.dev/a?b=hush"), "https://x.dev/a"],
    ["sets", () => new Set([1, 2]), [1, 2]],
    ["long text", () => "x".repeat(5000), `${"x".repeat(4000)}… [5000 characters]`],
  ])("%s", (_name, value, expected) => {
    expect(written((log) => log.info({ value: value() })).records[0]?.value).toEqual(expected);
  });

  it("a cycle", () => {
    const ring: Record<string, unknown> = { name: "ring" };
    ring.self = { ring };
    expect(written((log) => log.info({ ring })).records[0]?.ring).toEqual({
      name: "ring",
      self: { ring: "[circular]" },
    });
  });

  it("the same object twice, which is no cycle", () => {
    const shared = { a: 1 };
    expect(written((log) => log.info({ one: shared, two: shared })).records[0]).toMatchObject({
      one: shared,
      two: shared,
    });
  });

  it("depth", () => {
    let deep: object = { end: true };
    for (let level = 0; level < 100; level++) deep = { deep };
    const { text } = written((log) => log.info({ deep }));
    expect(text).toContain("[deeper]");
    expect(text).not.toContain("end");
  });

  it("breadth", () => {
    const list = Array.from({ length: 100_000 }, (_, index) => ({ index }));
    const { text } = written((log) =>
      log.info({ list, fields: Object.fromEntries(list.map((value, at) => [at, value])) }),
    );
    expect(text.length).toBeLessThan(30_000);
    expect(text).toContain("[more]");
  });

  it("a request by method and path, without headers and query", () => {
    const req = { method: "GET", url: "/reports/1.pdf?sig=hush", ip: "127.0.0.1", headers: { x: "hush" } };
    const { records, text } = written((log) => log.info({ req, res: { statusCode: 200, body: "hush" } }));
    expect(records[0]).toMatchObject({ req: { method: "GET", url: "/reports/1.pdf" }, res: { statusCode: 200 } });
    expect(text).not.toContain("hush");
  });
});
