import type { Db } from "./store.ts";

/** How long a key is remembered. */
const KEPT_MS = 24 * 3_600_000;

/** A key given with a mutation. */
export interface IdempotencyClaim {
  viewer: string;
  key: string;
  /** SHA-256 (hex) of the operation's name and input. */
  inputSha256: string;
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
  const { viewer, key, inputSha256, resultId, now } = wanted;
  const expired = new Date(Date.parse(now) - KEPT_MS).toISOString();
  await db.deleteFrom("idempotency").where("viewer", "=", viewer).where("created_at", "<=", expired).execute();
  const claimed = await db
    .insertInto("idempotency")
    .values({ viewer, key, input_sha256: inputSha256, result_id: resultId, created_at: now })
    .onConflict((conflict) => conflict.columns(["viewer", "key"]).doNothing())
    .returning("key")
    .executeTakeFirst();
  if (claimed) return { kind: "new" };
  const earlier = await db
    .selectFrom("idempotency")
    .select(["input_sha256", "result_id"])
    .where("viewer", "=", viewer)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return earlier.input_sha256 === inputSha256 ? { kind: "same", resultId: earlier.result_id } : { kind: "conflict" };
}
