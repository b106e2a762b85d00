import { describe, expect, it } from "@jest/globals";
import type { GatewayError } from "../../src/errors.ts";
import { type Aad, createVault } from "../../src/vault.ts";

const OLD = { id: "old", key: Buffer.alloc(32, 1) };
const NEW = { id: "new", key: Buffer.alloc(32, 2) };
const AAD: Aad = { viewer: "ada", row: "7d444840-9dc0-11d1-b245-5ffdce74fad2", field: "token" };
const SECRET = "access-sandbox-0123456789";

describe("a vault", () => {
  const vault = createVault([NEW, OLD]);

  it.each<[string, string | Uint8Array]>([
    ["text", SECRET],
    ["nothing", ""],
    ["text beyond ASCII", "Zürich €"],
    ["bytes", Buffer.from([0, 255, 1])],
    ["a Uint8Array", new Uint8Array([9, 8, 7])],
    ["a megabyte", Buffer.alloc(1_000_000, 5)],
  ])("opens what it sealed: %s", (_name, plain) => {
    expect(vault.open(vault.seal(plain, AAD), AAD)).toEqual(Buffer.from(plain as string));
  });

  it("opens a Uint8Array that is a window into a larger buffer", () => {
    const sealed = vault.seal(SECRET, AAD);
    const page = new Uint8Array(sealed.length + 20);
    page.set(sealed, 10);
    expect(vault.openText(page.subarray(10, 10 + sealed.length), AAD)).toBe(SECRET);
  });

  it("never seals alike twice, nor shows what it sealed", () => {
    const [one, two] = [vault.seal(SECRET, AAD), vault.seal(SECRET, AAD)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes(SECRET)).toBe(false);
  });

  it("seals with the first key and opens with any", () => {
    const sealed = createVault([OLD]).seal(SECRET, AAD);
    expect(vault.openText(sealed, AAD)).toBe(SECRET);
    expect(createVault([NEW]).openText(vault.seal(SECRET, AAD), AAD)).toBe(SECRET);
  });

  it("wants a key", () => {
    expect(() => createVault([])).toThrow("ENCRYPTION_KEYS");
  });
});

describe("a vault's signature", () => {
  const vault = createVault([NEW, OLD]);
  const signature = vault.sign("text");

  it("is known by every key of the ring, made by the first, and fit for an address", () => {
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(vault.isSignatureOf(signature, "text")).toBe(true);
    expect(vault.isSignatureOf(createVault([OLD]).sign("text"), "text")).toBe(true);
    expect(createVault([NEW]).isSignatureOf(signature, "text")).toBe(true);
  });

  it("knows a text's fingerprint under every key of its ring", () => {
    const both = createVault([NEW, OLD]).fingerprints("text");
    expect(both).toEqual([createVault([NEW]).fingerprint("text"), createVault([OLD]).fingerprint("text")]);
    expect(createVault([NEW, OLD]).fingerprint("text")).toBe(both[0]);
  });

  it.each<[string, string, string]>([
    ["another text", signature, "texts"],
    ["a changed one", `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`, "text"],
    ["one in another spelling", `${signature}=`, "text"],
    ["a cut-off one", signature.slice(0, -1), "text"],
    ["nothing", "", "text"],
    ["one of a key that is not in the ring", createVault([{ ...OLD, key: Buffer.alloc(32, 3) }]).sign("text"), "text"],
    ["a fingerprint", vault.fingerprint("text"), "text"],
  ])("is not %s", (_name, other, text) => {
    expect(vault.isSignatureOf(other, text)).toBe(false);
  });
});

describe("a vault refuses", () => {
  const vault = createVault([NEW]);
  const sealed = vault.seal(SECRET, AAD);
  const flipped = (index: number) => {
    const copy = Buffer.from(sealed);
    const at = (index + copy.length) % copy.length;
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  it.each<[string, Uint8Array, Aad, RegExp]>([
    ["another viewer", sealed, { ...AAD, viewer: "eve" }, /another place/],
    ["another row", sealed, { ...AAD, row: "another" }, /another place/],
    ["another field", sealed, { ...AAD, field: "user" }, /another place/],
    ["another version", flipped(0), AAD, /no ciphertext/],
    ["an altered length of the key id", flipped(1), AAD, /is not in ENCRYPTION_KEYS/],
    ["an altered key id", flipped(2), AAD, /is not in ENCRYPTION_KEYS/],
    ["an altered nonce", flipped(5), AAD, /altered/],
    ["an altered ciphertext", flipped(20), AAD, /altered/],
    ["an altered tag", flipped(-1), AAD, /altered/],
    ["a cut-off end", sealed.subarray(0, -1), AAD, /altered/],
    ["too few bytes", sealed.subarray(0, 20), AAD, /no ciphertext/],
    ["nothing", new Uint8Array(), AAD, /no ciphertext/],
    ["a key that is gone", createVault([OLD]).seal(SECRET, AAD), AAD, /"old" .* is not in ENCRYPTION_KEYS/],
    ["another key of the same id", createVault([{ ...OLD, id: "new" }]).seal(SECRET, AAD), AAD, /altered/],
  ])("%s, naming row and field and nothing secret", (_name, bytes, aad, problem) => {
    const error = thrownBy(() => vault.open(bytes, aad));
    expect(error).toMatchObject({ name: "GatewayError", code: "INTERNAL_SERVER_ERROR", retryable: false });
    expect(error.message).toMatch(problem);
    expect(error.message).toContain(`sealed ${aad.field} of row ${aad.row}`);
    expect(error.message).not.toContain(SECRET);
  });

  it.each<[Aad, Aad]>([
    [
      { viewer: "a", row: "bc", field: "d" },
      { viewer: "ab", row: "c", field: "d" },
    ],
    [
      { viewer: "a|b", row: "c", field: "d" },
      { viewer: "a", row: "b|c", field: "d" },
    ],
    [
      { viewer: "", row: "a", field: "" },
      { viewer: "a", row: "", field: "" },
    ],
  ])("a place that only reads alike: %j for %j", (one, other) => {
    expect(() => vault.open(vault.seal(SECRET, one), other)).toThrow();
  });
});

function thrownBy(act: () => unknown): GatewayError {
  try {
    act();
  } catch (error) {
    return error as GatewayError;
  }
  throw new Error("Nothing was thrown.");
}
