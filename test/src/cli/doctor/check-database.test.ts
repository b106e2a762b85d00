import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { checkDatabase } from "../../../../src/cli/doctor/check-database.ts";
import { onPostgres } from "../../../support/database.ts";

describe("the embedded database", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tributary-doctor-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const check = (dataDir: string) => checkDatabase({ databaseUrl: null, dataDir });

  it("that is not there yet will be made", async () => {
    expect(await check(join(dir, "new"))).toMatchObject({ state: "ok", says: expect.stringContaining("will be made") });
  });

  it("that nobody holds is free, and stays so", async () => {
    expect(await check(dir)).toMatchObject({ state: "ok", says: expect.stringContaining("is free") });
    expect(await check(dir)).toMatchObject({ state: "ok" });
  });

  it("that a gateway holds is said with its process", async () => {
    const lock = JSON.stringify({ pid: process.ppid, start: null, host: hostname() });
    await writeFile(join(dir, "database.lock"), lock);
    expect(await check(dir)).toMatchObject({
      state: "note",
      says: expect.stringContaining(`in use by process ${process.ppid}`),
    });
  });

  it("whose place is no directory of ours is a fault", async () => {
    await writeFile(join(dir, "file"), "");
    await chmod(join(dir, "file"), 0o400);
    expect(await check(join(dir, "file"))).toMatchObject({ state: "fault", says: expect.stringContaining(dir) });
  });
});

describe("PostgreSQL that is not there", () => {
  it("is a fault without its password", async () => {
    const url = "postgres://me:the-password@127.0.0.1:1/none";
    const finding = await checkDatabase({ databaseUrl: url, dataDir: "" });
    expect(finding).toMatchObject({ state: "fault", says: expect.stringContaining("ECONNREFUSED") });
    expect(JSON.stringify(finding)).not.toContain("the-password");
  });
});

onPostgres((open) => {
  it("is said with its version when it can be used", async () => {
    const databaseUrl = open.url(await open());
    expect(await checkDatabase({ databaseUrl, dataDir: "" })).toMatchObject({
      state: "ok",
      says: expect.stringMatching(/^PostgreSQL \d+\S* .*answers/),
    });
  });

  it("is a fault when the database does not exist", async () => {
    const url = new URL(open.url(await open()));
    url.pathname = "/tributary_no_such_database";
    expect(await checkDatabase({ databaseUrl: url.href, dataDir: "" })).toMatchObject({
      state: "fault",
      says: expect.stringContaining("tributary_no_such_database"),
    });
  });
});
