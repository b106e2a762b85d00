/** How much slower than its slowest upstream call, of 50 ms, is a cold query, over five items and over twenty? Prints the ratios. */
import { measureColdQueries } from "./measure-cold-queries.ts";

/** Items, and the ratio wanted. */
const SIZES: [items: number, wanted: number][] = [
  [5, 1.1],
  [20, 1.25],
];

for (const [items, wanted] of SIZES) {
  const { slowestCall, queries } = await measureColdQueries(items, { latencyMs: 50, warmUp: 100, runs: 40 });
  console.log(
    `${items} items: slowest single upstream call ${slowestCall.toFixed(1)} ms; wanted: at most ${wanted.toFixed(2)} of it`,
  );
  for (const [name, ms] of Object.entries(queries)) {
    console.log(`  ${name}: ${ms.toFixed(1)} ms, ratio ${(ms / slowestCall).toFixed(2)}`);
  }
}
