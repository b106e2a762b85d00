import { CACHED_READS } from "../store/cached-reads.ts";
import { bumpGenerations } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";

const MINUTE_MS = 60_000;
/** When an item is looked at after its repair began: once most people are done, and once the link token has ended (half an hour). */
const LOOKS_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, 31 * MINUTE_MS];

/**
 * Finds out what comes of a repair by the link flow, of which no webhook tells (https://plaid.com/docs/api/items/#login_repaired is of
 * repairs elsewhere): what was read of the item before serves no longer, and looks follow its health, consent and products.
 */
export async function followRepair({ store, jobs, clock }: OperationDeps, itemId: string): Promise<void> {
  await store.transaction(async (tx) => {
    await bumpGenerations(tx.db, itemId, CACHED_READS);
    for (const ms of LOOKS_MS) {
      await jobs.send(tx, "look-at-item", { itemId, anyway: true }, { startAfter: new Date(clock.now() + ms) });
    }
  });
}
