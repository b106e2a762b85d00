import { expect, it } from "@jest/globals";
import { manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import { recheckRemovals } from "../../../src/operations/recheck-removals.ts";
import { insertRemoval, listRemovals } from "../../../src/store/item-removals.ts";
import { sealToken } from "../../../src/store/tokens.ts";
import { openMemoryStore } from "../../support/database.ts";
import { fakeAdapter } from "../../support/fake-adapter.ts";
import { reportDeps } from "../../support/report-worker.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 1);

it("ends the access of items whose removal no job tries any more, one that fails keeping no other from it", async () => {
  const store = await openMemoryStore();
  const ended: string[] = [];
  let down = true;
  const adapter = fakeAdapter({
    async removeItem({ token }) {
      if (down && token === "days-3") throw new GatewayError("PROVIDER_UNAVAILABLE", "It is down.");
      ended.push(token);
    },
  });
  const deps = {
    ...(await reportDeps(store, {}, { clock: manualClock(NOW) })),
    adapters: new Map([["PLAID" as const, adapter]]),
  };
  for (const days of [3, 2.5, 1]) {
    const row = { id: crypto.randomUUID(), viewer: "ann", provider: "PLAID" as const, remote_id: `r${days}` };
    const token_sealed = sealToken(deps.vault, row, `days-${days}`);
    await insertRemoval(store.db, { ...row, token_sealed, removed_at: new Date(NOW - days * DAY_MS).toISOString() });
  }
  const left = async () =>
    (await listRemovals(store.db, new Date(NOW).toISOString())).map(({ remote_id }) => remote_id);
  const { signal } = new AbortController();

  await recheckRemovals(deps, signal);
  expect([ended, await left()]).toEqual([["days-2.5"], ["r3", "r1"]]);
  down = false;
  await recheckRemovals(deps, AbortSignal.abort());
  expect(await left()).toEqual(["r3", "r1"]);
  await recheckRemovals(deps, signal);
  expect([ended, await left()]).toEqual([["days-2.5", "days-3"], ["r1"]]);

  await deps.hub.close();
  await deps.jobs.stop();
  await store.close();
});
