import pg from "pg";
import { until } from "./until.ts";

/** A change of a row that a trial waits for. */
export interface RowChange {
  /** e.g. "report_source". */
  table: string;
  on: "insert" | "update";
  /** SQL over `new`, and `old` of an update. */
  when: string;
  /** Which such change it is, from 1. */
  nth?: number;
  /** Whether its transaction is stopped there, uncommitted, or has committed. */
  at: "within" | "committed";
}

/** Looks into the gateway's database from outside, so that a moment of its work is found without waiting for a time. */
export interface RowMoments {
  /** Waits for this change, one at a time; `reached` resolves when it is there. */
  expect(change: RowChange): Promise<{ reached(): Promise<void> }>;
  /** Lets whoever was stopped go on, and expects nothing any more. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Who changes the row waits for this lock. */
const LOCK = 20;

const FUNCTION = `
  create sequence if not exists trial_moments;
  create or replace function trial_moment() returns trigger language plpgsql as $$
  begin
    if nextval('trial_moments') = tg_argv[1]::bigint then
      if tg_argv[0] = 'within' then
        perform pg_advisory_xact_lock(${LOCK});
      else
        perform pg_notify('trial_moments', '');
      end if;
    end if;
    return null;
  end $$`;

/** Prepares the database at `url` for it. */
export async function rowMoments(url: string): Promise<RowMoments> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(FUNCTION);
  await client.query("listen trial_moments");
  let committed = false;
  let table: string | null = null;
  client.on("notification", () => {
    committed = true;
  });

  const isStopped = async () =>
    (
      await client.query(
        `select 1 from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
    ).rowCount !== 0;

  return {
    async expect({ on, when, nth = 1, at, ...change }) {
      committed = false;
      table = change.table;
      await client.query(`select pg_advisory_lock(${LOCK})`);
      await client.query("alter sequence trial_moments restart");
      await client.query(`create trigger trial_moment after ${on} on ${table} for each row when (${when})
        execute function trial_moment('${at}', ${nth})`);
      return { reached: () => until(at === "within" ? isStopped : () => committed) };
    },
    async clear() {
      await client.query("select pg_advisory_unlock_all()");
      if (table) await client.query(`drop trigger if exists trial_moment on ${table}`);
      table = null;
    },
    close: () => client.end(),
  };
}
