import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { claim } from "../store/idempotency.ts";
import { findReport, type StoredReport } from "../store/reports.ts";
import type { Tx } from "../store/store.ts";
import type { OperationDeps } from "./deps.ts";

/** A mutation that makes a report. */
export interface ReportMutation {
  viewer: string;
  /** Its idempotency key, if it has one. */
  key: string | null;
  /** Its name and input, without the key: what the same key must come with again. */
  asked: [name: string, input: object];
  /** The uuid of the report that it is about to make. */
  id: string;
}

/**
 * The report that the same key made within 24 hours; null when there is no key, or it is new and now claimed for `id`. Of two that
 * claim at once the second waits for the first.
 * @throws GatewayError CONFLICT when the key was used with other input.
 */
export async function earlierReport(
  { vault, clock }: OperationDeps,
  tx: Tx,
  { viewer, key, asked, id }: ReportMutation,
): Promise<StoredReport | null> {
  if (key === null) return null;
  const text = JSON.stringify(asked);
  const claimed = await claim(tx.db, {
    viewer,
    key,
    fingerprint: vault.fingerprint(text),
    isSame: (fingerprint) => vault.isFingerprintOf(fingerprint, text),
    resultId: id,
    now: isoNow(clock),
  });
  if (claimed.kind === "new") return null;
  if (claimed.kind === "conflict") {
    const message =
      "input.idempotencyKey: this key was used with other input within 24 hours. Use a new key for a new report.";
    throw new GatewayError("CONFLICT", message, { field: "input.idempotencyKey" });
  }
  const report = await findReport(tx.db, viewer, claimed.resultId);
  if (!report) throw new GatewayError("INTERNAL_SERVER_ERROR", "The report of this idempotency key is missing.");
  return report;
}
