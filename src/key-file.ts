import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { VaultKey } from "./vault.ts";

const FILE = "encryption-keys.json";

/**
 * The key ring that a machine without ENCRYPTION_KEYS generates at its first start, in DATA_DIR; the configuration
 * refuses it in production. Whoever loses the file loses the sealed tokens.
 * @throws Error naming the file when it cannot be read, holds something else, or is open to other users and cannot be closed.
 */
export async function loadKeys(dataDir: string): Promise<VaultKey[]> {
  const path = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const found = await readIfThere(path);
  if (found === null) await create(path);
  else if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
  return parse(path, found ?? (await readFile(path, "utf8")));
}

/** Written whole beside it, then linked into place: another process starting now reads either nothing or all of it, and both end with the same key. */
async function create(path: string): Promise<void> {
  const ring = [{ id: "generated", key: randomBytes(32).toString("base64") }];
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(draft, `${JSON.stringify(ring)}\n`, { mode: 0o600, flag: "wx", flush: true });
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // it exists: the other process was first, and its key holds
    });
  } finally {
    await rm(draft, { force: true });
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parse(path: string, text: string): VaultKey[] {
  const ring = parseJson(text);
  if (!Array.isArray(ring) || ring.length === 0) throw damaged(path);
  return ring.map((entry: unknown) => {
    const { id, key } = (entry ?? {}) as { id?: unknown; key?: unknown };
    const bytes = Buffer.from(typeof key === "string" ? key : "", "base64");
    if (typeof id !== "string" || id === "" || bytes.length !== 32) throw damaged(path);
    return { id, key: bytes };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // reported by the caller as damaged; the parser's own message would quote the file
  }
}

function damaged(path: string): Error {
  return new Error(
    `${path} is no key file of this gateway. Put the right one back; without it the sealed tokens beside it cannot be opened.`,
  );
}
