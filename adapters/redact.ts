import { scrubText } from "../src/log/scrub-text.ts";

/** What opens something, and what a person is known by to others: an aggregator that repeats its request must not bring it into a log. */
const SECRET_FIELD =
  /token|secret|passw|credential|api_?key|signature|client_id|ssn|social_?security|tax_?id|account_?numbers?$|routing|iban|phone|email|birth/i;
/** With and without its dashes. */
const SOCIAL_SECURITY = /^(\d{3})-?(\d{2})-?(\d{4})$/;
/** Shorter values would blank innocent words. */
const SHORTEST = 6;

/** The secrets that a call carries: its header values, and what stands in its body under a secret's name. */
export function secretsOf(headers: Readonly<Record<string, string>>, body: object): string[] {
  const found = Object.values(headers).flatMap((value) => [value, value.replace(/^Bearer +/i, "")]);
  collect(body, false, found);
  return [...new Set(found.flatMap(spellings))]
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
}

/** A copy of an aggregator's words without the call's own secrets, nor anything that looks like one. */
export function redactWords(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") {
    return scrubText(secrets.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), value));
  }
  if (Array.isArray(value)) return value.map((one) => redactWords(one, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactWords(one, secrets)]));
}

/** How a secret may be repeated: as it is, in an address, in JSON. */
function spellings(secret: string): string[] {
  const [, area, group, serial] = SOCIAL_SECURITY.exec(secret) ?? [];
  const digits = area ? [`${area}-${group}-${serial}`, `${area}${group}${serial}`] : [];
  const inAddress = new URLSearchParams([["", secret]]).toString().slice(1); // takes what encodeURIComponent throws on
  return [secret, ...digits, inAddress, JSON.stringify(secret).slice(1, -1)];
}

function collect(value: unknown, secret: boolean, found: string[]): void {
  if (typeof value === "string") {
    if (secret) found.push(value);
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, secret, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) collect(one, secret || SECRET_FIELD.test(key), found);
  }
}
