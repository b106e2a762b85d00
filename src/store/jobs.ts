import { fromKysely, PgBoss } from "pg-boss";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { bossClock } from "./boss-clock.ts";
import type { Store, Tx } from "./store.ts";

/** Every queue of durable jobs. */
export const QUEUES = [
  "send-report-source",
  "check-report-source",
  "remove-report-source",
  "interpret-webhook",
  "remove-item",
  "look-at-item",
  "register-webhook",
  "remove-share",
  "settle-rotation",
] as const;

export type Queue = (typeof QUEUES)[number];

/** What each queue's jobs carry: ids only, never secrets. */
export interface JobData {
  /** The state and number of sends that the sender knew of: in any other it is another job's turn. */
  "send-report-source": { sourceId: string; state: "QUEUED" | "SENDING"; sends: number };
  /** `poll`: how many polls the source had when the job was sent. */
  "check-report-source": { sourceId: string; poll: number };
  "remove-report-source": { sourceId: string };
  "interpret-webhook": { inboxId: number };
  "remove-item": { itemId: string };
  /** `anyway`: also when the item is not silent. */
  "look-at-item": { itemId: string; anyway?: boolean };
  /**
   * `seen`: `addressDigest` of where the item's webhooks went when the job was sent; elsewhere, they stay there. `settle`: not this gateway's
   * address is to be told to the aggregator, but that one, once more.
   */
  "register-webhook": { itemId: string; seen: string; settle?: boolean };
  "remove-share": { shareId: string };
  /** `began`: which replacement of the item's access token. */
  "settle-rotation": { itemId: string; began: string };
}

/** Does the jobs of each queue. A throw has the job run again later; a job of a process that died runs again, too. */
export type JobHandlers = { [Q in Queue]: (data: JobData[Q], signal: AbortSignal) => Promise<void> };

/** Durable jobs in the store: sent within a transaction, run once it has committed, again until they succeed. */
export interface Jobs {
  /**
   * Durable once `tx` commits. A free worker of this process takes it up right after, or at `startAfter` of `clock`; with
   * none free, or once this process is gone, whichever process has one, within two seconds.
   */
  send<Q extends Queue>(tx: Tx, queue: Q, data: JobData[Q], options?: { startAfter?: Date }): Promise<void>;
  /** Begins to work. */
  start(handlers: JobHandlers): Promise<void>;
  /** Takes no more jobs and waits up to 25 s for those running; one still running then is aborted and runs again elsewhere. */
  stop(): Promise<void>;
}

/** Workers of one queue in one process. The first looks for due jobs by itself, the others when woken. */
const WORKERS = 8;
const POLL_SECONDS = 1;
const RELAXED_POLL_SECONDS = 60;

/** Longer than any upstream write may take: what was made upstream must be kept. */
const STOP_MS = 25_000;
/** Delayed jobs that this process wakes its workers for; the others wait for the poll. */
const MOST_TIMERS = 10_000;

const NO_JOB = "00000000-0000-0000-0000-000000000000";

const QUEUE_OPTIONS = {
  // 1 s doubling to 15 minutes, about 27 hours in all
  retryLimit: 120,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 900,
  expireInSeconds: 300,
  // a job whose process died is free again after this, when the next supervision passes
  heartbeatSeconds: 20,
  deleteAfterSeconds: 3_600,
};

/** Prepares pg-boss's schema and the queues: jobs can be sent at once, and run after `start`. */
export async function createJobs(options: { store: Store; log: Log; clock: Clock }): Promise<Jobs> {
  const { store, log, clock } = options;
  const boss = new PgBoss({
    db: { executeSql: (text, values) => store.execute(text, values) },
    backend: store.kind,
    clock: bossClock(clock),
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 600,
    flowIntervalSeconds: 3_600,
    bamIntervalSeconds: 3_600,
    reindex: store.kind === "postgres",
    monitorVacuum: store.kind === "postgres",
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue failed"));
  boss.on("warning", ({ message, data }) => log.warn({ data }, message));
  await boss.start();
  await prepareQueues(boss);

  const workers = new Map<Queue, string[]>();
  const timers = new Set<() => void>();

  function wake(queue: Queue): void {
    for (const id of workers.get(queue) ?? []) boss.notifyWorker(id);
  }

  /** The sender's clock decides when the job is due, not the database's. */
  function wakeAfter(ms: number, queue: Queue, id: string): void {
    if (timers.size >= MOST_TIMERS) return;
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      boss.update(queue, undefined, { id, startAfter: 0 }).then(
        () => wake(queue),
        (error: unknown) => log.warn({ err: error, queue, id }, "a due job waits for the next poll"),
      );
    });
    timers.add(cancel);
  }

  async function work<Q extends Queue>(queue: Q, handler: JobHandlers[Q]): Promise<void> {
    const ids: string[] = [];
    workers.set(queue, ids);
    for (let worker = 0; worker < WORKERS; worker++) {
      const pollingIntervalSeconds = worker === 0 ? POLL_SECONDS : RELAXED_POLL_SECONDS;
      const id = await boss.work<JobData[Q]>(queue, { pollingIntervalSeconds }, async ([job]) => {
        if (!job) return;
        wake(queue); // where one is due there may be more
        try {
          await handler(job.data, job.signal);
        } catch (error) {
          const facts = { err: error, queue, data: job.data, attempt: job.retryCount + 1 };
          if (job.retryCount < QUEUE_OPTIONS.retryLimit) log.warn(facts, "a job failed and will run again");
          else log.error(facts, "a job failed for the last time");
          // pg-boss stores what it is given: the words, not the causes, which may hold what is secret
          throw new Error(error instanceof Error ? error.message : String(error));
        }
      });
      ids.push(id);
    }
  }

  return {
    async send(tx, queue, data, { startAfter } = {}) {
      const delay = startAfter ? Math.max(0, startAfter.getTime() - clock.now()) : 0;
      const id = await boss.send(queue, data, { startAfter: delay / 1_000, db: fromKysely(tx.db) });
      if (id === null) throw new Error(`The job for ${queue} was not stored.`);
      tx.afterCommit(() => (delay > 0 ? wakeAfter(delay, queue, id) : wake(queue)));
    },
    async start(handlers) {
      for (const queue of QUEUES) await work(queue, handlers[queue]);
    },
    async stop() {
      for (const cancel of timers) cancel();
      let timeIsUp = () => {};
      const bound = new Promise<void>((resolve) => {
        timeIsUp = clock.after(STOP_MS, resolve);
      });
      await Promise.race([Promise.all(QUEUES.map((queue) => boss.offWork(queue, { wait: true }))), bound]);
      timeIsUp();
      await boss.stop({ graceful: false });
    },
  };
}

async function prepareQueues(boss: PgBoss): Promise<void> {
  const known = new Map((await boss.getQueues([...QUEUES])).map((queue) => [queue.name, queue]));
  for (const queue of QUEUES) {
    const found = known.get(queue);
    if (!found) await boss.createQueue(queue, QUEUE_OPTIONS);
    else if (!hasOptions(found)) await boss.updateQueue(queue, QUEUE_OPTIONS);
    // pg-boss reads a queue at its first use, and inside a sender's transaction it could not
    await boss.findJobs(queue, { id: NO_JOB });
  }
}

function hasOptions(queue: object): boolean {
  const found = new Map<string, unknown>(Object.entries(queue));
  return Object.entries(QUEUE_OPTIONS).every(([option, value]) => found.get(option) === value);
}
