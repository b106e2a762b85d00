import type { ReportStatus } from "../../schema/enums.ts";
import type { SourceState } from "../store/database.ts";

/**
 * The state machine of a report's source.
 *
 * QUEUED   not sent, or proven not to have reached the aggregator
 * SENDING  create is under way under a lease; a sender that dies leaves it here
 * PENDING  the aggregator has it and is preparing it
 * READY    its content is kept here; at once where the upstream report is another source's, too
 * FAILED   it will never be ready
 * REMOVED  its owner removed it
 */
const NEXT: Record<SourceState, readonly SourceState[]> = {
  QUEUED: ["SENDING", "READY", "FAILED", "REMOVED"],
  SENDING: ["QUEUED", "PENDING", "FAILED", "REMOVED"],
  PENDING: ["READY", "FAILED", "REMOVED"],
  READY: ["REMOVED"],
  FAILED: ["REMOVED"],
  REMOVED: [],
};

/** Whether a source in state `from` may become `to`. */
export function mayBecome(from: SourceState, to: SourceState): boolean {
  return NEXT[from].includes(to);
}

/** How a source's state shows outside: QUEUED and SENDING are PENDING. */
export function sourceStatus(state: SourceState): ReportStatus {
  return state === "QUEUED" || state === "SENDING" ? "PENDING" : state;
}

/** A report's status from its sources': PENDING while any is; then READY (all), FAILED (none) or PARTIAL. */
export function reportStatus(states: readonly SourceState[]): ReportStatus {
  const statuses = new Set(states.map(sourceStatus));
  if (statuses.has("REMOVED")) return "REMOVED";
  if (statuses.has("PENDING")) return "PENDING";
  if (!statuses.has("FAILED")) return "READY";
  return statuses.has("READY") ? "PARTIAL" : "FAILED";
}

/** Whether a report's status never changes again but to REMOVED. */
export function isFinal(status: ReportStatus): boolean {
  return status !== "PENDING";
}
