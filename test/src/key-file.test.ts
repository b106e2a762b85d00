import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadKeys } from "../../src/key-file.ts";

describe("the generated key file", () => {
  let dir = "";
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "tributary-keys-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const path = () => join(dir, "encryption-keys.json");

  it("is made at the first call, for its owner only, and is the same ever after", async () => {
    const made = await loadKeys(dir);
    expect(made).toEqual([{ id: "generated", key: expect.any(Buffer) }]);
    expect(made[0]?.key).toHaveLength(32);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await loadKeys(dir)).toEqual(made);
    expect(await readdir(dir)).toEqual(["encryption-keys.json"]);
  });

  it("is another in another directory, which is made too", async () => {
    const [one, other] = await Promise.all([loadKeys(dir), loadKeys(join(dir, "deep", "er"))]);
    expect(one).not.toEqual(other);
  });

  it("is one, however many start at once", async () => {
    const rings = await Promise.all(Array.from({ length: 20 }, () => loadKeys(dir)));
    expect(new Set(rings.map((ring) => ring[0]?.key.toString("hex"))).size).toBe(1);
    expect(await readdir(dir)).toEqual(["encryption-keys.json"]);
  });

  it("is closed to other users when it was left open", async () => {
    const made = await loadKeys(dir);
    await writeFile(path(), JSON.stringify([{ id: "generated", key: made[0]?.key.toString("base64") }]));
    const { chmod } = await import("node:fs/promises");
    await chmod(path(), 0o644);
    await loadKeys(dir);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it.each([
    "",
    "not JSON",
    "[]",
    "{}",
    "null",
    "[null]",
    '[{"id":"a"}]',
    '[{"id":"a","key":"c2hvcnQ="}]',
    '[{"id":"","key":""}]',
  ])("that holds %j is refused by name, and left as it is", async (content) => {
    await writeFile(path(), content);
    await expect(loadKeys(dir)).rejects.toThrow(`${path()} is no key file of this gateway`);
    await expect(loadKeys(dir)).rejects.not.toThrow("c2hvcnQ");
  });
});
