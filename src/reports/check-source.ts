import type { Reading, ReportData } from "../../adapters/adapter.ts";
import type { ErrorCode } from "../../schema/enums.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { storeContent } from "../store/report-content.ts";
import { type StoredSource, updateSource } from "../store/report-sources.ts";
import { contentRows } from "./content.ts";
import type { ReportDeps } from "./deps.ts";
import { GIVE_UP_MS, pollDelay, READ_DEADLINE_MS } from "./schedule.ts";
import { moveSource, withLockedSource } from "./settle.ts";
import { withDeadline } from "./with-deadline.ts";

/** Errors of a get that no later get will mend. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  "REPORT_FAILED",
  "ITEM_REVOKED",
  "NOT_FOUND",
  "GONE",
  "PRODUCT_UNSUPPORTED",
  "ITEM_CONSENT_REQUIRED",
]);

/**
 * Asks whether one source's report is ready and keeps its content if so. Webhooks and polls only trigger this: the get
 * decides. `poll` is the number of polls that the trigger knew of, so that one chain of polls goes on, however many
 * triggers there are.
 */
export async function checkSource(deps: ReportDeps, sourceId: string, poll: number): Promise<void> {
  const source = await takeTurn(deps, sourceId, poll);
  if (!source) return;
  try {
    const reading = await readSourceReport(deps, source, { insights: false });
    await keepReady(deps, source, reading);
  } catch (thrown) {
    await keepNotReady(deps, source, asGatewayError(thrown));
  }
}

/** Reads a source's report upstream. @throws GatewayError of the adapter. */
export async function readSourceReport(
  deps: Pick<ReportDeps, "adapters" | "vault" | "clock">,
  source: StoredSource,
  options: { insights: boolean },
  signal?: AbortSignal,
): Promise<Reading<ReportData>> {
  const adapter = deps.adapters.get(source.provider);
  if (!adapter?.readReport || !source.token_sealed) {
    throw new GatewayError("PRODUCT_UNSUPPORTED", `${source.provider} is not configured or makes no asset reports.`);
  }
  const readReport = adapter.readReport.bind(adapter);
  const token = deps.vault.openText(source.token_sealed, { viewer: source.viewer, row: source.id, field: "token" });
  return withDeadline(deps.clock, { what: "/asset_report/get", ms: READ_DEADLINE_MS, signal }, (signal) =>
    readReport(options, { token, budgetKey: source.id, signal }),
  );
}

/** Sets the next poll before asking, so that a process that dies while asking leaves one behind. */
function takeTurn(deps: ReportDeps, sourceId: string, poll: number): Promise<StoredSource | null> {
  return withLockedSource(deps, sourceId, async (tx, source) => {
    if (source.state !== "PENDING" || source.polls !== poll) return null;
    await updateSource(tx.db, sourceId, { polls: poll + 1 });
    const startAfter = new Date(deps.clock.now() + pollDelay(poll + 1, deps.reportPollMs));
    await deps.jobs.send(tx, "check-report-source", { sourceId, poll: poll + 1 }, { startAfter });
    return source;
  });
}

async function keepReady(deps: ReportDeps, source: StoredSource, reading: Reading<ReportData>): Promise<void> {
  const rows = contentRows(deps.vault, source, reading, { insights: false, storedAt: isoNow(deps.clock) });
  await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state !== "PENDING") return;
    await storeContent(tx.db, rows.head, rows.pages);
    await moveSource(deps, tx, current, "READY", { generated_at: rows.generatedAt });
  });
}

async function keepNotReady(deps: ReportDeps, source: StoredSource, error: GatewayError): Promise<void> {
  const age = deps.clock.now() - Date.parse(source.sent_at ?? "");
  const final = FINAL.has(error.code) || age > GIVE_UP_MS;
  if (error.code !== "REPORT_NOT_READY")
    deps.log.warn({ err: error, source: source.id, provider: source.provider, final }, "asset report get failed");
  if (!final) return;
  const reason = FINAL.has(error.code)
    ? error
    : new GatewayError(
        "PROVIDER_TIMEOUT",
        `${source.provider} did not have the report ready within ${GIVE_UP_MS / 3_600_000} hours.`,
        { cause: error, upstream: { provider: source.provider } },
      );
  await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state === "PENDING") await moveSource(deps, tx, current, "FAILED", { error: storedError(reason) });
  });
}
