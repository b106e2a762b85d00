import { parseJson } from "../../adapters/json.ts";
import type { StoredEvent } from "../store/events.ts";
import type { OperationDeps } from "./deps.ts";

/** Names of fields whose values open something: link tokens, public tokens, credentials. */
const SECRET_NAME = /token|secret|password|credential|api_?key/i;

/**
 * The body of the webhook that an event came from, as received less secrets, long numbers as text; null for an event of the
 * gateway's own.
 */
export function eventBody({ vault }: Pick<OperationDeps, "vault">, event: StoredEvent): unknown {
  if (!event.raw_sealed) return null;
  const text = vault.openText(event.raw_sealed, { viewer: event.viewer, row: event.id, field: "raw" });
  return withoutSecrets(parseJson(text).body);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, SECRET_NAME.test(name) ? null : withoutSecrets(one)]),
  );
}
