import { expect, it } from "@jest/globals";
import { measureColdQueries, QUERIES } from "../../bench/measure-cold-queries.ts";

/** As aggregators take it; of shorter calls the processor's part is as large as theirs, which `npm run bench` shows. */
const LATENCY_MS = 250;

it.each([
  [5, 1.1],
  [20, 1.25],
])(
  "cold queries over %i items take at most %d times their slowest call, however many they need",
  async (items, bound) => {
    const { slowestCall, queries } = await measureColdQueries(items, { latencyMs: LATENCY_MS, warmUp: 25, runs: 15 });
    const ratios = Object.entries(queries).map(([name, ms]) => ({ name, ratio: ms / slowestCall }));
    for (const { name, ratio } of ratios)
      console.log(`${items} items, ${name}: ${ratio.toFixed(2)} of the slowest call`);
    expect(ratios).toHaveLength(Object.keys(QUERIES).length);
    expect(ratios.filter(({ ratio }) => ratio > bound)).toEqual([]);
  },
);
