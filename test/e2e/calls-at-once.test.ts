import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { manualClock } from "../../src/clock.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { CALL_SHAPES, FRESH_CALL_SHAPES } from "../support/call-shapes.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { turnUntil } from "../support/turn-until.ts";
import { until } from "../support/until.ts";

/** By the sandbox's clock, which stands still: nothing is answered until it is turned. */
const LATENCY_MS = 1_000;
/** Each of these needs an answer before it knows what to ask next: which accounts there are, and what a window had. */
const IN_TURN = [
  "transactions below accounts, counted",
  "the same, and one more for the only account",
  "transactions that the gateway looks for itself",
];

describe("the upstream calls of a query begin at once, none waits for another", () => {
  const clock = manualClock(Date.now());
  let sandbox: Sandbox;
  let gateway: Gateway;

  beforeAll(async () => {
    sandbox = await testSandbox({ clock });
    gateway = await startGateway(sandbox, { env: { CACHE_TTL_S: "0" } });
    await linkHousehold(gateway, sandbox);
    await gateway.query("{ accounts { totalCount } }"); // from now on it is known of which types they are
    for (const provider of ["PLAID", "LINK_MONEY"] as const) {
      sandbox.faults.script({ provider, kind: "latency", ms: LATENCY_MS });
    }
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const shapes = [...CALL_SHAPES, ...FRESH_CALL_SHAPES].filter(([, , calls]) => Object.keys(calls).length > 0);
  it.each(shapes.filter(([what]) => !IN_TURN.some((one) => what.startsWith(one))))("%s", async (_, document, calls) => {
    sandbox.clearCalls();
    const answer = gateway.query(document);
    const wanted = Object.values(calls).reduce((sum, count) => sum + count, 0);
    await until(() => sandbox.calls().length === wanted);
    expect((await turnUntil(clock, answer)).errors).toEqual([]);
    expect(sandbox.calls().length).toBe(wanted);
  });
});
