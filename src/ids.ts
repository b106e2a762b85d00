/**
 * Opaque global ids and cursors. An id is the type, a letter code of it, and the parts that find the object again:
 * our own uuid, then the aggregator's keys. Clients must not read them; ownership is checked on the item or report row,
 * never believed from the id.
 */
const CODES = {
  Item: "i",
  Institution: "n",
  Account: "a",
  Holding: "h",
  Security: "s",
  Liability: "l",
  Report: "r",
  ReportSource: "rs",
  ReportContent: "rc",
  ReportItem: "ri",
  ReportAccount: "ra",
  ReportTransaction: "rt",
  ReportHolding: "rh",
  ReportInvestmentTransaction: "rit",
  ReportSecurity: "rse",
  Transaction: "t",
  InvestmentTransaction: "it",
  Event: "e",
  AuditCopy: "ac",
  Relay: "rl",
} as const;

/** The kinds of object that have a global id. `Liability` and `Account` stand for all their concrete types. */
export type IdType = keyof typeof CODES;

/** A decoded global id. */
export interface GlobalId {
  type: IdType;
  parts: string[];
}

const TYPES = new Map<string, IdType>((Object.keys(CODES) as IdType[]).map((type) => [CODES[type], type]));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LONGEST_ID = 1024;

/** How many parts an id of each type has. */
const PARTS: Record<IdType, number> = {
  Item: 1,
  Institution: 2,
  Account: 2,
  Holding: 2,
  Security: 2,
  Liability: 2,
  Report: 1,
  ReportSource: 1,
  ReportContent: 1,
  ReportItem: 2,
  ReportAccount: 2,
  ReportTransaction: 3,
  ReportHolding: 3,
  ReportInvestmentTransaction: 3,
  ReportSecurity: 4,
  Transaction: 4,
  InvestmentTransaction: 4,
  Event: 1,
  AuditCopy: 1,
  Relay: 1,
};

/** The global id of an object: `encodeId("Account", itemUuid, remoteAccountId)`. */
export function encodeId(type: IdType, ...parts: string[]): string {
  return Buffer.from(JSON.stringify([CODES[type], ...parts])).toString("base64url");
}

/** What an id stands for, or null for anything that `encodeId` never gave. All but an institution's begin with a uuid. */
export function decodeId(id: string): GlobalId | null {
  if (id.length > LONGEST_ID || !/^[\w-]+$/.test(id)) return null;
  const list = parseList(Buffer.from(id, "base64url").toString());
  const type = TYPES.get(list?.[0] ?? "");
  if (!list || !type) return null;
  const parts = list.slice(1);
  if (parts.length !== PARTS[type] || encodeId(type, ...parts) !== id) return null;
  if (type !== "Institution" && !UUID.test(parts[0] ?? "")) return null;
  return { type, parts };
}

/** The parts of an id of exactly this type; null for another type's or a malformed one. */
export function decodeIdOf(type: IdType, id: string): string[] | null {
  const decoded = decodeId(id);
  return decoded?.type === type ? decoded.parts : null;
}

/** A cursor: the sort key of the record after which the next page begins. */
export function encodeCursor(...key: string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The sort key in a cursor with `length` parts, or null for anything that `encodeCursor` never gave. */
export function decodeCursor(cursor: string, length: number): string[] | null {
  if (cursor.length > LONGEST_ID || !/^[\w-]+$/.test(cursor)) return null;
  const list = parseList(Buffer.from(cursor, "base64url").toString());
  return list && list.length === length && encodeCursor(...list) === cursor ? list : null;
}

function parseList(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((part) => typeof part === "string") ? value : null;
  } catch {
    return null; // not JSON: not one of ours
  }
}
