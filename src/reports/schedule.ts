/** When a report's source is sent again, looked at again and given up. All times in ms. */

/** How long one write may take upstream. */
export const WRITE_DEADLINE_MS = 20_000;

/** How long a sender keeps a source to itself: past it the sender has died. Longer than WRITE_DEADLINE_MS. */
export const LEASE_MS = 25_000;

/** How long a sender tries to keep the outcome of a create that the database does not take. */
export const KEEP_MS = 240_000;

/** How long one read of a report may take upstream. */
export const READ_DEADLINE_MS = 30_000;

/** How long a shared report is read without asking whether it still is shared. */
export const RECHECK_MS = 5 * 60_000;

/** How long until that is asked again where it could not be. */
export const RECHECK_AGAIN_MS = 60_000;

/** A shared report that nobody reads is asked for after that. */
export const UNREAD_RECHECK_MS = 24 * 3_600_000;

/** Time until a report sent `ageMs` ago is looked at again after a get that failed for another reason than that it is not ready. */
export function lookAgainDelay(ageMs: number): number {
  return Math.min(Math.max(FIRST_LOOK_MS, ageMs / 20), LONGEST_POLL_MS);
}

/** A source that is not ready by then fails as PROVIDER_TIMEOUT. */
export const GIVE_UP_MS = 24 * 3_600_000;

const FIRST_LOOK_MS = 5_000;
const LONGEST_POLL_MS = 5 * 60_000;
const FIRST_RESEND_MS = 1_000;
const LONGEST_RESEND_MS = 60_000;

/** Time until the next poll after `polls` of them: `firstMs` × 1.5 each, at most 5 minutes. */
export function pollDelay(polls: number, firstMs: number): number {
  return Math.min(firstMs * 1.5 ** Math.min(polls, 50), LONGEST_POLL_MS);
}

/** Time until create is tried again after `sends` tries that reached nobody; not before the aggregator's own `retryAt`. */
export function resendDelay(sends: number, now: number, retryAt: number | undefined): number {
  const backoff = Math.min(FIRST_RESEND_MS * 2 ** Math.min(sends, 20), LONGEST_RESEND_MS);
  return Math.max(backoff, retryAt === undefined ? 0 : retryAt - now);
}
