import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import type { Store } from "../../../src/store/store.ts";
import { eachDatabase, onPostgres } from "../../support/database.ts";
import { until } from "../../support/until.ts";

const NOW = "2026-03-01T12:00:00.123Z";

function removal(id: string = randomUUID()) {
  return {
    id,
    viewer: "ann",
    provider: "PLAID" as const,
    remote_id: "r",
    token_sealed: Buffer.from([0, 1, 255]),
    removed_at: NOW,
  };
}

async function count(store: Store): Promise<number> {
  const row = await store.db
    .selectFrom("item_removal")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

function insert(db: Store["db"], id?: string) {
  return db.insertInto("item_removal").values(removal(id)).execute();
}

describe("a store", () => {
  eachDatabase((name, open) => {
    it("says which database it is, and answers", async () => {
      const store = await open();
      expect(store.kind).toBe(name === "PGlite" ? "pglite" : "postgres");
      await store.ping();
    });

    it("gives back moments as RFC 3339, bytes as Buffer, counts as numbers and JSON as it was", async () => {
      const store = await open();
      const row = removal();
      await store.db.insertInto("item_removal").values(row).execute();
      expect(await store.db.selectFrom("item_removal").selectAll().execute()).toEqual([row]);
      expect(await count(store)).toBe(1);

      const report = randomUUID();
      await store.db
        .insertInto("report")
        .values({
          id: report,
          viewer: "ann",
          status: "PENDING",
          origin: "CREATED",
          days_requested: 1,
          client_report_id: null,
          user_sealed: null,
          requested_at: NOW,
          ready_at: null,
        })
        .execute();
      const items = [{ id: "1", remoteId: 'a "quoted" {b}', institutionName: null }];
      const source = {
        id: randomUUID(),
        report_id: report,
        viewer: "ann",
        provider: "PLAID" as const,
        ordinal: 0,
        state: "QUEUED" as const,
      };
      await store.db
        .insertInto("report_source")
        .values({ ...source, items })
        .execute();
      const changed = [...items, { id: "2", remoteId: "c", institutionName: "Ünï" }];
      await store.db.updateTable("report_source").set({ items: changed, polls: 2 }).execute();
      const [found] = await store.db.selectFrom("report_source").selectAll().execute();
      expect(found).toMatchObject({ ...source, items: changed, polls: 2, sends: 0, error: null, lease_until: null });
    });

    it.each([
      ["2026-03-01 12:00:00+00", "2026-03-01T12:00:00.000Z"],
      ["2026-03-01 12:00:00.5+02", "2026-03-01T10:00:00.500Z"],
      ["2026-03-01 12:00:00.123999+05:30", "2026-03-01T06:30:00.123Z"],
    ])("reads the moment %s as %s", async (written, read) => {
      const store = await open();
      const { rows } = await sql<{ at: string }>`select ${written}::timestamptz as at`.execute(store.db);
      expect(rows).toEqual([{ at: read }]);
    });

    it("takes arrays as PostgreSQL arrays where they are no column's value", async () => {
      const store = await open();
      const { rows } = await sql`select 'b' = any(${["a", "b"]}::text[]) as found`.execute(store.db);
      expect(rows).toEqual([{ found: true }]);
    });

    it("commits what a transaction did, and then runs its afterCommit tasks", async () => {
      const store = await open();
      const seen: string[] = [];
      const result = await store.transaction(async (tx) => {
        tx.afterCommit(() => seen.push("after"));
        await insert(tx.db);
        seen.push("inside");
        return 7;
      });
      expect(result).toBe(7);
      expect(seen).toEqual(["inside", "after"]);
      expect(await count(store)).toBe(1);
    });

    it("undoes what a failed transaction did, runs no afterCommit task and rethrows", async () => {
      const store = await open();
      const seen: string[] = [];
      const failed = store.transaction(async (tx) => {
        tx.afterCommit(() => seen.push("after"));
        await insert(tx.db);
        throw new Error("no");
      });
      await expect(failed).rejects.toThrow("no");
      expect(seen).toEqual([]);
      expect(await count(store)).toBe(0);
      await insert(store.db);
    });

    it("does not pretend to have committed when a statement's failure was swallowed", async () => {
      const store = await open();
      const failed = store.transaction(async (tx) => {
        const row = removal();
        await insert(tx.db, row.id);
        await insert(tx.db, row.id).catch(() => "swallowed");
      });
      await expect(failed).rejects.toThrow();
      expect(await count(store)).toBe(0);
    });

    it("throws at once when the root executor is used inside a transaction, instead of waiting for ever", async () => {
      const store = await open();
      await store.transaction(async (tx) => {
        await expect(insert(store.db)).rejects.toThrow("pass on the transaction's `tx.db`");
        await expect(store.transaction(async () => {})).rejects.toThrow("pass on the transaction's `tx.db`");
        await expect(store.execute("select 1")).rejects.toThrow("pass on the transaction's `tx.db`");
        await insert(tx.db);
      });
      expect(await count(store)).toBe(1);
    });

    it("allows the root executor in what a transaction started and did not wait for", async () => {
      const store = await open();
      let later: Promise<unknown> = Promise.resolve();
      let goOn = () => {};
      await store.transaction(async () => {
        later = new Promise<void>((resolve) => {
          goOn = resolve;
        }).then(() => insert(store.db));
      });
      goOn();
      await later;
      expect(await count(store)).toBe(1);
    });

    it("refuses a transaction's executor once the transaction has ended", async () => {
      const store = await open();
      const leaked = await store.transaction(async (tx) => tx.db);
      await expect(insert(leaked)).rejects.toThrow(/committed/);
    });

    it("keeps transactions that run at once apart", async () => {
      const store = await open();
      const ids = Array.from({ length: 8 }, () => randomUUID());
      const outcomes = await Promise.allSettled(
        ids.map((id, index) =>
          store.transaction(async (tx) => {
            await insert(tx.db, id);
            await tx.db.selectFrom("item_removal").selectAll().execute();
            if (index % 2) throw new Error("no");
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(
        ids.map((_, index) => (index % 2 ? "rejected" : "fulfilled")),
      );
      expect(await count(store)).toBe(4);
    });

    it("runs several statements as text, gives the rows of all, and leaves no transaction behind when one fails", async () => {
      const store = await open();
      expect(await store.execute("begin; select 1 as a; select 2 as a; commit")).toEqual({
        rows: [{ a: 1 }, { a: 2 }],
      });
      expect(await store.execute("select $1::int as a", [3])).toEqual({ rows: [{ a: 3 }] });
      await expect(store.execute("begin; select 1/0; commit")).rejects.toThrow("division by zero");
      await insert(store.db);
      expect(await count(store)).toBe(1);
    });

    it("delivers a notification once its transaction has committed, and never a rolled-back one", async () => {
      const store = await open();
      const heard: string[] = [];
      let hear: (payload: string) => void = () => {};
      const first = new Promise<string>((resolve) => {
        hear = resolve;
      });
      const stop = await store.listen("things", {
        onNotify(payload) {
          heard.push(payload);
          hear(payload);
        },
        onReconnect: () => {},
      });
      await store
        .transaction(async (tx) => {
          await store.notify(tx.db, "things", "rolled back");
          throw new Error("no");
        })
        .catch(() => "expected");
      await store.transaction(async (tx) => {
        await store.notify(tx.db, "things", "committed");
        await store.notify(tx.db, "other things", "elsewhere");
        await tx.db.selectFrom("item").selectAll().execute();
        expect(heard).toEqual([]);
      });
      expect(await first).toBe("committed");
      expect(heard).toEqual(["committed"]);
      await stop();
    });

    it("can be closed twice, and does nothing afterwards", async () => {
      const store = await open();
      await Promise.all([store.close(), store.close()]);
      await store.close();
      await expect(store.ping()).rejects.toThrow();
      await expect(insert(store.db)).rejects.toThrow();
      await expect(store.transaction(async () => {})).rejects.toThrow();
    });

    it("keeps everything over a restart", async () => {
      const store = await open();
      await insert(store.db);
      const after = await open.restart(store);
      expect(await count(after)).toBe(1);
    });
  });

  onPostgres((open) => {
    it("has a second transaction wait for a locked row and see what the first made of it", async () => {
      const store = await open();
      const { id } = removal();
      await insert(store.db, id);
      const add = () =>
        store.transaction(async (tx) => {
          const row = await tx.db
            .selectFrom("item_removal")
            .select("remote_id")
            .where("id", "=", id)
            .forUpdate()
            .executeTakeFirstOrThrow();
          await tx.db
            .updateTable("item_removal")
            .set({ remote_id: `${row.remote_id}+` })
            .where("id", "=", id)
            .execute();
        });
      await Promise.all(Array.from({ length: 20 }, add));
      const [row] = await store.db.selectFrom("item_removal").select("remote_id").execute();
      expect(row?.remote_id).toMatch(/\+{20}$/);
    });

    it("runs a transaction again that PostgreSQL chose to end a deadlock, with its afterCommit tasks only once", async () => {
      const store = await open();
      const [first, second] = [randomUUID(), randomUUID()];
      await insert(store.db, first);
      await insert(store.db, second);
      const seen: string[] = [];
      let runs = 0;
      let bothHoldOne = 0;
      const lockBoth = (name: string, order: string[]) =>
        store.transaction(async (tx) => {
          runs++;
          tx.afterCommit(() => seen.push(name));
          for (const [index, id] of order.entries()) {
            await tx.db.selectFrom("item_removal").select("id").where("id", "=", id).forUpdate().execute();
            if (index === 0) bothHoldOne++;
            while (bothHoldOne < 2) await sql`select 1`.execute(tx.db);
          }
        });
      await Promise.all([lockBoth("a", [first, second]), lockBoth("b", [second, first])]);
      expect(runs).toBeGreaterThanOrEqual(3); // the victim may come back before the other has woken
      expect(seen.sort()).toEqual(["a", "b"]);
    });

    it("survives the loss of its connections, idle or in use", async () => {
      const store = await open();
      const replica = await open.replica(store);
      const end = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      await store.ping();
      await replica.execute(end);
      const failed = store.transaction(async (tx) => {
        await insert(tx.db);
        await replica.execute(end);
        await insert(tx.db);
      });
      await expect(failed).rejects.toThrow();
      await until(() =>
        store.ping().then(
          () => true,
          () => false,
        ),
      ); // one more that died may still be in the pool
      expect(await count(store)).toBe(0);
    });
  });
});
