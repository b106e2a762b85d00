import type { GraphQLResolveInfo } from "graphql";
import type { Scope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import { GatewayError } from "../src/errors.ts";

/** @throws GatewayError FORBIDDEN, before anything happens. */
export function demandScope(context: Context, scope: Scope): void {
  if (!context.viewer.scopes.has(scope)) throw forbidden(scope);
}

/**
 * The value with the scope, else null. The first record of a field is refused with an error, the others silently: one
 * FORBIDDEN for the field, not one for each record.
 * @throws GatewayError FORBIDDEN
 */
export function withScope<T>(context: Context, info: GraphQLResolveInfo, scope: Scope, value: () => T): T | null {
  if (context.viewer.scopes.has(scope)) return value();
  const field = fieldPath(info);
  if (context.refused.has(field)) return null;
  context.refused.add(field);
  throw forbidden(scope);
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
