/** What an aggregator's text turned out to be. */
export type JsonReading = { body: Record<string, unknown> } | { body: null; problem: string };

/** Deeper nesting is no answer of an aggregator. */
const DEEPEST = 64;
/** A double keeps this many significant digits of any number. */
const SAFE_DIGITS = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Escapes that no database text can hold: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\\u(?:0000|d[89ab]..(?!\\ud[c-f])|d[c-f])/i;
const ESCAPES = /\\u0000|\\ud[89ab]..\\ud[c-f]..|\\ud[89a-f]..|\\./gis;

/**
 * Reads a JSON object, exactly: a number of more than 15 significant digits, or too large or small for a double, stays
 * text with all its digits ("0.7388014749727547"). NUL and unpaired surrogates become U+FFFD.
 */
export function parseJson(text: string): JsonReading {
  const { deepest, longNumber } = scan(text);
  if (deepest > DEEPEST) return { body: null, problem: `nested deeper than ${DEEPEST} levels` };
  try {
    const storable = UNSTORABLE.test(text) ? text.replace(ESCAPES, replaceUnstorable) : text;
    const value: unknown = longNumber ? JSON.parse(storable, keepDigits as Reviver) : JSON.parse(storable);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { body: value as Record<string, unknown> };
    }
    return { body: null, problem: "JSON, but no object" };
  } catch {
    // the parser's own message quotes the text, which may hold secrets
    return { body: null, problem: /^\s*</.test(text) ? "a page of HTML or XML" : "no JSON, or cut off" };
  }
}

type Reviver = NonNullable<Parameters<typeof JSON.parse>[1]>;

/** Node 24 hands a reviver the number's own text; it makes parsing eight times slower, hence the scan before it. */
function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  return typeof value === "number" && context.source !== undefined && isLong(context.source) ? context.source : value;
}

function isLong(number: string): boolean {
  const [mantissa = "", exponent = ""] = number.toLowerCase().split("e");
  const digits = mantissa.replace(/[-.]/g, "").replace(/^0+/, "");
  return digits.length > SAFE_DIGITS || exponent.replace(/^[+-]?0*/, "").length > 2;
}

/** One pass over the text, outside its strings: how deep it nests, and whether a long number may stand in it. */
function scan(text: string): { deepest: number; longNumber: boolean } {
  let depth = 0;
  let deepest = 0;
  let longNumber = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    } else if (isDigit(code)) {
      const start = at;
      let exponent = false;
      for (let next = code; isOfNumber(next); next = text.charCodeAt(at)) {
        exponent ||= next === 0x65 || next === 0x45;
        at += 1;
      }
      longNumber ||= exponent || at - start > SAFE_DIGITS;
      at -= 1;
    }
  }
  return { deepest, longNumber };
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A digit, or one of ".", "e", "E", "+", "-". */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === 0x2d;
}

function replaceUnstorable(escaped: string): string {
  if (escaped.length === 12) return escaped; // a whole pair
  return /^\\u(?:0000|d)/i.test(escaped) ? "\\ufffd" : escaped;
}
