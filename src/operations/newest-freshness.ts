import type { ItemDescription } from "../store/database.ts";

type Freshness = ItemDescription["freshness"];

/** Both, each moment the later one: a webhook may be newer than the aggregator's own answer. */
export function newestFreshness(before: Freshness, told: Freshness): Freshness {
  const kept = before.filter(({ product }) => !told.some((entry) => entry.product === product));
  const merged = told.map((entry) => {
    const known = before.find(({ product }) => product === entry.product);
    return {
      product: entry.product,
      lastSuccessfulUpdate: later(entry.lastSuccessfulUpdate, known?.lastSuccessfulUpdate),
      lastFailedUpdate: later(entry.lastFailedUpdate, known?.lastFailedUpdate),
    };
  });
  return [...merged, ...kept];
}

function later(one: string | null, other: string | null = null): string | null {
  return isAfter(other, one) ? other : one;
}

/** Whether one moment (RFC 3339) is after another; any is after none. */
export function isAfter(one: string | null, other: string | null): boolean {
  return one !== null && (other === null || Date.parse(one) > Date.parse(other));
}
