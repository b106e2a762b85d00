import { describe, expect, it } from "@jest/globals";
import type { ConfigError } from "../../src/config/config-error.ts";
import { AGGREGATOR_ENVIRONMENT, ENVIRONMENT, type Variable } from "../../src/config/environment.ts";
import { type AggregatorNames, parseConfig } from "../../src/config.ts";

const KEY = Buffer.alloc(32, 1).toString("base64");
const JWT_SECRET = "a-secret-of-more-than-thirty-two-bytes";

const AGGREGATORS: AggregatorNames[] = [
  {
    provider: "PLAID",
    slug: "plaid",
    envPrefix: "PLAID",
    sandboxHosts: ["sandbox.plaid.com"],
    limits: { production: { "/item/get": {} }, sandbox: { "/item/get": {} } },
  },
  {
    provider: "LINK_MONEY",
    slug: "link-money",
    envPrefix: "LINK_MONEY",
    sandboxHosts: [],
    limits: { production: {}, sandbox: {} },
  },
];

type Env = Record<string, string>;

/** One real aggregator with sign-in: a base that has no fault. */
const REAL: Env = {
  PLAID_BASE_URL: "https://production.plaid.com",
  PLAID_CLIENT_ID: "the-client-id",
  PLAID_SECRET: "the-plaid-secret",
  AUTH_JWT_SECRET: JWT_SECRET,
};
const PRODUCTION: Env = { ...REAL, NODE_ENV: "production", ENCRYPTION_KEYS: `k1:${KEY}` };

const parse = (env: Env) => parseConfig(env, AGGREGATORS);

function faultsOf(env: Env): ConfigError["faults"] {
  try {
    parse(env);
  } catch (error) {
    return (error as ConfigError).faults;
  }
  return [];
}

function without(env: Env, ...names: string[]): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

describe("an empty environment", () => {
  it("is the sandbox with a demo viewer on loopback", () => {
    expect(parse({})).toEqual({
      nodeEnv: "development",
      host: "127.0.0.1",
      port: 4000,
      publicUrl: null,
      dataDir: "./data",
      databaseUrl: null,
      redisUrl: null,
      encryptionKeys: null,
      auth: { kind: "demo" },
      aggregators: [],
      sandbox: {
        ports: { PLAID: 0, LINK_MONEY: 0 },
        seed: 1,
        usersFolder: null,
        reportMs: 2000,
        heldTo: "off",
        scriptFile: null,
        rateLimits: { PLAID: "sandbox", LINK_MONEY: "off" },
      },
      corsOrigins: "development",
      introspection: true,
      explorer: true,
      operationTimeoutMs: 15_000,
      reportPollMs: 10_000,
      eventsKeepDays: 90,
      cacheTtlS: 300,
      logLevel: "info",
    });
  });

  it("counts an empty value as unset", () => {
    expect(parse({ PORT: "", PLAID_SECRET: " ", DATABASE_URL: "" })).toEqual(parse({}));
  });

  it("gives a configuration that cannot be changed", () => {
    const config = parse({ ...PRODUCTION, CORS_ORIGINS: "https://a.example" });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.auth)).toBe(true);
    expect(Object.isFrozen(config.aggregators[0])).toBe(true);
    expect(Object.isFrozen(config.encryptionKeys)).toBe(true);
    expect(Object.isFrozen(config.corsOrigins)).toBe(true);
  });
});

describe("production", () => {
  it("takes a whole configuration, and is closed where nothing says otherwise", () => {
    expect(parse(PRODUCTION)).toMatchObject({
      nodeEnv: "production",
      sandbox: null,
      encryptionKeys: [{ id: "k1", key: Buffer.alloc(32, 1) }],
      auth: { kind: "hs256", secret: JWT_SECRET, issuer: null, audience: null },
      corsOrigins: [],
      introspection: false,
      explorer: false,
    });
  });
});

describe("what is read", () => {
  it.each<[string, Env, object]>([
    ["a port of 0", { PORT: "0" }, { port: 0 }],
    [
      "the public address without its trailing slash",
      { PUBLIC_URL: "https://x.dev/api/" },
      { publicUrl: "https://x.dev/api" },
    ],
    ["a PostgreSQL address", { DATABASE_URL: "postgresql://u:p@db/x" }, { databaseUrl: "postgresql://u:p@db/x" }],
    ["a Redis address", { REDIS_URL: "rediss://cache:6380" }, { redisUrl: "rediss://cache:6380" }],
    [
      "a key ring, first key first",
      { ENCRYPTION_KEYS: `b:${KEY}, a:${KEY}` },
      { encryptionKeys: [{ id: "b" }, { id: "a" }] },
    ],
    ["base64 without padding", { ENCRYPTION_KEYS: `a:${KEY.replace("=", "")}` }, { encryptionKeys: [{ id: "a" }] }],
    [
      "origins",
      { CORS_ORIGINS: "https://a.example, http://localhost:3000/" },
      { corsOrigins: ["https://a.example", "http://localhost:3000"] },
    ],
    ["switches", { INTROSPECTION: "off", EXPLORER: "off" }, { introspection: false, explorer: false }],
    ["a cache that is off", { CACHE_TTL_S: "0" }, { cacheTtlS: 0 }],
    [
      "a key set with issuer and audience",
      {
        ...without(REAL, "AUTH_JWT_SECRET"),
        AUTH_JWKS_URL: "https://id.example/jwks",
        AUTH_ISSUER: "me",
        AUTH_AUDIENCE: "you",
      },
      { auth: { kind: "jwks", url: "https://id.example/jwks", issuer: "me", audience: "you" } },
    ],
    [
      "a key set on loopback",
      { AUTH_JWKS_URL: "http://localhost:9/jwks" },
      { auth: { url: "http://localhost:9/jwks" } },
    ],
    ["the sandbox with sign-in on any address", { HOST: "0.0.0.0", AUTH_JWT_SECRET: JWT_SECRET }, { host: "0.0.0.0" }],
    ["the demo viewer on another loopback address", { HOST: "::1" }, { auth: { kind: "demo" } }],
    [
      "the sandbox's settings",
      {
        SANDBOX_PLAID_PORT: "4101",
        SANDBOX_LINK_MONEY_PORT: "4102",
        SANDBOX_SEED: "7",
        SANDBOX_USERS: "users",
        SANDBOX_REPORT_MS: "5",
        SANDBOX_RATE_LIMITS: "production",
      },
      {
        sandbox: {
          ports: { PLAID: 4101, LINK_MONEY: 4102 },
          seed: 7,
          usersFolder: "users",
          reportMs: 5,
          heldTo: "production",
        },
      },
    ],
    ["limits of the imitation", { PLAID_RATE_LIMITS: "off" }, { sandbox: { rateLimits: { PLAID: "off" } } }],
    [
      "an aggregator",
      REAL,
      {
        sandbox: null,
        aggregators: [
          {
            provider: "PLAID",
            slug: "plaid",
            baseUrl: "https://production.plaid.com",
            sandbox: false,
            clientId: "the-client-id",
            secret: "the-plaid-secret",
            rateLimits: "production",
          },
        ],
      },
    ],
    [
      "an aggregator's test environment, with its limits",
      { ...REAL, PLAID_BASE_URL: "https://sandbox.plaid.com/" },
      { aggregators: [{ baseUrl: "https://sandbox.plaid.com", rateLimits: "sandbox" }] },
    ],
    ["limits by name", { ...REAL, PLAID_RATE_LIMITS: "sandbox" }, { aggregators: [{ rateLimits: "sandbox" }] }],
    [
      "a base URL on loopback",
      { ...REAL, PLAID_BASE_URL: "http://127.0.0.1:4101" },
      { aggregators: [{ slug: "plaid" }] },
    ],
    [
      "an aggregator that publishes no limits",
      {
        LINK_MONEY_BASE_URL: "https://linkmoney.example",
        LINK_MONEY_CLIENT_ID: "c",
        LINK_MONEY_SECRET: "s",
        AUTH_JWT_SECRET: JWT_SECRET,
      },
      { aggregators: [{ provider: "LINK_MONEY", rateLimits: "off" }] },
    ],
  ])("%s", (_name, env, expected) => {
    expect(parse(env)).toMatchObject(expected);
  });
});

describe("a value that cannot be read is a fault", () => {
  it.each<[name: string, value: string]>([
    ["NODE_ENV", "staging"],
    ["HOST", "not a host"],
    ["HOST", "http://127.0.0.1"],
    ["PORT", "abc"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "4e3"],
    ["PUBLIC_URL", "gateway.example"],
    ["PUBLIC_URL", "ftp://gateway.example"],
    ["PUBLIC_URL", "https://gateway.example/?a=1"],
    ["PUBLIC_URL", "https://me:pw@gateway.example"],
    ["DATABASE_URL", "mysql://db/x"],
    ["DATABASE_URL", "db"],
    ["REDIS_URL", "http://cache"],
    ["ENCRYPTION_KEYS", KEY],
    ["ENCRYPTION_KEYS", "a:not base64!"],
    ["ENCRYPTION_KEYS", `a:${Buffer.alloc(16).toString("base64")}`],
    ["ENCRYPTION_KEYS", `a:${KEY},a:${KEY}`],
    ["ENCRYPTION_KEYS", `a:${KEY},`],
    ["AUTH_JWT_SECRET", "thirty-one bytes, one too few.."],
    ["AUTH_JWKS_URL", "http://id.example/jwks"],
    ["AUTH_JWKS_URL", "file:///etc/jwks"],
    ["SANDBOX", "yes"],
    ["SANDBOX_PLAID_PORT", "any"],
    ["SANDBOX_LINK_MONEY_PORT", "70000"],
    ["SANDBOX_SEED", "1.5"],
    ["SANDBOX_REPORT_MS", "600001"],
    ["SANDBOX_RATE_LIMITS", "on"],
    ["CORS_ORIGINS", "*"],
    ["CORS_ORIGINS", "https://a.example/path"],
    ["CORS_ORIGINS", "https://a.example,,"],
    ["INTROSPECTION", "true"],
    ["EXPLORER", "1"],
    ["OPERATION_TIMEOUT_MS", "99"],
    ["REPORT_POLL_MS", "300001"],
    ["CACHE_TTL_S", "-1"],
    ["LOG_LEVEL", "loud"],
    ["PLAID_RATE_LIMITS", "none"],
  ])("%s=%s", (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults.map((fault) => fault.name)).toEqual([name]);
    const table: Record<string, Variable> = ENVIRONMENT;
    const { wanted } = table[name] ?? AGGREGATOR_ENVIRONMENT.RATE_LIMITS;
    expect(faults[0]?.wanted).toBe(wanted);
  });

  it.each([
    "http://sandbox.plaid.com",
    "sandbox.plaid.com",
    "https://u:p@sandbox.plaid.com",
    "https://sandbox.plaid.com?a",
  ])("PLAID_BASE_URL=%s", (url) => {
    expect(faultsOf({ ...REAL, PLAID_BASE_URL: url }).map(({ name }) => name)).toEqual(["PLAID_BASE_URL"]);
  });
});

describe("values that contradict one another are a fault", () => {
  it.each<[string, Env, string[]]>([
    ["an aggregator without secret", without(REAL, "PLAID_SECRET"), ["PLAID_SECRET"]],
    [
      "an aggregator with its secret only",
      { AUTH_JWT_SECRET: JWT_SECRET, LINK_MONEY_SECRET: "x" },
      ["LINK_MONEY_BASE_URL, LINK_MONEY_CLIENT_ID"],
    ],
    ["the sandbox with credentials", { ...REAL, SANDBOX: "on" }, ["SANDBOX"]],
    ["no aggregator and no sandbox", { SANDBOX: "off" }, ["PLAID_BASE_URL or LINK_MONEY_BASE_URL"]],
    [
      "both ways to verify tokens",
      { ...REAL, AUTH_JWKS_URL: "https://id.example" },
      ["AUTH_JWT_SECRET or AUTH_JWKS_URL"],
    ],
    ["an issuer without a way to verify it", { AUTH_ISSUER: "me" }, ["AUTH_ISSUER"]],
    ["an audience without a way to verify it", { AUTH_AUDIENCE: "me" }, ["AUTH_AUDIENCE"]],
    ["the demo viewer on every address", { HOST: "0.0.0.0" }, ["HOST"]],
    ["the demo viewer on a name that only looks local", { HOST: "localhost.example.com" }, ["HOST"]],
    ["real credentials without sign-in", without(REAL, "AUTH_JWT_SECRET"), ["AUTH_JWT_SECRET or AUTH_JWKS_URL"]],
    [
      "real credentials without sign-in, in tests",
      { ...without(REAL, "AUTH_JWT_SECRET"), NODE_ENV: "test" },
      ["AUTH_JWT_SECRET or AUTH_JWKS_URL"],
    ],
    ["production without keys", without(PRODUCTION, "ENCRYPTION_KEYS"), ["ENCRYPTION_KEYS"]],
    ["production without sign-in", without(PRODUCTION, "AUTH_JWT_SECRET"), ["AUTH_JWT_SECRET or AUTH_JWKS_URL"]],
    ["production with the sandbox", { ...PRODUCTION, SANDBOX: "on" }, ["SANDBOX"]],
    [
      "production with nothing",
      { NODE_ENV: "production" },
      ["PLAID_BASE_URL or LINK_MONEY_BASE_URL", "AUTH_JWT_SECRET or AUTH_JWKS_URL", "ENCRYPTION_KEYS"],
    ],
  ])("%s", (_name, env, expected) => {
    expect(faultsOf(env).map(({ name }) => name)).toEqual(expected);
  });
});

describe("the report of faults", () => {
  const env = {
    PORT: "abc",
    DATABASE_URL: "mysql://root:database-password@db/x",
    REDIS_URL: "http://:redis-password@cache",
    ENCRYPTION_KEYS: `first:${KEY},second:c2hvcnQtdmFsdWU=`,
    AUTH_JWT_SECRET: "jwt-password",
    AUTH_JWKS_URL: "http://me:jwks-password@id.example/?k=jwks-query",
    PLAID_BASE_URL: "http://me:url-password@plaid.example",
    PLAID_CLIENT_ID: "the-client-id",
    LINK_MONEY_SECRET: "link-password",
  };

  it("names every fault at once, what was found and what is wanted", () => {
    expect(() => parse(env)).toThrow(
      [
        "The configuration has 10 faults:",
        '  PORT: found "abc"; wanted a port, 0 to 65535; 0 is any free one.',
        "  DATABASE_URL: found an address that is not of that kind; wanted postgres://user:password@host:5432/database.",
        "  REDIS_URL: found an address that is not of that kind; wanted redis://host:6379 or rediss://….",
        "  ENCRYPTION_KEYS: found 11 bytes in the 2nd key; wanted `id:base64-of-32-bytes`, comma-separated, each id once.",
        "  AUTH_JWT_SECRET: found a value of 12 bytes; wanted a secret of at least 32 bytes.",
        '  AUTH_JWKS_URL: found "http://…@id.example/?…"; wanted an absolute address without credentials: https, or http on loopback.',
        '  PLAID_BASE_URL: found "http://…@plaid.example"; wanted an absolute address without credentials, query or fragment: https, or http on loopback.',
        "  PLAID_SECRET: found nothing, but PLAID_BASE_URL and PLAID_CLIENT_ID; wanted all three, or none.",
        "  LINK_MONEY_BASE_URL, LINK_MONEY_CLIENT_ID: found nothing, but LINK_MONEY_SECRET; wanted all three, or none.",
        "  AUTH_JWT_SECRET or AUTH_JWKS_URL: found both; wanted one of them: tokens are verified one way.",
      ].join("\n"),
    );
  });

  it("never shows a secret", () => {
    expect(() => parse(env)).not.toThrow(/[a-z]-password|jwks-query|c2hvcnQ|the-client-id/);
    expect(() => parse(env)).toThrow();
  });

  it("keeps a value on one line and short", () => {
    const [fault] = faultsOf({ LOG_LEVEL: `a\nb${"x".repeat(500)}` });
    expect(fault?.found).toMatch(/^"a\\nbx{77}…"$/);
  });
});

describe("the table of variables", () => {
  const rows: [string, Variable][] = [...Object.entries(ENVIRONMENT), ...Object.entries(AGGREGATOR_ENVIRONMENT)];

  it.each(rows)("%s has a default that can be read, or says what unset means", (_name, variable) => {
    if (variable.default === null) expect(variable.unset).toBeTruthy();
    else expect(variable.field.safeParse(variable.default).success).toBe(true);
  });
});
