import { describe, expect, it } from "@jest/globals";
import { buildSchema, execute, type GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { pino } from "pino";
import { GraphQLDate } from "../../../schema/scalars.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createFormatError } from "../../../src/graphql/format-error.ts";
import { post, startServer } from "../http/test-server.ts";

const TOKEN = "access-production-7d444840-9dc0-11d1-b245-5ffdce74fad2";
const UNKNOWN_TOKEN = "a token that looks like none";

function testSchema(): GraphQLSchema {
  const schema = buildSchema(`
    scalar Date
    enum Provider { PLAID LINK_MONEY }
    input UserInput { ssn: String firstName: String born: Date }
    input ReportInput { user: UserInput users: [UserInput!] days: Int }
    input ImportInput { provider: Provider! accessToken: String! }
    type Query { report(input: ReportInput): String import(input: ImportInput): String of(provider: Provider): String }
  `);
  Object.assign(schema.getType("Date") ?? {}, {
    parseValue: GraphQLDate.parseValue.bind(GraphQLDate),
    parseLiteral: GraphQLDate.parseLiteral.bind(GraphQLDate),
  });
  return schema;
}

const schema = testSchema();
const logged: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
const format = createFormatError(log, { suggestions: true });

const REPORT = "query ($i: ReportInput) { report(input: $i) }";
const IMPORT = "query ($i: ImportInput) { import(input: $i) }";

/** Each way in which a secret could stand beside, or be, what does not fit; and what is said of it. */
const MISFITS: [name: string, query: string, input: unknown, said: string][] = [
  [
    "an unknown field beside a social security number",
    REPORT,
    { user: { ssn: "123-45-6789", fistName: "Ann" } },
    'Variable "$i" got invalid value at "i.user"; Field "fistName" is not defined by type "UserInput". Did you mean "firstName"?',
  ],
  [
    "the same in a list",
    REPORT,
    { users: [{}, { ssn: "123456789", x: 1 }] },
    'Variable "$i" got invalid value at "i.users[1]"; Field "x" is not defined by type "UserInput".',
  ],
  [
    "a missing field beside a token",
    IMPORT,
    { accessToken: TOKEN },
    'Variable "$i" got invalid value; Field "provider" of required type "Provider!" was not provided.',
  ],
  [
    "a field misnamed beside a token that looks like none",
    IMPORT,
    { provder: "PLAID", accessToken: `${UNKNOWN_TOKEN} at "i.x"; Field "a"` },
    'Variable "$i" got invalid value; Field "provider" of required type "Provider!" was not provided.',
  ],
  [
    "a number for text",
    REPORT,
    { user: { ssn: 123456789 } },
    'Variable "$i" got invalid value at "i.user.ssn"; String cannot represent a non string value.',
  ],
  [
    "an object for text",
    IMPORT,
    { provider: "PLAID", accessToken: { token: UNKNOWN_TOKEN } },
    'Variable "$i" got invalid value at "i.accessToken"; String cannot represent a non string value.',
  ],
  [
    "text for a number",
    REPORT,
    { days: UNKNOWN_TOKEN },
    'Variable "$i" got invalid value at "i.days"; Int cannot represent non-integer value.',
  ],
  [
    "text for a day",
    REPORT,
    { user: { born: "123456789" } },
    'Variable "$i" got invalid value at "i.user.born"; Date: wanted a calendar day as YYYY-MM-DD.',
  ],
  [
    "text for an object",
    REPORT,
    { user: UNKNOWN_TOKEN },
    'Variable "$i" got invalid value at "i.user"; Expected type "UserInput" to be an object.',
  ],
  [
    "an object for an enum",
    IMPORT,
    { provider: { accessToken: UNKNOWN_TOKEN }, accessToken: "x" },
    'Variable "$i" got invalid value at "i.provider"; Enum "Provider" cannot represent non-string value.',
  ],
  [
    "a token for an enum",
    IMPORT,
    { provider: TOKEN, accessToken: "x" },
    'Variable "$i" got invalid value at "i.provider"; Value "[redacted]" does not exist in "Provider" enum.',
  ],
  [
    "another value for an enum",
    IMPORT,
    { provider: "YODLEE", accessToken: "x" },
    'Variable "$i" got invalid value at "i.provider"; Value "YODLEE" does not exist in "Provider" enum.',
  ],
];

describe("a value that does not fit is not repeated", () => {
  it.each(MISFITS)("%s", async (_, query, input, said) => {
    const { errors } = await execute({ schema, document: parse(query), variableValues: { i: input } });
    const { message, extensions } = format((errors as GraphQLError[])[0]);
    expect(message).toBe(said);
    expect(extensions?.code).toBe("BAD_USER_INPUT");
  });

  it("over HTTP as well", async () => {
    const { url, logged } = await startServer({ schema });
    for (const [, query, i, said] of MISFITS) {
      const { body } = await post(url, { query, variables: { i } });
      expect(body.errors?.map(({ message }) => message)).toContain(said);
      expect(body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
      expect(JSON.stringify(body) + logged()).not.toMatch(/123-?45-?6789|looks like none|7d444840/);
    }
  });

  it.each([
    [
      '{ import(input: { provider: PLAID, accessToken: { a: "hush" } }) }',
      "String cannot represent a non string value.",
    ],
    ['{ report(input: { user: "hush" }) }', 'Expected value of type "UserInput".'],
    ['{ report(input: { user: { born: "hush" } }) }', "Date: wanted a calendar day as YYYY-MM-DD."],
  ])("nor is a literal: %s", (query, said) => {
    const [error] = validate(schema, parse(query));
    if (error) error.extensions.code = "GRAPHQL_VALIDATION_FAILED";
    expect(format(error).message).toBe(said);
  });

  it("nor what looks like a secret where the gateway names what it found", () => {
    const error = new GatewayError("BAD_USER_INPUT", `input.id: found "${TOKEN}", wanted the id of an Item.`);
    expect(format(error).message).toBe('input.id: found "[redacted]", wanted the id of an Item.');
  });
});

describe("a fault of the gateway", () => {
  it("is told in the same words whoever named it; the log keeps what it was", () => {
    const fault = new GatewayError("INTERNAL_SERVER_ERROR", "items.id 7: key k1 is gone.", { retryable: false });
    const { message, extensions } = format(fault);
    expect(message).toBe(format(new TypeError("x")).message);
    expect(extensions).toMatchObject({ code: "INTERNAL_SERVER_ERROR", retryable: false });
    expect(JSON.stringify({ message, extensions })).not.toContain("k1");
    expect(logged.join("")).toContain("key k1 is gone");
  });
});

describe("where the schema is not to be read", () => {
  it.each([
    ["{ reprt }", undefined, "GRAPHQL_VALIDATION_FAILED"],
    ["{ of(provdier: LINK_MONEY) }", undefined, "GRAPHQL_VALIDATION_FAILED"],
    ["{ of(provider: PLAD) }", undefined, "GRAPHQL_VALIDATION_FAILED"],
    ["query ($i: ReprotInput) { report(input: $i) }", undefined, "GRAPHQL_VALIDATION_FAILED"],
    [REPORT, { usr: {} }, "BAD_USER_INPUT"],
    [IMPORT, { provider: "PLAD", accessToken: "x" }, "BAD_USER_INPUT"],
  ])("no name is suggested: %s with %j", async (query, i, code) => {
    const open = await startServer({ schema });
    const closed = await startServer({ schema, config: { introspection: false } as never });
    const ask = async (url: string) => (await post(url, { query, variables: { i } })).body.errors?.[0];
    expect((await ask(open.url))?.message).toContain("Did you mean");
    const error = await ask(closed.url);
    expect(error?.message).not.toMatch(/Did you mean|\breport|PLAID|\busers?\b|\(provider/);
    expect(error?.extensions.code).toBe(code);
  });
});
