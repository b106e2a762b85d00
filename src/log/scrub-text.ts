const REDACTED = "[redacted]";

/**
 * What is a secret by its look, wherever it stands. No pattern takes a quote or backslash: a JSON line stays one. Each takes time
 * linear in the text, as its search begins at most once in a run of the characters that it takes.
 */
const SECRETS: readonly [pattern: RegExp, replacement: string][] = [
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  // Plaid's tokens: access-sandbox-<uuid>, assets-production-<uuid>, public-…, link-…, and their shorter kin
  [/\b[a-z]+(?:-[a-z]+)?-(?:sandbox|development|production)-[\w-]{6,}/g, REDACTED],
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*\b(?:access|assets|public)-[\w-]{8})[\w-]+/g, REDACTED],
  // JSON Web Tokens
  [/(?<![\w-])(?=[\w-]*\beyJ[\w-]{8})[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  // a password in an address
  [/:\/\/[^\s/"\\@]+@/g, `://${REDACTED}@`],
  // a social security number
  [/\b\d{3}-\d{2}-\d{4}\b/g, REDACTED],
];

/** `text` without what looks like a token, a credential or a social security number. */
export function scrubText(text: string): string {
  return SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
