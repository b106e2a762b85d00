import type { Field } from "./fields.ts";
import * as fields from "./fields.ts";

/** One environment variable: how it is read, and its row in docs/configuration.md. */
export interface Variable<T = unknown> {
  field: Field<T>;
  /** What holds when it is unset: text read like a value, or null where `unset` says in words what that means. */
  default: string | null;
  unset?: string;
  /** What it must be, for faults and docs. */
  wanted: string;
  /** What it does. */
  meaning: string;
  /** Its value is never shown. */
  secret?: true;
}

const WORD_ON_OFF = "on or off";
const MILLISECONDS = (least: number, most: number) => `milliseconds, ${least} to ${most}`;

/** Every variable that the gateway reads but for the aggregators' own (`AGGREGATOR_ENVIRONMENT`). An empty value is unset; spaces around one are dropped. */
export const ENVIRONMENT = {
  NODE_ENV: {
    field: fields.oneOf("development", "test", "production"),
    default: "development",
    wanted: "development, test or production",
    meaning: "production refuses the sandbox, the demo viewer and generated keys.",
  },
  HOST: {
    field: fields.host,
    default: "127.0.0.1",
    wanted: "a host name or IP address",
    meaning: "Where the gateway listens. Without sign-in it must be a loopback address.",
  },
  PORT: {
    field: fields.wholeNumber(0, 65535),
    default: "4000",
    wanted: "a port, 0 to 65535; 0 is any free one",
    meaning: "The port that the gateway listens on.",
  },
  PUBLIC_URL: {
    field: fields.httpBase,
    default: null,
    unset: "http://HOST:PORT",
    wanted: "an absolute http(s) address without credentials, query or fragment",
    meaning: "Where aggregators and browsers reach this gateway: the base of webhook and PDF addresses.",
  },
  DATA_DIR: {
    field: fields.text,
    default: "./data",
    wanted: "a directory",
    meaning: "Holds the embedded database and, outside production, generated keys (mode 0600).",
  },
  DATABASE_URL: {
    field: fields.serverUrl("postgres:", "postgresql:"),
    default: null,
    unset: "the embedded database in DATA_DIR",
    wanted: "postgres://user:password@host:5432/database",
    meaning: "The PostgreSQL database that keeps all state. Replicas share it.",
    secret: true,
  },
  REDIS_URL: {
    field: fields.serverUrl("redis:", "rediss:"),
    default: null,
    unset: "in memory",
    wanted: "redis://host:6379 or rediss://…",
    meaning: "The cache that replicas share; its values are sealed. It may be lost at any time.",
    secret: true,
  },
  ENCRYPTION_KEYS: {
    field: fields.keyRing,
    default: null,
    unset: "generated in DATA_DIR; refused in production",
    wanted: "`id:base64-of-32-bytes`, comma-separated, each id once",
    meaning: "Seal the stored tokens: the first key seals, all open. Change keys by putting a new one first.",
    secret: true,
  },
  AUTH_JWT_SECRET: {
    field: fields.secret(32),
    default: null,
    unset: "the demo viewer, in the sandbox on a loopback HOST only",
    wanted: "a secret of at least 32 bytes",
    meaning: "Verifies HS256 bearer tokens: `sub` is the viewer, `scope` a space-separated list.",
    secret: true,
  },
  AUTH_JWKS_URL: {
    field: fields.secureUrl,
    default: null,
    unset: "as AUTH_JWT_SECRET; one of the two, never both",
    wanted: "an absolute address without credentials: https, or http on loopback",
    meaning: "The key set that verifies RS256, ES256 and EdDSA bearer tokens.",
  },
  AUTH_ISSUER: {
    field: fields.text,
    default: null,
    unset: "not checked",
    wanted: "the `iss` of your tokens",
    meaning: "Tokens of another issuer are refused.",
  },
  AUTH_AUDIENCE: {
    field: fields.text,
    default: null,
    unset: "not checked",
    wanted: "the `aud` of your tokens",
    meaning: "Tokens for another audience are refused.",
  },
  SANDBOX: {
    field: fields.onOff,
    default: null,
    unset: "on when no aggregator is configured",
    wanted: WORD_ON_OFF,
    meaning:
      "Imitates both aggregators on loopback. Refused in production and together with an aggregator's credentials.",
  },
  SANDBOX_PLAID_PORT: {
    field: fields.wholeNumber(0, 65535),
    default: "0",
    wanted: "a port, 0 to 65535; 0 is any free one",
    meaning: "Where the imitated Plaid listens; 4101 for `npm run sandbox` unless set.",
  },
  SANDBOX_LINK_MONEY_PORT: {
    field: fields.wholeNumber(0, 65535),
    default: "0",
    wanted: "a port, 0 to 65535; 0 is any free one",
    meaning: "Where the imitated Link Money listens; 4102 for `npm run sandbox` unless set.",
  },
  SANDBOX_SEED: {
    field: fields.wholeNumber(0, 2147483647),
    default: "1",
    wanted: "a whole number, 0 to 2147483647",
    meaning: "The imitated data: same seed, same data.",
  },
  SANDBOX_USERS: {
    field: fields.text,
    default: null,
    unset: "none",
    wanted: "a folder",
    meaning:
      "Custom users of the sandbox: each .json file is one in Plaid's format, by its name ([sandbox.md](sandbox.md)).",
  },
  SANDBOX_REPORT_MS: {
    field: fields.wholeNumber(0, 600_000),
    default: "2000",
    wanted: MILLISECONDS(0, 600_000),
    meaning: "How long an imitated report takes to become ready.",
  },
  SANDBOX_RATE_LIMITS: {
    field: fields.oneOf("production", "sandbox", "off"),
    default: "off",
    wanted: "production, sandbox or off",
    meaning: "Which column of the published rate limits the imitated aggregators hold their clients to.",
  },
  SANDBOX_SCRIPT: {
    field: fields.text,
    default: null,
    unset: "none",
    wanted: "a file",
    meaning: "The sandbox's clock and faults to begin with, as JSON ([sandbox.md](sandbox.md#time-and-faults)).",
  },
  CORS_ORIGINS: {
    field: fields.origins,
    default: null,
    unset: "none in production; Apollo Studio and localhost elsewhere",
    wanted: "origins (https://app.example.com), comma-separated",
    meaning: "Web pages that may call the gateway; the Origin check of WebSocket and SSE too.",
  },
  INTROSPECTION: {
    field: fields.onOff,
    default: null,
    unset: "on outside production",
    wanted: WORD_ON_OFF,
    meaning: "Whether clients may read the schema.",
  },
  EXPLORER: {
    field: fields.onOff,
    default: null,
    unset: "on outside production",
    wanted: WORD_ON_OFF,
    meaning: "The explorer at /graphiql, and Apollo's landing page at /.",
  },
  OPERATION_TIMEOUT_MS: {
    field: fields.wholeNumber(100, 600_000),
    default: "15000",
    wanted: MILLISECONDS(100, 600_000),
    meaning: "Deadline of one operation; what is not there by then is said in `unavailable`.",
  },
  REPORT_POLL_MS: {
    field: fields.wholeNumber(100, 300_000),
    default: "10000",
    wanted: MILLISECONDS(100, 300_000),
    meaning: "First poll of a pending report; the delay grows by half each time, up to 5 minutes.",
  },
  CACHE_TTL_S: {
    field: fields.wholeNumber(0, 86_400),
    default: "300",
    wanted: "seconds, 0 to 86400",
    meaning: "Life of cached upstream answers; 0 turns the cache off.",
  },
  EVENTS_KEEP_DAYS: {
    field: fields.wholeNumber(1, 3650),
    default: "90",
    wanted: "days, 1 to 3650",
    meaning: "How long events are kept; a cursor older than that is GONE.",
  },
  LOG_LEVEL: {
    field: fields.oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"),
    default: "info",
    wanted: "fatal, error, warn, info, debug, trace or silent",
    meaning: "The least level that is logged. Lines are JSON.",
  },
} as const satisfies Record<string, Variable>;

/** The variables of each aggregator, behind its prefix: PLAID_BASE_URL, LINK_MONEY_BASE_URL. */
export const AGGREGATOR_ENVIRONMENT = {
  BASE_URL: {
    field: fields.secureBase,
    default: null,
    unset: "not configured",
    wanted: "an absolute address without credentials, query or fragment: https, or http on loopback",
    meaning: "Where the aggregator's API answers.",
  },
  CLIENT_ID: {
    field: fields.secret(1),
    default: null,
    unset: "not configured",
    wanted: "the client id that the aggregator gave you",
    meaning: "Who you are to the aggregator. Base URL, client id and secret go together.",
    secret: true,
  },
  SECRET: {
    field: fields.secret(1),
    default: null,
    unset: "not configured",
    wanted: "the secret that the aggregator gave you",
    meaning: "Proves it.",
    secret: true,
  },
  RATE_LIMITS: {
    field: fields.oneOf("production", "sandbox", "off"),
    default: null,
    unset: "production; sandbox for its test environment and our imitation; off where none are published",
    wanted: "production, sandbox or off",
    meaning: "Which column of the aggregator's published rate limits holds.",
  },
} as const satisfies Record<string, Variable>;
