import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";

const LONGEST_DECIMAL = 60;
const LONGEST_URL = 2048;
const DATE = /^[1-9]\d{3}-\d\d-\d\d$/;
const DATE_TIME = /^[1-9]\d{3}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;

/** A calendar day, "2024-02-29". */
export const GraphQLDate = textScalar({
  name: "Date",
  description: 'A calendar day as YYYY-MM-DD, e.g. "2024-02-29".',
  wanted: "a calendar day as YYYY-MM-DD",
  read: (text) => (DATE.test(text) && isDay(text) ? text : null),
  write: (value) => (typeof value === "string" && DATE.test(value) ? value : null),
});

/** A moment, RFC 3339; always in UTC when it comes from this gateway. */
export const GraphQLDateTime = textScalar({
  name: "DateTime",
  description: 'A moment as RFC 3339, always in UTC when it comes from the gateway, e.g. "2024-05-01T10:00:00.000Z".',
  wanted: "a moment as RFC 3339, e.g. 2024-05-01T10:00:00Z",
  read: utcMoment,
  write: (value) => (value instanceof Date ? value.toISOString() : typeof value === "string" ? utcMoment(value) : null),
});

/** An exact decimal: text on the wire, accepted as text or number. */
export const GraphQLDecimal = textScalar({
  name: "Decimal",
  description:
    'An exact decimal, a JSON string in plain notation, e.g. "23631.9805". Accepted as string or number; a number has already lost digits past the 15th.',
  wanted: `a decimal in plain notation of at most ${LONGEST_DECIMAL} characters, e.g. "12.50"`,
  read: (text) => (text.length <= LONGEST_DECIMAL && DECIMAL.test(text) ? text : null),
  readNumber: (text) => {
    const plain = plainNotation(text);
    return plain !== null && plain.length <= LONGEST_DECIMAL ? plain : null;
  },
  write: (value) => (typeof value === "string" && DECIMAL.test(value) ? value : null),
});

/** An absolute http(s) address. */
export const GraphQLUrl = textScalar({
  name: "URL",
  description: "An absolute http or https address. What a provider gives otherwise is null.",
  wanted: `an absolute http or https address of at most ${LONGEST_URL} characters`,
  read: (text) => (isWebAddress(text) ? text : null),
  write: (value) => (typeof value === "string" && isWebAddress(value) ? value : null),
});

/** Any JSON value: a provider's own record. */
export const GraphQLJson = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value, e.g. a provider's own record as received; numbers of more than 15 digits are strings.",
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

/** What tells one scalar of text from another; each function gives null for what does not fit. */
interface TextScalar {
  name: string;
  description: string;
  /** What fits, for error messages. */
  wanted: string;
  read(text: string): string | null;
  /** Where numbers are accepted too. */
  readNumber?(text: string): string | null;
  write(value: unknown): string | null;
}

function textScalar({ name, description, wanted, read, readNumber, write }: TextScalar) {
  const accept = (result: string | null, found: string, node?: ValueNode): string => {
    if (result !== null) return result;
    throw new GraphQLError(`${name}: found ${found}, wanted ${wanted}.`, { nodes: node });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => accept(write(value), shown(value)),
    parseValue(value) {
      if (typeof value === "string") return accept(read(value), shown(value));
      return accept(typeof value === "number" ? (readNumber?.(String(value)) ?? null) : null, shown(value));
    },
    parseLiteral(node) {
      if (node.kind === Kind.STRING) return accept(read(node.value), shown(node.value), node);
      const isNumber = node.kind === Kind.INT || node.kind === Kind.FLOAT;
      return accept(isNumber ? (readNumber?.(node.value) ?? null) : null, isNumber ? node.value : node.kind, node);
    },
  });
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function utcMoment(text: string): string | null {
  if (!DATE_TIME.test(text) || !isDay(text.slice(0, 10))) return null;
  const time = Date.parse(text.toUpperCase());
  if (Number.isNaN(time)) return null;
  return text.endsWith("Z") ? text : new Date(time).toISOString();
}

/** The text of a JSON or GraphQL number without an exponent; null when it has too many digits that way. */
function plainNotation(text: string): string | null {
  if (DECIMAL.test(text)) return text;
  const [, sign, whole, fraction = "", exponent] = SCIENTIFIC.exec(text) ?? [];
  if (whole === undefined || Math.abs(Number(exponent)) > LONGEST_DECIMAL) return null;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, 1 - point), "0");
  const at = Math.max(1, point);
  const padded = digits.padEnd(at, "0");
  return `${sign}${padded.slice(0, at)}${padded.length > at ? `.${padded.slice(at)}` : ""}`;
}

function isWebAddress(text: string): boolean {
  return text.length <= LONGEST_URL && /^https?:\/\//i.test(text) && URL.canParse(text);
}
