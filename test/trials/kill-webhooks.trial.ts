import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import { aggregatorOf } from "../../adapters/registry.ts";
import { IMITATED } from "../../src/sandbox/imitated.ts";
import { onPostgres } from "../support/database.ts";
import { type Moment, mortalGateway } from "../support/mortal-gateway.ts";
import type { RowChange } from "../support/row-moment.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");
const FEED = `query ($after: String) { events(first: 100, after: $after, types: [TRANSACTIONS_DEFAULT_UPDATE]) {
  nodes { cursor newCount } pageInfo { hasNextPage endCursor } } }`;
const FINAL_WITHIN_MS = 30_000;
const VIEWER = "alice";
/** How many webhooks of each aggregator are sent at once. */
const EACH = 3;
const ALL = EACH * IMITATED.length;
const KEYS = { PLAID: "/webhook_verification_key/get", LINK_MONEY: "/webhook__verification_key" };

/** In the order of the work. A restarted gateway knows no keys yet. */
const MOMENTS: Moment[] = [
  { name: "they are on their way", answers: 0 },
  ...IMITATED.flatMap((provider): Moment[] => [
    { name: `${provider} is asked for the key`, provider, endpoint: KEYS[provider], at: "asked" },
    { name: `${provider} gave the key`, provider, endpoint: KEYS[provider], at: "answered" },
  ]),
  { name: "within the insert of the first", row: inserted("webhook_inbox", "within", 1) },
  { name: "within the insert of the third", row: inserted("webhook_inbox", "within", 3) },
  { name: "within the insert of the last", row: inserted("webhook_inbox", "within", ALL) },
  {
    name: "within the insert of a job",
    row: { ...inserted("pgboss.job", "within", 1), when: "new.name = 'interpret-webhook'" },
  },
  { name: "the first is committed", row: inserted("webhook_inbox", "committed", 1) },
  { name: "the last is committed", row: inserted("webhook_inbox", "committed", ALL) },
  { name: "the first is answered", answers: 1 },
  { name: "the third is answered", answers: 3 },
  { name: "the last is answered", answers: ALL },
  { name: "within the change of the item", row: { ...inserted("item", "within", 1), on: "update" } },
  { name: "within the insert of the first event", row: inserted("event", "within", 1) },
  { name: "within the insert of the fourth event", row: inserted("event", "within", 4) },
  { name: "the first event is committed", row: inserted("event", "committed", 1) },
  { name: "the last event is committed", row: inserted("event", "committed", ALL) },
  { name: "within the note that one is interpreted", row: interpreted("within", 1) },
  { name: "the first is interpreted", row: interpreted("committed", 1) },
  { name: "the last is interpreted", row: interpreted("committed", ALL) },
];

onPostgres((open) => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
  });

  it(`killed at ${MOMENTS.length} moments of webhooks, puts each that it answered into the feed exactly once`, async () => {
    const store = await open();
    const gateway = await mortalGateway(open.url(store), { reportMs: 200 });
    const waiting = () =>
      store.db.selectFrom("webhook_inbox").select("id").where("interpreted_at", "is", null).execute();
    const sent: { number: number; answered: boolean }[] = [];
    const lines: string[] = [];

    async function feed(): Promise<{ cursor: string; newCount: number }[]> {
      const nodes: { cursor: string; newCount: number }[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { events } = await gateway.ask(VIEWER, FEED, { after });
        nodes.push(...events.nodes);
        more = events.pageInfo.hasNextPage;
        after = events.pageInfo.endCursor;
      }
      return nodes;
    }

    try {
      const items = await Promise.all(IMITATED.map((provider) => gateway.link(VIEWER, provider)));
      // linking brings webhooks of its own
      await until(async () => {
        const { events } = await gateway.ask(VIEWER, "{ events(types: [ITEM_WEBHOOK_UPDATED]) { nodes { id } } }");
        return events.nodes.length === items.length && (await waiting()).length === 0;
      });

      for (const [round, moment] of [...MOMENTS.entries()]) {
        const burst = items.flatMap((item, index) =>
          Array.from({ length: EACH }, (_, each) => ({ item, number: round * ALL + index * EACH + each })),
        );
        const before = sent.length;
        await gateway.killAt(moment, items, async (answered) => {
          const deliveries = burst.map(async ({ item, number }) => {
            const url = `${gateway.url}/webhooks/${aggregatorOf(item.provider).slug}`;
            const body = {
              ...{ webhook_type: "TRANSACTIONS", webhook_code: "DEFAULT_UPDATE", item_id: item.remoteId },
              ...{ new_transactions: number, error: null },
            };
            const status = await gateway.sandbox.sendWebhook(item.provider, url, body).catch(() => null); // killed
            sent.push({ number, answered: status === 200 });
            if (status === 200) answered();
          });
          await Promise.all(deliveries);
        });
        await until(async () => (await waiting()).length === 0, FINAL_WITHIN_MS);
        const took = ((Date.now() - gateway.readyAt) / 1000).toFixed(1);
        const answered = sent.slice(before).filter((delivery) => delivery.answered).length;
        lines.push(`${moment.name}: ${answered} of ${ALL} answered, all interpreted ${took} s after the restart`);
      }

      const numbers = (await feed()).map(({ newCount }) => newCount);
      for (const { number, answered } of sent) {
        const times = numbers.filter((seen) => seen === number).length;
        const moment = MOMENTS[Math.floor(number / ALL)]?.name;
        expect([moment, number, times]).toEqual([moment, number, answered ? 1 : Math.min(times, 1)]);
      }
      console.log(lines.join("\n"));
    } finally {
      await gateway.close();
    }
  });
});

function inserted(table: string, at: RowChange["at"], nth: number): RowChange {
  return { table, on: "insert", when: "true", nth, at };
}

function interpreted(at: RowChange["at"], nth: number): RowChange {
  const when = "new.interpreted_at is not null and old.interpreted_at is null";
  return { table: "webhook_inbox", on: "update", when, nth, at };
}
