import type { Db, Store, Tx } from "./store.ts";
import type { TransactionGuard } from "./transaction-guard.ts";

/** SQLSTATE serialization_failure and deadlock_detected: the same work may succeed when run again. */
const WORTH_ANOTHER_TRY = new Set(["40001", "40P01"]);
const TRIES = 4;

/** `Store.transaction` over an executor. */
export function transactions(db: Db, guard: TransactionGuard): Store["transaction"] {
  async function once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const steps: { key: string; step: () => Promise<void> }[] = [];
    const tasks: (() => void)[] = [];
    const result = await db.transaction().execute((executor) =>
      guard.inside(async () => {
        const done = await work({
          db: executor,
          beforeCommit: (key, step) => void steps.push({ key, step }),
          afterCommit: (task) => void tasks.push(task),
        });
        steps.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)); // stable: equal keys keep their order
        for (const { step } of steps) await step();
        return done;
      }),
    );
    for (const task of tasks) task();
    return result;
  }

  return async function transaction(work) {
    for (let tries = 1; ; tries++) {
      try {
        return await once(work);
      } catch (error) {
        if (tries === TRIES || !WORTH_ANOTHER_TRY.has(sqlState(error))) throw error;
      }
    }
  };
}

function sqlState(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
