import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { webhooks } from "../../../src/cli/webhooks.ts";
import { systemClock } from "../../../src/clock.ts";
import { findDelivery, insertDelivery, markInterpreted } from "../../../src/store/inbox.ts";
import { createJobs } from "../../../src/store/jobs.ts";
import { openStore } from "../../../src/store/open-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { onPostgres, silentLog } from "../../support/database.ts";

const AT = "2026-03-01T00:00:00.000Z";

async function receive({ db }: Store): Promise<void> {
  const row = (jwt: string, remote_item_id: string | null, remote_report_id: string | null = null) => ({
    ...{ provider: "PLAID" as const, jwt_sha256: jwt, body_sealed: Buffer.from("x"), remote_item_id, remote_report_id },
    ...{ type: "ITEM", code: "ERROR", received_at: AT },
  });
  const { id } = await insertDelivery(db, row("a", "item-1"));
  await insertDelivery(db, { ...row("b", null, "report-1"), type: "ASSETS", code: "PRODUCT_READY" });
  await insertDelivery(db, { ...row("c", null), provider: "LINK_MONEY" });
  await markInterpreted(db, id, AT);
}

async function run(env: Record<string, string>, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await webhooks({ LOG_LEVEL: "silent", ...env }, (line) => void lines.push(...line.split("\n")), args);
  return { code, lines };
}

describe("tributary webhooks", () => {
  let dir = "";
  let env: Record<string, string> = {};
  const open = () => openStore({ databaseUrl: null, dataDir: dir, clock: systemClock, log: silentLog });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tributary-webhooks-"));
    env = { DATA_DIR: dir };
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("lists the inbox, newest first, and what of it waits; replays what it is told", async () => {
    const store = await open();
    await receive(store);
    await store.close();

    expect(await run(env, "list")).toEqual({
      code: 0,
      lines: [
        "ID  RECEIVED                  PROVIDER    WEBHOOK               ABOUT            INTERPRETED",
        `3   ${AT}  LINK_MONEY  ITEM ERROR            -                waiting`,
        `2   ${AT}  PLAID       ASSETS PRODUCT_READY  report report-1  waiting`,
        `1   ${AT}  PLAID       ITEM ERROR            item item-1      ${AT}`,
      ],
    });
    const shown = async (...args: string[]) =>
      (await run(env, "list", ...args)).lines.slice(1).map((line) => line.split(" ")[0]);
    expect(await shown("--waiting")).toEqual(["3", "2"]);
    expect(await shown("--provider", "plaid")).toEqual(["2", "1"]);
    expect(await shown("--item", "item-1")).toEqual(["1"]);
    expect(await shown("--report", "report-1")).toEqual(["2"]);
    expect(await shown("--limit", "1")).toEqual(["3"]);

    expect(await run(env, "replay", "1", "9")).toEqual({
      code: 1,
      lines: ["1 to be interpreted: at once by a running gateway, else when one starts.", "There is no webhook 9."],
    });
    expect(await shown("--waiting")).toEqual(["3", "2", "1"]);
    expect((await run(env, "replay", "--waiting")).lines[0]).toMatch(/^3 to be interpreted/);
  });

  it.each([
    [["lst"], 'There is no "webhooks lst".'],
    [[], 'There is no "webhooks ".'],
    [["list", "--limit", "0"], '--limit: found "0", wanted a whole number, 1 to 1000.'],
    [["list", "--provider", "mx"], '--provider: found "mx", wanted plaid|link-money.'],
    [["replay"], "replay wants either ids or --waiting."],
    [["replay", "1", "--waiting"], "replay wants either ids or --waiting."],
    [["replay", "one"], 'ID: found "one", wanted a whole number, 1 to 9007199254740991.'],
  ])("refuses %j", async (args, says) => {
    const { code, lines } = await run(env, ...args);
    expect(code).toBe(2);
    expect(lines[0]).toBe(says);
    expect(lines[1]).toMatch(/^Usage: /);
  });

  it("says what is wrong with the configuration", async () => {
    const { code, lines } = await run({ ...env, PORT: "x" }, "list");
    expect(code).toBe(1);
    expect(lines.join("\n")).toContain("PORT");
  });

  onPostgres((openPostgres) => {
    it("has a running gateway interpret what is replayed", async () => {
      const store = await openPostgres();
      await receive(store);
      const interpreted: number[] = [];
      const jobs = await createJobs({ store, clock: systemClock, log: silentLog });
      const never = () => Promise.reject(new Error("no such job was sent"));
      let done = () => {};
      const seen = new Promise<void>((resolve) => {
        done = resolve;
      });
      await jobs.start({
        "send-report-source": never,
        "check-report-source": never,
        "remove-report-source": never,
        "remove-item": never,
        "look-at-item": never,
        "register-webhook": never,
        "remove-share": never,
        "settle-rotation": never,
        "interpret-webhook": async ({ inboxId }) => {
          interpreted.push(inboxId);
          done();
        },
      });
      await run({ ...env, DATABASE_URL: openPostgres.url(store) }, "replay", "1");
      await seen;
      await jobs.stop();
      expect(interpreted).toEqual([1]);
      expect(await findDelivery(store.db, 1)).toMatchObject({ interpreted_at: null });
    });
  });
});
