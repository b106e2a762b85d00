import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { systemClock } from "../../../src/clock.ts";
import { createJobs } from "../../../src/store/jobs.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { openStore } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { eachDatabase, onPostgres, silentLog } from "../../support/database.ts";

/** Every table with what its name stands for in a row, as the database knows it. */
async function columns(store: Store): Promise<Record<string, unknown>[]> {
  const { rows } = await store.execute(
    "select table_name, column_name, is_nullable from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%' order by 1, ordinal_position",
  );
  return rows;
}

describe("the migrations", () => {
  eachDatabase((_, open) => {
    it("make every table, and change nothing when run again", async () => {
      const store = await open();
      const before = await columns(store);
      expect(new Set(before.map(({ table_name }) => table_name))).toEqual(
        new Set([
          "item",
          "item_removal",
          "report",
          "report_source",
          "report_head",
          "report_page",
          "webhook_inbox",
          "idempotency",
          "viewer_cursor",
          "event",
          "report_share",
        ]),
      );
      await migrate(store.db, silentLog);
      expect(await columns(store)).toEqual(before);
    });

    it("remove a report's sources and content with the report", async () => {
      const store = await open();
      const [report, source] = [randomUUID(), randomUUID()];
      const now = "2026-03-01T00:00:00.000Z";
      await store.db
        .insertInto("report")
        .values({
          id: report,
          viewer: "ann",
          status: "READY",
          origin: "CREATED",
          days_requested: 1,
          client_report_id: null,
          user_sealed: null,
          requested_at: now,
          ready_at: now,
        })
        .execute();
      await store.db
        .insertInto("report_source")
        .values({
          id: source,
          report_id: report,
          viewer: "ann",
          provider: "PLAID",
          ordinal: 0,
          state: "READY",
          items: [],
        })
        .execute();
      await store.db
        .insertInto("report_head")
        .values({ source_id: source, head_sealed: Buffer.of(1), insights: false })
        .execute();
      await store.db
        .insertInto("report_page")
        .values({ source_id: source, account: 0, kind: "history", page: 0, page_sealed: Buffer.of(1) })
        .execute();
      await store.db.deleteFrom("report").execute();
      for (const table of ["report_source", "report_head", "report_page"] as const) {
        expect(await store.db.selectFrom(table).selectAll().execute()).toEqual([]);
      }
    });

    it("of a later version stop an earlier one", async () => {
      const store = await open();
      await store.execute("insert into kysely_migration values ('9999-later', '2030-01-01')");
      await expect(migrate(store.db, silentLog)).rejects.toMatchObject({
        message: "The database's migrations do not fit this version.",
        cause: expect.objectContaining({ message: expect.stringContaining("9999-later") }),
      });
    });
  });

  onPostgres(() => {
    const name = `tributary_test_${randomUUID().replaceAll("-", "")}`;
    const admin = async (statement: string) => {
      const client = new pg.Client({ connectionString: process.env.DATABASE_TEST_URL });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    };
    afterEach(() => admin(`drop database if exists ${name} with (force)`));

    it("are run once when several processes start on an empty database at once", async () => {
      await admin(`create database ${name}`);
      const url = new URL(process.env.DATABASE_TEST_URL ?? "");
      url.pathname = `/${name}`;
      const stores = await Promise.all(
        [1, 2, 3].map(async () => {
          const store = await openStore({
            databaseUrl: url.href,
            dataDir: "unused",
            clock: systemClock,
            log: silentLog,
          });
          const jobs = await createJobs({ store, clock: systemClock, log: silentLog });
          await jobs.stop();
          return store;
        }),
      );
      for (const store of stores) {
        expect((await columns(store)).length).toBeGreaterThan(0);
        await store.close();
      }
    });

    it("are not begun when the database cannot be reached, and the password stays out of the error", async () => {
      const opened = openStore({
        databaseUrl: "postgres://root:secret@127.0.0.1:1/test",
        dataDir: "unused",
        clock: systemClock,
        log: silentLog,
      });
      const error = await opened.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(String(error)).toMatch(
        /PostgreSQL at 127.0.0.1:1, database test, user root, cannot be used: .*ECONNREFUSED.* Check DATABASE_URL/,
      );
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}))).not.toContain("secret");
    });
  });
});
