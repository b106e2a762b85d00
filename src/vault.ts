import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { GatewayError } from "./errors.ts";

/** One key of the ring: 32 bytes, and the id that its ciphertexts carry. */
export interface VaultKey {
  id: string;
  key: Buffer;
}

/** Where a secret stands. It opens nowhere else: a ciphertext copied to another row, viewer or field is refused. */
export interface Aad {
  viewer: string;
  row: string;
  field: string;
}

/** Sealed secrets. */
export interface Vault {
  /** Seals with the first key of the ring. */
  seal(plain: string | Uint8Array, aad: Aad): Buffer;
  /**
   * Opens with the key that sealed it.
   * @throws GatewayError INTERNAL_SERVER_ERROR, naming row and field, when it was tampered with, belongs elsewhere, or its key is gone.
   */
  open(sealed: Uint8Array, aad: Aad): Buffer;
  /** `open`, as UTF-8 text. */
  openText(sealed: Uint8Array, aad: Aad): string;
  /** Tells equal texts without telling the text: a keyed hash, so that what is short enough to guess cannot be tried. */
  fingerprint(text: string): string;
  /** The text's fingerprints under all keys of the ring, the first key's first: any of them may be kept. */
  fingerprints(text: string): string[];
  /** Whether it is the fingerprint of this text, under any key of the ring. */
  isFingerprintOf(fingerprint: string, text: string): boolean;
  /** Signs with the first key of the ring: HMAC-SHA-256 as base64url, 43 characters that nobody without the key can tell. */
  sign(text: string): string;
  /** Whether it is the signature of this text, under any key of the ring; how long it takes tells nothing. */
  isSignatureOf(signature: string, text: string): boolean;
}

const CIPHER = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a ring of keys: the first seals, all open, so that a key is changed by putting a new one first.
 * Layout: version (1), length of the key id (1), key id, nonce (12), ciphertext, tag (16). Version and key id are
 * authenticated together with the AAD.
 */
export function createVault(keys: readonly VaultKey[]): Vault {
  const ring = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const first = keys[0];
  if (!first) throw new Error("The vault has no key: ENCRYPTION_KEYS wants at least one.");
  const firstHeader = header(first.id);

  function open(sealed: Uint8Array, aad: Aad): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const headEnd = 2 + (bytes[1] ?? 0);
    if (bytes[0] !== VERSION || bytes.length < headEnd + NONCE_BYTES + TAG_BYTES) {
      throw fault(aad, "it is no ciphertext of this vault");
    }
    const head = bytes.subarray(0, headEnd);
    const id = head.toString("utf8", 2);
    const key = ring.get(id);
    if (!key) throw fault(aad, `the key ${JSON.stringify(id)} that sealed it is not in ENCRYPTION_KEYS`);
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(headEnd, headEnd + NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.concat([head, encodeAad(aad)]));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    try {
      const body = bytes.subarray(headEnd + NONCE_BYTES, bytes.length - TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch (cause) {
      throw fault(aad, "it was altered, or sealed for another place or under another key of that id", cause);
    }
  }

  return {
    seal(plain, aad) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, first.key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.concat([firstHeader, encodeAad(aad)]));
      const body = [cipher.update(typeof plain === "string" ? Buffer.from(plain) : plain), cipher.final()];
      return Buffer.concat([firstHeader, nonce, ...body, cipher.getAuthTag()]);
    },
    open,
    openText: (sealed, aad) => open(sealed, aad).toString("utf8"),
    fingerprint: (text) => fingerprintBy(first, text),
    fingerprints: (text) => keys.map((key) => fingerprintBy(key, text)),
    isFingerprintOf: (fingerprint, text) => keys.some((key) => fingerprintBy(key, text) === fingerprint),
    sign: (text) => signatureBy(first, text),
    isSignatureOf: (signature, text) => keys.some((key) => isEqual(signatureBy(key, text), signature)),
  };
}

function fingerprintBy({ id, key }: VaultKey, text: string): string {
  return `${id}:${hmac(key, "fingerprint", text).toString("hex")}`;
}

function signatureBy({ key }: VaultKey, text: string): string {
  return hmac(key, "signature", text).toString("base64url");
}

/** Under a key of its own for each purpose, which tells nothing of the ring's. */
function hmac(key: Buffer, purpose: string, text: string): Buffer {
  const own = hkdfSync("sha256", key, "", purpose, 32);
  return createHmac("sha256", Buffer.from(own)).update(text).digest();
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function header(id: string): Buffer {
  const bytes = Buffer.from(id);
  if (bytes.length === 0 || bytes.length > 255) throw new Error(`A vault key's id wants 1 to 255 bytes, found ${id}.`);
  return Buffer.concat([Buffer.from([VERSION, bytes.length]), bytes]);
}

/** Each part behind its length, so that no two places ever read alike. */
function encodeAad({ viewer, row, field }: Aad): Buffer {
  return Buffer.concat(
    [viewer, row, field].flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function fault({ row, field }: Aad, problem: string, cause?: unknown): GatewayError {
  const message = `The sealed ${field} of row ${row} cannot be opened: ${problem}.`;
  return new GatewayError("INTERNAL_SERVER_ERROR", message, { cause, retryable: false });
}
