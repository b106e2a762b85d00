/** Aggregators tell of a consent that ends a week before: https://plaid.com/docs/api/items/#pending_expiration. */
const SOON_MS = 7 * 24 * 3_600_000;

/** Whether a consent ends within the week after `now` (ms). One that has ended is told by the errors of its reads. */
export function expiresSoon(consentExpiresAt: string | null, now: number): boolean {
  const left = consentExpiresAt === null ? Number.NaN : Date.parse(consentExpiresAt) - now;
  return left > 0 && left <= SOON_MS;
}
