import { parseArgs } from "node:util";
import { aggregators } from "../../adapters/registry.ts";
import { systemClock } from "../clock.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Env } from "../config/environment-reader.ts";
import { type Config, parseConfig } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { type DeliveryQuery, listDeliveries, reopenDelivery } from "../store/inbox.ts";
import { createJobs } from "../store/jobs.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";

type Print = (line: string) => void;

const SLUGS = aggregators.map(({ slug }) => slug).join("|");
const MOST = 1_000;
const USAGE = `Usage: tributary webhooks list [--waiting] [--provider ${SLUGS}] [--item ITEM_ID] [--report ASSET_REPORT_ID] [--limit 50]
       tributary webhooks replay ID ... | --waiting
list    shows the webhooks that were received, newest first; --waiting only those whose effect is not in the state yet.
replay  interprets them again: what they make stale, the item's health, a look at the report. No event comes twice.
Ids of items and reports are the provider's own.`;

/** A command line that cannot be followed. */
class UsageError extends Error {}

/**
 * `tributary webhooks list|replay`: the inbox of received webhooks, in the gateway's database. The embedded database is one
 * process's: there the gateway must be stopped first. Resolves to the exit code: 2 for a command line that cannot be followed.
 */
export async function webhooks(env: Env, print: Print = console.log, args: readonly string[] = []): Promise<number> {
  try {
    const work = workOf(args);
    return await withStore(parseConfig(env, aggregators), (store, log) => work(store, { print, log }));
  } catch (error) {
    if (error instanceof UsageError) {
      print(`${error.message}\n${USAGE}`);
      return 2;
    }
    if (!(error instanceof ConfigError)) throw error;
    print(error.message);
    return 1;
  }
}

type Work = (store: Store, by: { print: Print; log: Log }) => Promise<number>;

/** @throws UsageError */
function workOf(args: readonly string[]): Work {
  const [verb, ...rest] = args;
  if (verb === "list") {
    const query = queryOf(rest);
    return async (store, { print }) => {
      await list(store, query, print);
      return 0;
    };
  }
  if (verb !== "replay") throw new UsageError(`There is no "webhooks ${verb ?? ""}".`);
  const { values, positionals } = parsed(() =>
    parseArgs({ args: rest, allowPositionals: true, options: { waiting: { type: "boolean", default: false } } }),
  );
  const ids = positionals.map((id) => wholeNumber(id, "ID", Number.MAX_SAFE_INTEGER));
  if (ids.length > 0 === values.waiting) throw new UsageError("replay wants either ids or --waiting.");
  return (store, by) => replay(store, ids, by);
}

function queryOf(args: string[]): DeliveryQuery {
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: {
        waiting: { type: "boolean", default: false },
        provider: { type: "string" },
        item: { type: "string" },
        report: { type: "string" },
        limit: { type: "string", default: "50" },
      },
    }),
  );
  const aggregator = aggregators.find(({ slug }) => slug === values.provider);
  if (values.provider !== undefined && !aggregator) {
    throw new UsageError(`--provider: found "${values.provider}", wanted ${SLUGS}.`);
  }
  return {
    provider: aggregator?.provider,
    remoteItemId: values.item,
    remoteReportId: values.report,
    waiting: values.waiting,
    limit: wholeNumber(values.limit, "--limit", MOST),
  };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string, name: string, max: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > max) {
    throw new UsageError(`${name}: found "${text}", wanted a whole number, 1 to ${max}.`);
  }
  return number;
}

async function withStore(config: Config, work: (store: Store, log: Log) => Promise<number>): Promise<number> {
  const log = createLog({ level: "error" });
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    clock: systemClock,
    log,
  });
  try {
    return await work(store, log);
  } finally {
    await store.close();
  }
}

const COLUMNS = ["ID", "RECEIVED", "PROVIDER", "WEBHOOK", "ABOUT", "INTERPRETED"];

async function list({ db }: Store, query: DeliveryQuery, print: Print): Promise<void> {
  const rows = (await listDeliveries(db, query)).map((row) => [
    String(row.id),
    row.received_at,
    row.provider,
    `${row.type} ${row.code}`,
    aboutOf(row.remote_item_id, row.remote_report_id),
    row.interpreted_at ?? "waiting",
  ]);
  const table = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of table)
    print(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

function aboutOf(item: string | null, report: string | null): string {
  if (report !== null) return `report ${report}`;
  return item === null ? "-" : `item ${item}`;
}

/** All that wait when there are no ids. Unknown ids are said, and the others done. */
async function replay(store: Store, ids: number[], { print, log }: { print: Print; log: Log }): Promise<number> {
  const jobs = await createJobs({ store, log, clock: systemClock });
  const unknown: number[] = [];
  let sent = 0;
  for (const id of ids.length > 0 ? ids : await waiting(store)) {
    await store.transaction(async (tx) => {
      if (!(await reopenDelivery(tx.db, id))) return void unknown.push(id);
      await jobs.send(tx, "interpret-webhook", { inboxId: id });
      sent++;
    });
  }
  await jobs.stop();
  print(`${sent} to be interpreted: at once by a running gateway, else when one starts.`);
  for (const id of unknown) print(`There is no webhook ${id}.`);
  return unknown.length === 0 ? 0 : 1;
}

/** All that wait, however many, the one received first at the head. */
async function waiting({ db }: Store): Promise<number[]> {
  const ids: number[] = [];
  for (let before: number | undefined, more = true; more; before = ids.at(-1)) {
    const page = await listDeliveries(db, { waiting: true, before, limit: MOST });
    ids.push(...page.map(({ id }) => id));
    more = page.length === MOST;
  }
  return ids.reverse();
}
