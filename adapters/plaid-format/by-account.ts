import { text } from "../fields.ts";
import { raw, required } from "../records.ts";

/** Records by the account that parts of an answer name, which stand in several lists. */
export interface ByAccount<T> {
  /** The record of the account that this part names. @throws GatewayError PROVIDER_BAD_RESPONSE when it names none. */
  of(part: unknown, path: string): T;
  /** In the order in which they were named first. */
  all(): T[];
}

/** Collects records, each begun by `empty`. */
export function byAccount<T>(empty: (remoteAccountId: string) => T): ByAccount<T> {
  const records = new Map<string, T>();
  return {
    of(part, path) {
      const { account_id } = raw<{ account_id: string }>(part);
      const remoteId = required(text(account_id), account_id, `${path}.account_id`, "a string");
      const record = records.get(remoteId) ?? empty(remoteId);
      records.set(remoteId, record);
      return record;
    },
    all: () => [...records.values()],
  };
}
