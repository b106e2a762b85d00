import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../../src/clock.ts";
import { insertItem, listItems } from "../../../src/store/items.ts";
import { openStore } from "../../../src/store/open-store.ts";
import { silentLog } from "../../support/database.ts";
import { itemRow } from "../../support/rows.ts";

let parent: string;
let dataDir: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "tributary-pglite-"));
  dataDir = join(parent, "some", "data");
});
afterEach(() => rm(parent, { recursive: true }));

const open = () => openStore({ databaseUrl: null, dataDir, clock: systemClock, log: silentLog });

/** A process of its own that keeps one item and then stays. */
const KEEP_ONE_AND_STAY = `
  import { pino } from "pino";
  import { systemClock } from "./src/clock.ts";
  import { insertItem } from "./src/store/items.ts";
  import { openStore } from "./src/store/open-store.ts";
  import { itemRow } from "./test/support/rows.ts";
  const store = await openStore({ databaseUrl: null, dataDir: process.env.DATA, clock: systemClock, log: pino({ level: "silent" }) });
  await store.transaction((tx) => insertItem(tx.db, itemRow()));
  process.stdout.write("kept");
  setInterval(() => {}, 1_000);
`;

describe("a store on PGlite in a directory", () => {
  it("creates the directory for this user alone, and keeps what it is given over a restart", async () => {
    const store = await open();
    const item = await insertItem(store.db, itemRow());
    await store.close();
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);

    const again = await open();
    expect(await listItems(again.db, "ann")).toEqual([item]);
    await again.close();
  });

  it("refuses a second one on the same directory, and harms neither", async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`in use by process ${process.pid}, says ${join(dataDir, "database.lock")}`);
    await insertItem(store.db, itemRow());
    await store.close();
    const again = await open();
    expect(await listItems(again.db, "ann")).toHaveLength(1);
    await again.close();
  });

  it("waits for the open transaction when it is closed", async () => {
    const store = await open();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const written = store.transaction(async (tx) => {
      await held;
      await insertItem(tx.db, itemRow());
    });
    const closed = store.close();
    goOn();
    await written;
    await closed;
    await expect(store.ping()).rejects.toThrow();
    const again = await open();
    expect(await listItems(again.db, "ann")).toHaveLength(1);
    await again.close();
  });

  it("keeps what was committed when its process is killed, and takes its lock over", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", KEEP_ONE_AND_STAY], {
      env: { PATH: process.env.PATH, DATA: dataDir },
      stdio: ["ignore", "pipe", "inherit"],
    });
    expect(String(await once(child.stdout, "data"))).toBe("kept");
    await expect(open()).rejects.toThrow(`in use by process ${child.pid}`);
    child.kill("SIGKILL");
    await once(child, "exit");

    const store = await open();
    expect(await listItems(store.db, "ann")).toHaveLength(1);
    await store.close();
  });
});
