import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { delay, systemClock } from "../../src/clock.ts";
import { onPostgres } from "../support/database.ts";
import { type LinkedItem, type Moment, mortalGateway } from "../support/mortal-gateway.ts";
import type { RowChange } from "../support/row-moment.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const ROTATE = "mutation ($id: ID!) { rotateAccessToken(id: $id) { item { id } } }";
const STATE = `query ($id: ID!) { item(id: $id) { health { status } } events(types: [ITEM_ERROR]) { nodes { error { message } } } }`;
const READ =
  "query { accounts { totalCount nodes { balances(fresh: true) { current } unavailable(product: BALANCE) { action } } } }";
const ENDPOINT = "/item/access_token/invalidate";
/** The lease of a rotation is 25 s. */
const TOLD_WITHIN_MS = 35_000;

/** A moment, and whether the item's token is good afterwards, and the loss told; null where it is a matter of milliseconds. */
type RotationMoment = Moment & { works: boolean | null; told: boolean | null };

const MOMENTS: RotationMoment[] = [
  { name: "the aggregator was asked", provider: "PLAID", endpoint: ENDPOINT, at: "asked", works: true, told: true },
  { name: "the aggregator did it", provider: "PLAID", endpoint: ENDPOINT, at: "done", works: false, told: true },
  { name: "the aggregator answered", provider: "PLAID", endpoint: ENDPOINT, at: "answered", works: null, told: null },
  { name: "within the change of the token", row: tokenChange("within"), works: false, told: true },
  { name: "the change is committed", row: tokenChange("committed"), works: true, told: false },
  { name: "rotateAccessToken is answered", answers: 1, works: true, told: false },
];

function tokenChange(at: RowChange["at"]): RowChange {
  const when = "old.rotation_began_at is not null and new.rotation_began_at is null";
  return { table: "item", on: "update", when, at };
}

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`killed at ${MOMENTS.length} moments of rotateAccessToken, tells of every token that was lost`, async () => {
    const store = await open();
    const gateway = await mortalGateway(open.url(store), { reportMs: 200 });
    const rounds: { moment: RotationMoment; viewer: string; item: LinkedItem; killedAt: number }[] = [];
    try {
      for (const [round, moment] of MOMENTS.entries()) {
        const viewer = `viewer-${round}`;
        const item = await gateway.link(viewer, "PLAID");
        await gateway.killAt(moment, [item], async (answered) => {
          const made = await gateway.ask(viewer, ROTATE, { id: item.id }).catch(() => null); // it was killed
          if (made) answered();
        });
        rounds.push({ moment, viewer, item, killedAt: gateway.killedAt });
      }

      for (const { moment, viewer, item, killedAt } of rounds) {
        const state = () => gateway.ask(viewer, STATE, { id: item.id });
        const isTold = async () => (await state()).events.nodes.length > 0;
        const left = killedAt + TOLD_WITHIN_MS - Date.now();
        await until(async () => {
          await delay(systemClock, 100);
          return Date.now() > killedAt + TOLD_WITHIN_MS || (moment.told !== false && (await isTold()));
        }, Math.max(left, 0) + 5_000);
        const told = await isTold();
        const toldMs = Date.now() - killedAt;
        const { item: before, events } = await state();
        await gateway.ask(viewer, READ);
        const { item: after } = await state();
        const works = after.health.status === "HEALTHY";
        console.log(
          `${moment.name}: ${told ? `told ${(toldMs / 1000).toFixed(1)} s after the kill` : "nothing to tell"}, ${before.health.status}, after a read ${after.health.status}`,
        );
        expect([moment.name, works || told]).toEqual([moment.name, true]);
        if (moment.told !== null) expect([moment.name, told]).toEqual([moment.name, moment.told]);
        if (moment.works !== null) expect([moment.name, works]).toEqual([moment.name, moment.works]);
        if (told) expect(events.nodes[0].error.message).toContain("lost");
        expect(before.health.status).toBe(told ? "ACTION_REQUIRED" : "HEALTHY");
      }
    } finally {
      await gateway.close();
    }
  }, 240_000);
});
