import type { AddressInfo } from "node:net";
import { afterEach } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { buildSchema, type GraphQLSchema } from "graphql";
import { SignJWT } from "jose";
import { pino } from "pino";
import { createAuth, type Viewer } from "../../../src/auth.ts";
import { type ManualClock, manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createServer, type ServerDeps } from "../../../src/http/server.ts";
import { createMetrics } from "../../../src/metrics.ts";

export const SECRET = "a secret of at least thirty-two bytes";
export const START = Date.parse("2030-01-01T00:00:00Z");

export interface TestContext {
  viewer: Viewer;
  signal: AbortSignal;
}

export type TestDeps = ServerDeps<TestContext>;

/** A server of a tiny schema, on a port of its own; closed after the test. */
export interface TestServer {
  app: FastifyInstance;
  /** http://127.0.0.1:port */
  url: string;
  clock: ManualClock;
  /** What was logged so far, one JSON object a line. */
  logged(): string;
  /** Contexts made so far. */
  contexts: TestContext[];
}

const open = new Set<FastifyInstance>();

afterEach(async () => {
  await Promise.all(
    [...open].map((app) => {
      app.server.closeAllConnections(); // answers that a test did not read to their end
      return app.close();
    }),
  );
  open.clear();
});

export async function startServer(overrides: Partial<TestDeps> = {}): Promise<TestServer> {
  const clock = manualClock(START);
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const contexts: TestContext[] = [];
  const config: TestDeps["config"] = {
    publicUrl: null,
    auth: { kind: "hs256", secret: SECRET, issuer: null, audience: null },
    corsOrigins: "development",
    introspection: true,
    explorer: true,
    ...overrides.config,
  };
  const app = await createServer<TestContext>({
    schema: tinySchema(),
    auth: createAuth(config.auth, { clock }),
    createContext: (viewer, signal) => {
      const context = { viewer, signal };
      contexts.push(context);
      return context;
    },
    receiveWebhook: async () => {},
    findPdf: () => Promise.reject(new GatewayError("NOT_FOUND", "There is nothing to GET at this address.")),
    readiness: async () => ({ ready: true, checks: { database: "ok" } }),
    metrics: createMetrics(),
    clock,
    log,
    ...overrides,
    config,
  });
  open.add(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}`, clock, logged: () => lines.join(""), contexts };
}

/** A token of `sub`, for an hour unless told otherwise. */
export function token(claims: Record<string, unknown> = {}, secret = SECRET): Promise<string> {
  return new SignJWT({ sub: "alice", exp: START / 1000 + 3600, ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(secret));
}

/** POST /graphql. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: GraphqlAnswer }> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await token()}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as GraphqlAnswer };
}

export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

/** What the tiny schema's subscription `waits` is doing. */
export const waiting = { open: 0 };
/** How many values, each of 64 KiB, its subscription `flood` was asked for; it has no end of its own. */
export const flood = { given: 0 };

function tinySchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query {
      me: String!
      scopes: [String!]!
      echo(text: String!, number: Int): String!
      fails(how: String!): String
      slow: String
      people(first: Int = 50): PersonConnection!
      a: Query
    }
    type PersonConnection { nodes: [Person!]! }
    type Person { friends(first: Int = 50): PersonConnection! name: String }
    type Mutation { change(to: String!): String! }
    type Subscription { count(to: Int!): Int! waits: Int! fails: Int! breaks: Int! flood: String! burst: String! }
  `);
  const failures: Record<string, () => unknown> = {
    input: () =>
      new GatewayError("BAD_USER_INPUT", "first: found 0, wanted 1 to 500.", { field: "first", limit: "1 to 500" }),
    upstream: () =>
      new GatewayError("ITEM_LOGIN_REQUIRED", "Sign in again.", {
        retryAt: START,
        upstream: {
          provider: "PLAID",
          errorCode: "ITEM_LOGIN_REQUIRED",
          causes: [{ remoteItemId: "item-1", error: new GatewayError("PROVIDER_ERROR", "Told.") }],
        },
      }),
    bug: () => new TypeError("password of the database: hunter2"),
  };
  const fields = (type: string) =>
    schema.getType(type) as unknown as { getFields(): Record<string, Record<string, unknown>> };
  const set = (type: string, field: string, key: "resolve" | "subscribe", value: unknown) =>
    Object.assign(fields(type).getFields()[field] ?? {}, { [key]: value });
  type Args = Record<string, unknown>;

  set("Query", "me", "resolve", (_: unknown, __: Args, { viewer }: TestContext) => viewer.id);
  set("Query", "scopes", "resolve", (_: unknown, __: Args, { viewer }: TestContext) => [...viewer.scopes]);
  set("Query", "echo", "resolve", (_: unknown, { text }: Args) => text);
  set("Query", "a", "resolve", () => ({}));
  set("Query", "fails", "resolve", (_: unknown, { how }: Args) => {
    throw failures[String(how)]?.();
  });
  set("Query", "slow", "resolve", (_: unknown, __: Args, { signal }: TestContext) => aborted(signal));
  set("Mutation", "change", "resolve", (_: unknown, { to }: Args) => to);
  set("Subscription", "count", "subscribe", async function* (_: unknown, { to }: Args) {
    for (let count = 1; count <= Number(to); count++) yield { count };
  });
  set("Subscription", "waits", "subscribe", async function* (_: unknown, __: Args, { signal }: TestContext) {
    waiting.open++;
    try {
      yield { waits: 1 };
      await aborted(signal);
    } finally {
      waiting.open--;
    }
  });
  set("Subscription", "breaks", "subscribe", async function* () {
    yield { breaks: 1 };
    throw failures.input?.();
  });
  set("Subscription", "burst", "subscribe", async function* (_: unknown, __: Args, { signal }: TestContext) {
    yield { burst: "x".repeat(16 * 1024 * 1024) };
    await aborted(signal);
  });
  set("Subscription", "flood", "subscribe", async function* (_: unknown, __: Args, { signal }: TestContext) {
    flood.given = 0;
    for (; !signal.aborted; flood.given++) {
      yield { flood: "x".repeat(65_536) };
      await new Promise(setImmediate);
    }
  });
  // biome-ignore lint/correctness/useYield: it fails before its first value
  set("Subscription", "fails", "subscribe", async function* () {
    throw failures.input?.();
  });
  return schema;
}

/** Rejects when the signal aborts. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
