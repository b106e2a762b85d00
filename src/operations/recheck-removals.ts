import { listRemovals } from "../store/item-removals.ts";
import type { OperationDeps } from "./deps.ts";
import { confirmItemRemoval } from "./remove-item.ts";

/** After this the removal's own job has given up. */
const JOB_ENDS_MS = 2 * 24 * 3_600_000;
const MOST_AT_ONCE = 500;

/** Tries, one after the other until `ended`, the removals that no job tries any more: a token of a removed item is not left in force. */
export async function recheckRemovals(deps: OperationDeps, ended: AbortSignal): Promise<void> {
  const before = new Date(deps.clock.now() - JOB_ENDS_MS).toISOString();
  for (const { id } of (await listRemovals(deps.store.db, before)).slice(0, MOST_AT_ONCE)) {
    if (ended.aborted) return;
    await confirmItemRemoval(deps, id).catch((error: unknown) =>
      deps.log.warn({ err: error, item: id }, "a removed item's access could not be ended yet"),
    );
  }
}
