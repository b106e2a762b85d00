import { likenessOf, type Recognisable, type Sighting } from "./likeness.ts";

/**
 * How sure it is that two of a viewer's accounts are the same: 0 to 1, null when they are surely two. The id that a provider gives an
 * account for life decides. Without one it takes institution, number, kind and currency, which two accounts of a household seldom share,
 * and the balance; the name alone, which many accounts have, leaves a doubt.
 */
export function accountConfidence<A extends Recognisable>(a: Sighting<A>, b: Sighting<A>): number | null {
  const likeness = likenessOf(a, b);
  if (!likeness) return null;
  const { persistentId, institution, mask, currency, balance, name } = likeness;
  if (persistentId !== null) return persistentId ? 1 : null;
  if (!institution || !mask || !currency) return 0;
  if (balance) return name ? 0.98 : 0.95;
  return name ? 0.7 : 0;
}
