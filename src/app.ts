import "reflect-metadata"; // before any class of the schema is loaded
import { join } from "node:path";
import { aggregators } from "../adapters/registry.ts";
import { resolvers } from "../resolvers/index.ts";
import { linkDemoItems } from "./app/link-demo-items.ts";
import { openAdapters } from "./app/open-adapters.ts";
import { openSandbox } from "./app/open-sandbox.ts";
import { createAuth, DEMO_VIEWER } from "./auth.ts";
import { createCache } from "./cache.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createContextFactory } from "./context.ts";
import { createHub } from "./events.ts";
import { buildGraphSchema } from "./graphql/build-graph-schema.ts";
import { createServer } from "./http/server.ts";
import { loadKeys } from "./key-file.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import type { OperationDeps } from "./operations/deps.ts";
import { jobHandlers } from "./operations/job-handlers.ts";
import { keepHouse } from "./operations/keep-house.ts";
import { createOperations } from "./operations/operations.ts";
import { reconcileItems } from "./operations/reconcile-items.ts";
import { recover } from "./operations/recover.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import { createJobs } from "./store/jobs.ts";
import { openStore } from "./store/open-store.ts";
import type { Store } from "./store/store.ts";
import { createVault } from "./vault.ts";

/** A running gateway. */
export interface App {
  /** Where it listens, e.g. http://127.0.0.1:4000. */
  readonly url: string;
  /** The imitated aggregators, where the gateway runs them itself. */
  readonly sandbox: Sandbox | null;
  /** Ends jobs, then takes no more requests and lets those under way end (all bounded), and gives everything back. */
  close(): Promise<void>;
}

/** What stands in for the machine's own. */
export interface AppOptions {
  clock?: Clock;
  log?: Log;
  /** A database that is open already, and stays open when the app closes. */
  store?: Store;
}

/** The schema holds nothing of a gateway: the first of a process makes it, which takes a tenth of a second, for all. */
const graphSchema = once(() => buildGraphSchema(resolvers));

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Gives something back. */
type Release = () => unknown;

/**
 * Wires the gateway together and starts it.
 * @throws Error when the database cannot be opened or a port is taken; what was started by then is given back.
 */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const releases: Release[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (const release of releases.splice(0).reverse()) {
      await Promise.resolve()
        .then(release)
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, "Not everything could be closed in order.");
  };
  try {
    return await start(config, options, (release) => releases.push(release), close);
  } catch (error) {
    await close().catch((failure: unknown) =>
      options.log?.error({ err: failure }, "a failed start left something open"),
    );
    throw error;
  }
}

async function start(
  config: Config,
  options: AppOptions,
  atClose: (release: Release) => void,
  close: () => Promise<void>,
): Promise<App> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog({ level: config.logLevel });
  const metrics = createMetrics();

  const store =
    options.store ?? (await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, clock, log }));
  if (!options.store) atClose(() => store.close());
  const sandbox =
    config.sandbox &&
    (await openSandbox(config.sandbox, { stateFile: join(config.dataDir, "sandbox.json"), clock, log }));
  if (sandbox) atClose(() => sandbox.close());
  const vault = createVault(config.encryptionKeys ?? (await loadKeys(config.dataDir)));
  const cache = createCache({
    ttlMs: config.cacheTtlS * 1000,
    deadlineMs: config.operationTimeoutMs,
    redisUrl: config.redisUrl,
    vault,
    clock,
    log,
    metrics,
  });
  atClose(() => cache.close());
  const { adapters, close: closeAdapters } = openAdapters(config, sandbox, { clock, log, metrics });
  atClose(closeAdapters);
  const hub = await createHub({ store, clock, log });
  atClose(() => hub.close());
  const jobs = await createJobs({ store, log, clock });

  let url = "";
  const slugOf = new Map(aggregators.map(({ provider, slug }) => [provider, slug]));
  const deps: OperationDeps = {
    ...{ store, vault, cache, adapters, hub, jobs, clock, log, metrics },
    publicUrl: () => config.publicUrl ?? url,
    webhookUrl: (provider) => `${config.publicUrl ?? url}/webhooks/${slugOf.get(provider)}`,
    providerOfSlug: (slug) => aggregators.find((aggregator) => aggregator.slug === slug)?.provider ?? null,
    reportPollMs: config.reportPollMs,
  };
  const operations = createOperations(deps);
  const server = await createServer({
    ...{ config, clock, log, metrics },
    schema: graphSchema(),
    auth: createAuth(config.auth, { clock }),
    createContext: createContextFactory({ ...deps, operations, operationTimeoutMs: config.operationTimeoutMs }),
    receiveWebhook: ({ slug, headers, body, signal }) => operations.receiveWebhook(slug, { headers, body }, signal),
    findPdf: operations.findPdf,
    readiness: () => readiness(store, log),
  });
  atClose(() => server.close());
  // first of all: what jobs make upstream is kept while everything still stands
  atClose(() => jobs.stop());
  url = await server.listen({ host: config.host, port: config.port });

  // only now: what recovers may be answered by webhooks, which need the address
  await jobs.start(jobHandlers(deps));
  await recover(deps);
  atClose(keepHouse(deps, config.eventsKeepDays));
  atClose(reconcileItems(deps));
  if (sandbox && config.auth.kind === "demo") await linkDemoItems({ store, operations, log }, DEMO_VIEWER.id, sandbox);
  return { url, sandbox, close };
}

/** Migrations are done before anything listens: what can fail later is the database. */
async function readiness(store: Store, log: Log): Promise<{ ready: boolean; checks: Record<string, string> }> {
  try {
    await store.ping();
    return { ready: true, checks: { database: "ok" } };
  } catch (error) {
    log.error({ err: error }, "the database does not answer");
    return { ready: false, checks: { database: "does not answer" } };
  }
}
