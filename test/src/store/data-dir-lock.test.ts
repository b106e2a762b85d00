import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { lockDataDir } from "../../../src/store/data-dir-lock.ts";
import { silentLog } from "../../support/database.ts";

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tributary-lock-"));
  file = join(dir, "database.lock");
});
afterEach(() => rm(dir, { recursive: true }));

async function withProcess<T>(work: (pid: number) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  try {
    return await work(child.pid ?? 0);
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

const lock = () => lockDataDir(dir, silentLog);
const hold = (holder: object) => writeFile(file, JSON.stringify({ host: hostname(), start: null, ...holder }));

describe("the lock of a data directory", () => {
  it("keeps a second one out, naming the process and the file, until it is given back", async () => {
    const unlock = await lock();
    await expect(lock()).rejects.toThrow(
      `in use by process ${process.pid}, says ${file}. Stop that process, or set another DATA_DIR`,
    );
    await unlock();
    expect(await readdir(dir)).toEqual([]);
    await (await lock())();
  });

  it("of a live process is respected", async () => {
    await withProcess(async (pid) => {
      await hold({ pid });
      await expect(lock()).rejects.toThrow(`in use by process ${pid}`);
    });
  });

  it("of a dead process is taken over", async () => {
    const pid = await withProcess(async (pid) => pid);
    await hold({ pid });
    await lock();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
  });

  it("of an earlier process that had the pid of one alive now is taken over", async () => {
    await withProcess(async (pid) => {
      await hold({ pid, start: "1" });
      await lock();
    });
  });

  it("that an earlier life of this very pid left behind is taken over, as in a container that starts again", async () => {
    await hold({ pid: process.pid, start: "1" });
    await lock();
  });

  it.each(["", '{"pid":', "null", '{"pid":"1"}'])(
    "that its writer did not live to finish (%j) is taken over",
    async (text) => {
      await writeFile(file, text);
      await lock();
    },
  );

  it("of a process on another machine is respected, and how to be rid of it is said", async () => {
    await hold({ pid: 1, host: "elsewhere" });
    await expect(lock()).rejects.toThrow(
      /by process 1 on elsewhere.*If that machine is gone for good, delete the file/,
    );
  });

  it("of a dead process is taken over by one of several that try at once", async () => {
    const pid = await withProcess(async (pid) => pid);
    await hold({ pid });
    const outcomes = await Promise.allSettled([lock(), lock(), lock()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    await expect(lock()).rejects.toThrow(`in use by process ${process.pid}`);
  });
});
