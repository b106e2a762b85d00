import type { GraphQLResolveInfo } from "graphql";
import { hasScope, type Scope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import { GatewayError } from "../src/errors.ts";

/** @throws GatewayError FORBIDDEN, before anything happens. */
export function demandScope(context: Context, scope: Scope): void {
  if (!hasScope(context.viewer, scope)) throw forbidden(scope);
}

/**
 * The value with the scope, else null. The first record of a field is refused with an error, the others silently: one
 * FORBIDDEN for the field, not one for each record.
 * @throws GatewayError FORBIDDEN
 */
export function withScope<T>(context: Context, info: GraphQLResolveInfo, scope: Scope, value: () => T): T | null {
  if (hasScope(context.viewer, scope)) return value();
  const field = fieldPath(info);
  if (context.refused.has(field)) return null;
  context.refused.add(field);
  throw forbidden(scope);
}

/** Keys of aggregators' records whose values another scope than raw:read protects. */
const GUARDED: readonly [RegExp, Scope][] = [
  [/^(account_number|account|routing|wire_routing|iban)$/, "numbers:read"],
  [/^(owners|ssn|verification_name|account_owner)$/, "pii:read"],
];

/**
 * An aggregator's record as received, less what the viewer's scopes do not reach, which is null.
 * @throws GatewayError FORBIDDEN without raw:read, once a field.
 */
export function rawRecord(context: Context, info: GraphQLResolveInfo, record: unknown): unknown {
  const closed = GUARDED.filter(([, scope]) => !hasScope(context.viewer, scope)).map(([keys]) => keys);
  return withScope(context, info, "raw:read", () => (closed.length === 0 ? record : without(record, closed)));
}

function without(value: unknown, closed: readonly RegExp[]): unknown {
  if (Array.isArray(value)) return value.map((part) => without(part, closed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      closed.some((keys) => keys.test(key)) ? null : without(part, closed),
    ]),
  );
}

function forbidden(scope: Scope): GatewayError {
  return new GatewayError("FORBIDDEN", `Needs the scope ${scope}, which the token does not have.`);
}

/** The response path without list indices. */
function fieldPath(info: GraphQLResolveInfo): string {
  const keys: string[] = [];
  for (let path: typeof info.path | undefined = info.path; path; path = path.prev) {
    if (typeof path.key === "string") keys.unshift(path.key);
  }
  return keys.join(".");
}
