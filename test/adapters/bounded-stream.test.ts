import { buffer } from "node:stream/consumers";
import { expect, it } from "@jest/globals";
import { boundedStream } from "../../adapters/bounded-stream.ts";
import { manualClock } from "../../src/clock.ts";
import { until } from "../support/until.ts";

const MIB = 1024 * 1024;

/** A file of so many MiB from an aggregator, watched; how much of it was taken, and how it ended. */
function file(mib: number) {
  const seen = { taken: 0, connectionEnded: false, ends: [] as [code: string | null, standing: string][] };
  async function* chunks() {
    for (; seen.taken < mib; seen.taken++) yield Buffer.alloc(MIB, 1);
  }
  const body = boundedStream(
    {
      ...{ status: 200, headers: {}, chunks: chunks() },
      end: () => {
        seen.connectionEnded = true;
      },
    },
    {
      ...{ provider: "PLAID", what: "PLAID /x", clock: manualClock(0), signal: new AbortController().signal },
      ended: (error, standing) => void seen.ends.push([error?.code ?? null, standing]),
    },
  );
  return { body, seen };
}

it("a file of 64 MiB comes whole", async () => {
  const { body, seen } = file(64);
  expect((await buffer(body)).length).toBe(64 * MIB);
  expect(seen.ends).toEqual([[null, "alive"]]);
});

it("a larger one ends in an error, without the rest of it being taken", async () => {
  const { body, seen } = file(1000);
  await expect(buffer(body)).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
  expect(seen.taken).toBeLessThan(70);
  expect(seen).toMatchObject({ connectionEnded: true, ends: [["PROVIDER_BAD_RESPONSE", "alive"]] });
});

it("one that nobody reads on is not taken on; leaving it ends the connection and says nothing of the aggregator", async () => {
  const { body, seen } = file(1000);
  const chunks = body[Symbol.asyncIterator]();
  await chunks.next();
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(seen.taken).toBeLessThan(5);
  await chunks.return?.();
  await until(() => seen.connectionEnded);
  expect(seen.ends).toEqual([["PROVIDER_TIMEOUT", "unknown"]]);
});
