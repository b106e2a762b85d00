import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../log.ts";

/** What the lock file says of its holder. */
interface Holder {
  pid: number;
  /** When the process started, as the system counts: tells it from a later one with the same pid. Null where /proc is missing. */
  start: string | null;
  host: string;
}

/** Long enough for another process to have written its whole name. */
const SETTLE_MS = 100;
const TRIES = 10;

/**
 * Takes `<dataDir>/database.lock`: PGlite has no lock of its own, and two processes on one directory lose rows silently. A
 * dead process's lock is taken over. The returned function gives it back.
 * @throws Error naming the file and the process that holds it.
 */
export async function lockDataDir(dataDir: string, log: Log): Promise<() => Promise<void>> {
  const file = join(dataDir, "database.lock");
  const holder: Holder = { pid: process.pid, start: await startOf(process.pid), host: hostname() };
  const own = JSON.stringify({ ...holder, nonce: randomUUID() });
  for (let tries = 0; tries < TRIES; tries++) {
    if ((await createLock(file, own)) || (await takeOver(file, own, log))) return () => rm(file, { force: true });
  }
  throw new Error(`${file} changes while it is being taken: are several processes starting on this DATA_DIR at once?`);
}

async function createLock(file: string, own: string): Promise<boolean> {
  try {
    await writeFile(file, own, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Replaces a dead process's lock; false when the file has gone, or another process was quicker. */
async function takeOver(file: string, own: string, log: Log): Promise<boolean> {
  if (await isFree(file)) return false;
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, own, { mode: 0o600 });
  await rename(mine, file);
  await wait(SETTLE_MS);
  if ((await readLock(file)) !== own) return false;
  log.warn({ file }, "took over the lock of a process that ended without giving it back");
  return true;
}

/** Whether there is no lock at all. @throws Error when a live process holds it. */
async function isFree(file: string): Promise<boolean> {
  let text = await readLock(file);
  if (text !== null && parseHolder(text) === null) {
    await wait(SETTLE_MS); // its writer may be at it
    text = await readLock(file);
  }
  if (text === null) return true;
  const holder = parseHolder(text);
  if (holder === null || !(await isAlive(holder))) return false;
  const elsewhere = holder.host !== hostname();
  throw new Error(
    `The embedded database is in use by process ${holder.pid}${elsewhere ? ` on ${holder.host}` : ""}, says ${file}. ` +
      `Stop that process, or set another DATA_DIR or a DATABASE_URL.${elsewhere ? " If that machine is gone for good, delete the file." : ""}`,
  );
}

async function readLock(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Null for a file that its writer did not live to finish. */
function parseHolder(text: string): Holder | null {
  try {
    const { pid, start, host } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === "number" && typeof host === "string" ? { pid, start: start ?? null, host } : null;
  } catch {
    return null; // cut off
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true; // cannot be known from here
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (hasCode(error, "ESRCH")) return false;
  }
  return holder.start === null || holder.start === (await startOf(holder.pid));
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)): the start in clock ticks since boot; null for a process that is only not buried yet. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may hold spaces
    return state === "Z" ? null : (fields[18] ?? null);
  } catch {
    return null; // not Linux, or the process is gone
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
