import { z } from "zod";
import { isLoopbackHost } from "../loopback.ts";

/**
 * How the text of a variable is read. The message of an issue says what was found; it is shown as it stands where the
 * variable is a secret, so it must not hold the value.
 */
export type Field<T> = z.ZodType<T, string>;

/** Any text. */
export const text: Field<string> = z.string();

/** A host name or IP address to listen on. */
export const host: Field<string> = z.string().regex(/^[\w.:-]+$/);

export const onOff: Field<boolean> = z.enum(["on", "off"]).transform((word) => word === "on");

export function oneOf<const W extends string>(...words: W[]): Field<W> {
  return z.enum(words) as unknown as Field<W>;
}

/** A whole number in decimal digits. */
export function wholeNumber(least: number, most: number): Field<number> {
  return z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

/** An absolute http(s) address that paths are put behind: given back without trailing slash. */
export const httpBase: Field<string> = z.string().transform((found, context) => {
  const url = parseHttp(found);
  if (url && !/[?#]/.test(found)) return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  context.addIssue("not such an address");
  return z.NEVER;
});

/** As `httpBase`, and https wherever it leaves this machine. */
export const secureBase: Field<string> = z.string().refine(isSecure).pipe(httpBase);

/** An absolute address, https wherever it leaves this machine. */
export const secureUrl: Field<string> = z.string().refine(isSecure);

/** A database address with one of these schemes. */
export function serverUrl(...schemes: string[]): Field<string> {
  return z.string().transform((found, context) => {
    const url = URL.parse(found);
    if (url && schemes.includes(url.protocol) && url.hostname !== "") return found;
    context.addIssue("an address that is not of that kind");
    return z.NEVER;
  });
}

/** A secret of at least so many bytes. */
export function secret(leastBytes: number): Field<string> {
  return z.string().transform((found, context) => {
    const bytes = Buffer.byteLength(found);
    if (bytes >= leastBytes) return found;
    context.addIssue(`a value of ${bytes} bytes`);
    return z.NEVER;
  });
}

/** Comma-separated origins: scheme, host and port, nothing behind. */
export const origins: Field<string[]> = z.string().transform((found, context) => {
  const list = found.split(",").map((origin) => origin.trim().replace(/\/$/, ""));
  if (list.every((origin) => parseHttp(origin)?.origin === origin)) return list;
  context.addIssue("not a list of origins");
  return z.NEVER;
});

/** `id:base64-of-32-bytes`, comma-separated, each id once. */
export const keyRing: Field<{ id: string; key: Buffer }[]> = z.string().transform((found, context) => {
  const keys = found.split(",").map((entry) => parseKey(entry.trim()));
  for (const [index, key] of keys.entries()) {
    const place = `${ordinal(index)} key`;
    if (!key) context.addIssue(`no \`id:base64\` with an id of 1 to 32 letters, digits, "-" or "_" as the ${place}`);
    else if (!key.canonical) context.addIssue(`something else than base64 behind the id of the ${place}`);
    else if (key.key.length !== 32) context.addIssue(`${key.key.length} bytes in the ${place}`);
    else if (keys.findIndex((other) => other?.id === key.id) !== index) {
      context.addIssue(`the id of an earlier key at the ${place}`);
    }
  }
  return keys.flatMap((key) => (key ? [{ id: key.id, key: key.key }] : []));
});

function parseKey(entry: string): { id: string; key: Buffer; canonical: boolean } | null {
  const match = /^([\w-]{1,32}):(.*)$/s.exec(entry);
  if (!match) return null;
  const [, id = "", base64 = ""] = match;
  const key = Buffer.from(base64, "base64");
  return { id, key, canonical: key.toString("base64").replace(/=+$/, "") === base64.replace(/=+$/, "") };
}

function ordinal(index: number): string {
  return ["1st", "2nd", "3rd"][index] ?? `${index + 1}th`;
}

/** The address, when it is absolute http(s) and carries no credentials. */
function parseHttp(found: string): URL | null {
  const url = URL.parse(found);
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  return url && isHttp && url.username === "" && url.password === "" ? url : null;
}

function isSecure(found: string): boolean {
  const url = parseHttp(found);
  return url !== null && (url.protocol === "https:" || isLoopbackHost(url.hostname));
}
