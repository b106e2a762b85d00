import type { Provider } from "../schema/enums.ts";
import { ConfigError } from "./config/config-error.ts";
import { ENVIRONMENT } from "./config/environment.ts";
import { type Env, environmentReader } from "./config/environment-reader.ts";
import { readAggregator } from "./config/read-aggregator.ts";
import { readAuth } from "./config/read-auth.ts";
import { readSandbox } from "./config/read-sandbox.ts";

/** Which column of an aggregator's published rate limits holds. */
export type RateLimits = "production" | "sandbox" | "off";

/** Who the viewers are. */
export type AuthConfig =
  /** One viewer without sign-in, on loopback only. */
  | { kind: "demo" }
  | { kind: "hs256"; secret: string; issuer: string | null; audience: string | null }
  /** Keys of RS256, ES256 and EdDSA fetched from `url`. */
  | { kind: "jwks"; url: string; issuer: string | null; audience: string | null };

/** A real aggregator with its credentials. */
export interface AggregatorConfig {
  provider: Provider;
  slug: string;
  /** No trailing slash. */
  baseUrl: string;
  /** Whether that is a test environment of the aggregator's, or an imitation on this machine. */
  sandbox: boolean;
  clientId: string;
  secret: string;
  rateLimits: RateLimits;
}

/** The imitated aggregators. */
export interface SandboxConfig {
  /** 0: any free port. */
  ports: Readonly<Partial<Record<Provider, number>>>;
  /** Same seed, same data. */
  seed: number;
  /** Folder of custom users. */
  usersFolder: string | null;
  /** How long a report takes. */
  reportMs: number;
  /** Which column of the published limits it holds its clients to. */
  heldTo: RateLimits;
  /** File with the clock and the faults to begin with. */
  scriptFile: string | null;
  /** Which one the gateway keeps to. */
  rateLimits: Readonly<Partial<Record<Provider, RateLimits>>>;
}

/** What the environment says; frozen, whole and free of contradictions. */
export interface Config {
  nodeEnv: "development" | "test" | "production";
  host: string;
  /** 0: any free port. */
  port: number;
  /** No trailing slash. Null: http://host:port, once the port is known. */
  publicUrl: string | null;
  dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Null: cached in memory only. */
  redisUrl: string | null;
  /** The first seals, all open. Null: generated in `dataDir`. */
  encryptionKeys: readonly { id: string; key: Buffer }[] | null;
  auth: AuthConfig;
  /** Those configured; empty with `sandbox`. */
  aggregators: readonly AggregatorConfig[];
  /** Null: off. */
  sandbox: SandboxConfig | null;
  /** "development": Apollo Studio and localhost. */
  corsOrigins: readonly string[] | "development";
  introspection: boolean;
  /** Apollo's landing page at /. */
  explorer: boolean;
  /** Deadline of one operation. */
  operationTimeoutMs: number;
  /** First poll of a pending report. */
  reportPollMs: number;
  /** How long events are kept, days. */
  eventsKeepDays: number;
  /** Life of upstream answers; 0 is no cache. */
  cacheTtlS: number;
  logLevel: string;
}

/** What the configuration has to know of an aggregator; `Aggregator` of adapters/aggregator.ts is one. */
export interface AggregatorNames {
  readonly provider: Provider;
  readonly slug: string;
  /** Its variables begin with it: PLAID_BASE_URL. */
  readonly envPrefix: string;
  /** Hosts of its test environments. */
  readonly sandboxHosts: readonly string[];
  /** Published limits by endpoint; where there are none, they default to off. */
  readonly limits: Readonly<Record<Exclude<RateLimits, "off">, Readonly<Record<string, unknown>>>>;
}

/**
 * The configuration that `env` describes.
 * @throws ConfigError with every fault at once.
 */
export function parseConfig(env: Env, aggregators: readonly AggregatorNames[]): Config {
  const reader = environmentReader(env);
  const values = reader.read(ENVIRONMENT);
  const readings = aggregators.map((names) => readAggregator(reader, names));
  const configured = readings.some((reading) => reading.configured);
  const production = values.NODE_ENV === "production";
  const sandbox = readSandbox(reader, values, readings);
  const auth = readAuth(reader, values, configured);
  if (production && !reader.isSet("ENCRYPTION_KEYS")) {
    const { wanted } = ENVIRONMENT.ENCRYPTION_KEYS;
    reader.faults.push({ name: "ENCRYPTION_KEYS", found: "nothing", wanted: `${wanted}: production generates none` });
  }
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return deepFreeze({
    nodeEnv: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    encryptionKeys: values.ENCRYPTION_KEYS,
    auth,
    aggregators: readings.flatMap(({ config }) => config ?? []),
    sandbox,
    corsOrigins: values.CORS_ORIGINS ?? (production ? [] : "development"),
    introspection: values.INTROSPECTION ?? !production,
    explorer: values.EXPLORER ?? !production,
    operationTimeoutMs: values.OPERATION_TIMEOUT_MS,
    reportPollMs: values.REPORT_POLL_MS,
    eventsKeepDays: values.EVENTS_KEEP_DAYS,
    cacheTtlS: values.CACHE_TTL_S,
    logLevel: values.LOG_LEVEL,
  });
}

/** Freezes it through and through; bytes cannot be frozen and are left. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
