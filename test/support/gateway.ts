import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "graphql-ws";
import { SignJWT } from "jose";
import { WebSocket } from "ws";
import { aggregators } from "../../adapters/registry.ts";
import { type App, startApp } from "../../src/app.ts";
import { SCOPES } from "../../src/auth.ts";
import { systemClock } from "../../src/clock.ts";
import { parseConfig } from "../../src/config.ts";
import { createLog, type Log } from "../../src/log.ts";
import { IMITATED } from "../../src/sandbox/imitated.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import { aggregatorEnv } from "./aggregator-env.ts";
import { openMemoryStore } from "./database.ts";
import { until } from "./until.ts";

/** What a GraphQL request was answered. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A running gateway with its aggregators imitated, as a client of it sees it. */
export interface Gateway {
  app: App;
  query(document: string, variables?: Record<string, unknown>, as?: Who): Promise<Answer>;
  /** The values of a subscription until it completes. @throws the errors that it ended with. */
  subscribe(document: string, variables: Record<string, unknown>, as?: Who): AsyncGenerator<Answer["data"], void, void>;
  close(): Promise<void>;
}

/** Who asks: a viewer's id and scopes ("alice" with all of them unless given). */
export interface Who {
  viewer?: string;
  scopes?: readonly string[];
  expiresInS?: number;
}

export const SECRET = "a secret of the tests that is long enough";

/** A bearer token as the platform's sign-in would give it. */
export function tokenOf({ viewer = "alice", scopes = SCOPES, expiresInS = 3600 }: Who = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ scope: scopes.join(" ") })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(viewer)
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInS)
    .sign(Buffer.from(SECRET));
}

/** Log lines of one test. */
export function capturedLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog({ level: "debug", stream: { write: (line: string) => void lines.push(line) } }) };
}

/** Both imitated aggregators with a fast report. */
export function testSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { log } = capturedLog();
  return startSandbox({
    clock: systemClock,
    log,
    seed: 1,
    reportMs: 20,
    stateFile: null,
    ...options,
  });
}

/** A gateway over `sandbox`, on `store`, else on an empty PGlite in memory, which closes with it. */
export async function startGateway(
  sandbox: Sandbox,
  options: { env?: Record<string, string>; store?: Store; log?: Log } = {},
): Promise<Gateway> {
  const own = options.store ? null : await openMemoryStore();
  const dataDir = await mkdtemp(join(tmpdir(), "tributary-"));
  const config = parseConfig(
    {
      PORT: "0",
      DATA_DIR: dataDir,
      AUTH_JWT_SECRET: SECRET,
      ...aggregatorEnv(sandbox),
      ...options.env,
    },
    aggregators,
  );
  const app = await startApp(config, {
    log: options.log ?? capturedLog().log,
    store: options.store ?? own ?? undefined,
  });
  return {
    app,
    async query(query, variables = {}, as = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf(as)}` },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Partial<Answer>;
      return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
    },
    async *subscribe(query, variables, as = {}) {
      const client = createClient({
        url: `${app.url.replace(/^http/, "ws")}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${await tokenOf(as)}` },
        retryAttempts: 0,
      });
      try {
        for await (const result of client.iterate<Answer["data"]>({ query, variables })) {
          if (result.errors) throw Object.assign(new Error(result.errors[0]?.message), { errors: result.errors });
          yield result.data;
        }
      } finally {
        await client.dispose();
      }
    },
    async close() {
      await app.close();
      await own?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The household's items linked to `viewer`: the ids of the items, Plaid's first. Their accounts are not cached: reading them at linking failed. */
export async function linkHousehold(gateway: Gateway, sandbox: Sandbox, as: Who = {}): Promise<string[]> {
  const ids: string[] = [];
  for (const provider of IMITATED) {
    for (const accessToken of sandbox.demo[provider]) {
      sandbox.faults.script({ provider, endpoint: "/accounts/get", kind: "error", code: "INSTITUTION_DOWN", times: 1 });
      ids.push(await importItem(gateway, { provider, accessToken }, as));
    }
  }
  return ids;
}

/** Links one item by its access token: its id. */
export async function importItem(
  gateway: Gateway,
  input: { provider: string; accessToken: string },
  as: Who = {},
): Promise<string> {
  const { data, errors } = await gateway.query(
    "mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }",
    { input },
    as,
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const { id } = data.importItem.item;
  await until(() => isRegistered(gateway, id, as));
  return id;
}

/** Whether the item's webhooks come to the gateway, and the first one, which says so, has come. */
async function isRegistered(gateway: Gateway, id: string, as: Who): Promise<boolean> {
  const { data } = await gateway.query("{ events(types: [ITEM_WEBHOOK_UPDATED]) { nodes { itemId } } }", {}, as);
  return data.events.nodes.some((event: { itemId: string }) => event.itemId === id);
}
