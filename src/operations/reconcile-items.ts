import { listSilentItems } from "../store/items.ts";
import type { OperationDeps } from "./deps.ts";
import { silencesAt } from "./is-silent.ts";

const EVERY_MS = 3_600_000;
/** Items looked at in one round; the longest silent come first, the others in a later round. */
const MOST_A_ROUND = 1_000;
/** Looks are spread over the round, so that a large fleet is not asked for at once. */
const APART_MS = 500;

/** Looks, now and every hour, at items that have been silent for longer than their products' rhythm. Returns what ends it. */
export function reconcileItems(deps: Pick<OperationDeps, "store" | "jobs" | "clock" | "log">): () => void {
  const { store, jobs, clock, log } = deps;
  let cancel = () => {};

  async function lookAtSilent(): Promise<void> {
    const now = clock.now();
    const silent = await listSilentItems(store.db, silencesAt(now), MOST_A_ROUND);
    await store.transaction(async (tx) => {
      for (const [index, itemId] of silent.entries()) {
        await jobs.send(tx, "look-at-item", { itemId }, { startAfter: new Date(now + index * APART_MS) });
      }
    });
  }

  const round = () => {
    lookAtSilent().catch((error: unknown) =>
      log.warn({ err: error }, "silent items could not be looked for; the next round tries again"),
    );
    cancel = clock.after(EVERY_MS, round);
  };
  round();
  return () => cancel();
}
