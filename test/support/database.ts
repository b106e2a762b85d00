import { createHash, randomUUID } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, it } from "@jest/globals";
import pg from "pg";
import pino from "pino";
import { systemClock } from "../../src/clock.ts";
import { createJobs } from "../../src/store/jobs.ts";
import { openPglite, type PgliteStore } from "../../src/store/pglite-store.ts";
import { openPostgres } from "../../src/store/postgres-store.ts";
import type { Store } from "../../src/store/store.ts";

/** Opens a store on a new, empty database with all tables. It is closed, and the database dropped, after the test. */
export interface Open {
  (): Promise<Store>;
  /** Closes the store and opens another on the same data, as a restart does. */
  restart(store: Store): Promise<Store>;
}

/** On PostgreSQL several processes share a database. */
export interface OpenPostgres extends Open {
  /** One more store on the same database, as another replica has it. */
  replica(store: Store): Promise<Store>;
  /** Where the store's database is. */
  url(store: Store): string;
}

/**
 * Runs a suite on PGlite, and on PostgreSQL too when DATABASE_TEST_URL is set (a superuser's, or one with CREATEDB):
 *
 * eachDatabase((name, open) => {
 *   it("keeps an item", async () => {
 *     const store = await open();
 */
export function eachDatabase(suite: (name: "PGlite" | "PostgreSQL", open: Open) => void): void {
  describe("on PGlite", () => endingLast((atEnd) => suite("PGlite", pgliteOpener(atEnd))));
  onPostgres((open) => suite("PostgreSQL", open));
}

/** Runs a suite that needs PostgreSQL: races and replicas. Skipped by name without DATABASE_TEST_URL. */
export function onPostgres(suite: (open: OpenPostgres) => void): void {
  const url = process.env.DATABASE_TEST_URL;
  if (url) describe("on PostgreSQL", () => endingLast((atEnd) => suite(postgresOpener(url, atEnd))));
  else describe.skip("on PostgreSQL", () => it("is not run: DATABASE_TEST_URL is not set", () => {}));
}

/** What is given to `atEnd` runs after each test and after the suite's own `afterEach`, which may still need the stores. */
function endingLast(suite: (atEnd: (task: () => Promise<void>) => void) => void): void {
  const tasks: (() => Promise<void>)[] = [];
  suite((task) => tasks.push(task));
  afterEach(async () => {
    for (const task of tasks) await task();
  });
}

const TEMPLATE_SOURCES = [
  "package-lock.json",
  "src/store/jobs.ts",
  "src/store/migrate.ts",
  "src/store/pglite-store.ts",
  "src/store/migrations/*.ts",
];

/** A log that says nothing. */
export const silentLog = pino({ level: "silent" });

/** Making a database costs ten times what emptying one does: these, open and emptied, wait for the next test of the file. */
const spare = { pglite: [] as PgliteStore[], postgres: [] as NamedStore[] };
afterAll(async () => {
  for (const store of spare.pglite.splice(0)) await store.close();
  const gone = spare.postgres.splice(0);
  for (const { store } of gone) await store.close();
  await dropDatabases(gone.map(({ name }) => name));
});

interface NamedStore {
  store: Store;
  /** Its database's. */
  name: string;
}

async function takePglite(): Promise<PgliteStore> {
  return spare.pglite.pop() ?? openPglite({ dataDir: null, log: silentLog, dump: await pgliteTemplate() });
}

async function giveBackPglite(store: PgliteStore): Promise<void> {
  if (!(await isOpen(store))) return;
  await empty(store);
  spare.pglite.push(store);
}

/** False when its test has closed it. */
function isOpen(store: Store): Promise<boolean> {
  return store.ping().then(
    () => true,
    () => false,
  );
}

/** As it was made: without a row, its numbers from the first on. */
async function empty(store: Store): Promise<void> {
  const { rows: tables } = await store.execute(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' and tablename not like '%migration%'
      or schemaname = 'pgboss' and tablename not in ('version', 'queue')`);
  const { rows: sequences } = await store.execute(
    "select format('%I.%I', schemaname, sequencename) as name from pg_sequences",
  );
  await store.execute(`begin;
    set local session_replication_role = replica; -- in any order
    ${tables.map(({ name }) => `delete from ${name};`).join(" ")}
    ${sequences.map(({ name }) => `alter sequence ${name} restart;`).join(" ")}
    commit`);
}

function pgliteOpener(atEnd: (task: () => Promise<void>) => void): Open {
  const stores = new Set<PgliteStore>();
  atEnd(async () => {
    for (const store of stores) await giveBackPglite(store);
    stores.clear();
  });
  const opened = (store: PgliteStore) => {
    stores.add(store);
    return store;
  };
  return Object.assign(async () => opened(await takePglite()), {
    async restart(store: Store) {
      const own = [...stores].find((candidate) => candidate === store);
      if (!own) throw new Error("restart wants a store of this test's open().");
      const dump = await own.dump();
      stores.delete(own);
      await own.close();
      return opened(await openPglite({ dataDir: null, log: silentLog, dump }));
    },
  });
}

function postgresOpener(url: string, atEnd: (task: () => Promise<void>) => void): OpenPostgres {
  const databases = new Map<Store, string>();
  atEnd(async () => {
    const kept = new Map<string, Store>();
    for (const [store, name] of databases) {
      if (!kept.has(name) && (await isOpen(store))) kept.set(name, store);
      else await store.close();
    }
    const names = new Set(databases.values());
    databases.clear();
    for (const [name, store] of kept) {
      await empty(store);
      spare.postgres.push({ store, name });
    }
    await dropDatabases([...names].filter((name) => !kept.has(name)));
  });
  const openOn = async (name: string) => {
    const store = await openPostgres({ databaseUrl: withDatabase(url, name), clock: systemClock, log: silentLog });
    databases.set(store, name);
    return store;
  };
  const nameOf = (store: Store) => {
    const name = databases.get(store);
    if (name === undefined) throw new Error("This store is not one of this test's open().");
    return name;
  };
  const open = async () => {
    const emptied = spare.postgres.pop();
    if (emptied) {
      databases.set(emptied.store, emptied.name);
      return emptied.store;
    }
    const name = `tributary_test_${randomUUID().replaceAll("-", "")}`;
    const template = await postgresTemplate(url);
    await asAdmin(url, (admin) => admin.query(`create database ${name} template ${template}`));
    return openOn(name);
  };
  return Object.assign(open, {
    replica: (store: Store) => openOn(nameOf(store)),
    url: (store: Store) => withDatabase(url, nameOf(store)),
    async restart(store: Store) {
      const name = nameOf(store);
      await store.close();
      databases.delete(store);
      return openOn(name);
    },
  });
}

/** An empty PGlite in memory with all tables, for a suite that needs one database; the caller closes it. */
export async function openMemoryStore(): Promise<Store> {
  const store = await takePglite();
  let closing: Promise<void> | null = null;
  return {
    ...store,
    close() {
      closing ??= giveBackPglite(store);
      return closing;
    },
  };
}

/** A migrated, empty PGlite as a tar in the system's temporary folder, made once for each state of the store's sources. */
async function pgliteTemplate(): Promise<Blob> {
  const file = join(tmpdir(), `tributary-pglite-${sourcesHash()}.tar`);
  if (!existsSync(file)) {
    for (const older of globSync(join(tmpdir(), "tributary-pglite-*.tar"))) await rm(older, { force: true });
    const store = await openPglite({ dataDir: null, log: silentLog });
    await prepareJobs(store);
    const dump = await store.dump();
    await store.close();
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
    await rename(unfinished, file);
  }
  return new Blob([await readFile(file)]); // not the file itself: another worker may just be replacing it
}

/** The name of a migrated, empty database, made once for each state of the store's sources. */
async function postgresTemplate(url: string): Promise<string> {
  const name = `tributary_template_${sourcesHash()}`;
  await asAdmin(url, async (admin) => {
    const isThere = async () =>
      (await admin.query("select 1 from pg_database where datname = $1", [name])).rowCount === 1;
    if (await isThere()) return;
    await admin.query("select pg_advisory_lock(hashtext('tributary_template'))");
    if (await isThere()) return;
    const older = await admin.query<{ datname: string }>(
      "select datname from pg_database where datname like 'tributary_template_%'",
    );
    for (const { datname } of older.rows) await admin.query(`drop database ${datname} with (force)`);
    const unfinished = `tributary_template_unfinished`;
    await admin.query(`create database ${unfinished}`);
    const store = await openPostgres({
      databaseUrl: withDatabase(url, unfinished),
      clock: systemClock,
      log: silentLog,
    });
    await prepareJobs(store);
    await store.close();
    await admin.query(`alter database ${unfinished} rename to ${name}`);
  });
  return name;
}

async function dropDatabases(names: readonly string[]): Promise<void> {
  const url = process.env.DATABASE_TEST_URL;
  if (!url || names.length === 0) return;
  await asAdmin(url, async (admin) => {
    for (const name of names) await admin.query(`drop database if exists ${name} with (force)`);
  });
}

async function prepareJobs(store: Store): Promise<void> {
  const jobs = await createJobs({ store, log: silentLog, clock: systemClock });
  await jobs.stop();
}

async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Changes whenever the tables, or what makes them, may have. */
function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const file of globSync(TEMPLATE_SOURCES).sort()) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
