import type { Db } from "./store.ts";

/** How long a key is remembered. */
const KEPT_MS = 24 * 3_600_000;

/** A key given with a mutation. */
export interface IdempotencyClaim {
  viewer: string;
  key: string;
  /** Of the operation's name and input. */
  fingerprint: string;
  /** Whether a kept fingerprint is of the same operation and input. */
  isSame: (fingerprint: string) => boolean;
  /** The uuid of what the mutation is about to make. */
  resultId: string;
  /** RFC 3339; decides which keys have expired. */
  now: string;
}

/** `new`: make it. `same`: this request was made before and its result has that id. `conflict`: the key was used for another request. */
export type ClaimOutcome = { kind: "new" } | { kind: "same"; resultId: string } | { kind: "conflict" };

/**
 * Claims a key in the transaction that makes the result. Of two that claim at once, the second waits until the first has
 * committed or rolled back. A key is free again after 24 hours.
 */
export async function claim(db: Db, wanted: IdempotencyClaim): Promise<ClaimOutcome> {
  const { viewer, key, fingerprint, isSame, resultId, now } = wanted;
  const expired = new Date(Date.parse(now) - KEPT_MS).toISOString();
  await db.deleteFrom("idempotency").where("viewer", "=", viewer).where("created_at", "<=", expired).execute();
  const claimed = await db
    .insertInto("idempotency")
    .values({ viewer, key, fingerprint, result_id: resultId, created_at: now })
    .onConflict((conflict) => conflict.columns(["viewer", "key"]).doNothing())
    .returning("key")
    .executeTakeFirst();
  if (claimed) return { kind: "new" };
  const earlier = await db
    .selectFrom("idempotency")
    .select(["fingerprint", "result_id"])
    .where("viewer", "=", viewer)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return isSame(earlier.fingerprint) ? { kind: "same", resultId: earlier.result_id } : { kind: "conflict" };
}

/** Forgets keys that have expired by then. */
export async function deleteExpiredKeys(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("idempotency")
    .where("created_at", "<=", new Date(now - KEPT_MS).toISOString())
    .execute();
}
