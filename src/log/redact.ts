import { describeError } from "./describe-error.ts";
import { isError } from "./is-error.ts";

const REDACTED = "[redacted]";
const SECRET_NAME =
  /token|secret|authorization|passw|passphrase|ssn|social_?security|tax_?id|date_?of_?birth|cookie|sealed|credential|signature|jwt|bearer|api_?key|private_?key|encryption_?keys?|client_?id|account_?number|routing|iban|phone_?number|e_?mail/i;

const DEEPEST = 8;
const MOST_VALUES = 1000;
const LONGEST_TEXT = 4000;

/**
 * A copy of `record` fit for the log: fields with a secret's name are blanked at any depth, errors are described with
 * their causes, bytes become their length, HTTP requests and replies what tells them apart; cycles and size are bounded.
 */
export function redact(record: object): Record<string, unknown> {
  const walk: Walk = { left: MOST_VALUES, above: new Set([record]) };
  return copyFields(record, walk);
}

interface Walk {
  /** How many more values are copied. */
  left: number;
  /** The objects that this one stands in. */
  above: Set<object>;
}

function copyFields(record: object, walk: Walk): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === "function" || value === undefined) continue;
    if (walk.left-- <= 0) {
      copy["…"] = "[more]";
      break;
    }
    copy[name] = SECRET_NAME.test(name) && value !== null ? REDACTED : copyValue(name, value, walk);
  }
  return copy;
}

function copyValue(name: string, value: unknown, walk: Walk): unknown {
  if (typeof value === "string") return shorten(value);
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (walk.above.has(value)) return "[circular]";
  if (walk.above.size > DEEPEST) return "[deeper]";
  walk.above.add(value);
  try {
    return copyObject(name, value, walk);
  } finally {
    walk.above.delete(value);
  }
}

function copyObject(name: string, value: object, walk: Walk): unknown {
  if (isError(value)) return copyFields(describeError(value), walk);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
  if (value instanceof URL) return `${value.origin}${value.pathname}`;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return copyFields(Object.fromEntries(value), walk);
  if (value instanceof Set) return copyList([...value], walk);
  if (Array.isArray(value)) return copyList(value, walk);
  if (name === "req") return describeRequest(value);
  if (name === "res") return "statusCode" in value ? { statusCode: value.statusCode } : {};
  return copyFields(value, walk);
}

function copyList(list: unknown[], walk: Walk): unknown[] {
  const copy: unknown[] = [];
  for (const value of list) {
    if (walk.left-- <= 0) {
      copy.push("[more]");
      break;
    }
    copy.push(copyValue("", value, walk));
  }
  return copy;
}

/** An HTTP request without its headers and its query, which may hold tokens. */
function describeRequest(request: object): Record<string, unknown> {
  const { method, url, ip } = request as { method?: unknown; url?: unknown; ip?: unknown };
  return { method, url: typeof url === "string" ? url.split("?")[0] : undefined, ip };
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… [${text.length} characters]` : text;
}
