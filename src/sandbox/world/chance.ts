/** Chance that always falls the same way for the same keys. */
export interface Chance {
  /** A whole number from `min` to `max`, both possible. */
  int(min: number, max: number): number;
  /** True in `percent` of 100 cases. */
  yes(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** An identifier as Plaid makes them: letters and digits without look-alikes. */
  id(length: number): string;
  hex(length: number): string;
  uuid(): string;
}

const ID_LETTERS = "1345679ABDEGJKLMNPQRVWXZabdegjklmnopqrvwxyz";
const HEX_DIGITS = "0123456789abcdef";

// A test's global object is slow to look in, and the sandbox makes ids by the thousand.
const { floor, imul } = Math;

/** Chance seeded by the keys in their order. */
export function createChance(...keys: readonly (string | number)[]): Chance {
  const next = generator(keys.join("\u0000"));
  const int = (min: number, max: number) => min + floor((next() / 2 ** 32) * (max - min + 1));
  const letters = (alphabet: string, length: number) => {
    let text = "";
    for (let i = 0; i < length; i += 1) text += alphabet.charAt(int(0, alphabet.length - 1));
    return text;
  };
  return {
    int,
    yes: (percent) => int(0, 99) < percent,
    pick<T>(list: readonly T[]): T {
      const found = list[int(0, list.length - 1)];
      if (found === undefined) throw new Error("cannot pick from an empty list");
      return found;
    },
    id: (length) => letters(ID_LETTERS, length),
    hex: (length) => letters(HEX_DIGITS, length),
    uuid() {
      const hex = letters(HEX_DIGITS, 32);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

/** Sfc32 over a seed from four FNV-1a hashes of the text: small, fast, and good enough to look like life. Not for secrets. */
function generator(text: string): () => number {
  let [a, b, c, d] = [hash(text, 1), hash(text, 2), hash(text, 3), 1];
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
}

function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ imul(salt, 0x9e3779b1);
  for (let i = 0; i < text.length; i += 1) value = imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
