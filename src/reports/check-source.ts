import type { ErrorCode } from "../../schema/enums.ts";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { type StoredSource, updateSource } from "../store/report-sources.ts";
import type { ReportDeps } from "./deps.ts";
import { isReceived } from "./is-received.ts";
import { keepContent } from "./keep-content.ts";
import { moveSource, withLockedSource } from "./move-source.ts";
import { type ReadContent, readContent } from "./read-content.ts";
import { GIVE_UP_MS, lookAgainDelay, pollDelay } from "./schedule.ts";
import { takeBack } from "./take-back.ts";

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
    await keepReady(deps, source, await readContent(deps, source));
  } catch (thrown) {
    await keepNotReady(deps, source, asGatewayError(thrown));
  }
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

async function keepReady(deps: ReportDeps, source: StoredSource, content: ReadContent): Promise<void> {
  await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state !== "PENDING") return;
    await keepContent(deps, tx, current, content);
  });
}

async function keepNotReady(deps: ReportDeps, source: StoredSource, error: GatewayError): Promise<void> {
  if (error.code === "GONE" && isReceived(source)) return takeBack(deps, source.id, error);
  const age = deps.clock.now() - Date.parse(source.sent_at ?? "");
  // an answer that is too large will not be smaller next time
  const tooLarge = error.code === "PROVIDER_BAD_RESPONSE" && error.options.retryable === false;
  const hopeless = FINAL.has(error.code) || tooLarge;
  const final = hopeless || age > GIVE_UP_MS;
  if (error.code !== "REPORT_NOT_READY")
    deps.log.warn({ err: error, source: source.id, provider: source.provider, final }, "asset report get failed");
  if (!final) {
    if (error.code !== "REPORT_NOT_READY") await lookAgainSoon(deps, source, error);
    return;
  }
  const reason = hopeless
    ? error
    : new GatewayError(
        "PROVIDER_TIMEOUT",
        `${source.provider} did not have the report ready within ${GIVE_UP_MS / 3_600_000} hours.`,
        { cause: error, upstream: { provider: source.provider } },
      );
  await withLockedSource(deps, source.id, async (tx, current) => {
    if (current.state !== "PENDING") return;
    await moveSource(deps, tx, current, "FAILED", { error: storedError(reason) });
    await deps.jobs.send(tx, "remove-report-source", { sourceId: source.id });
  });
}

/** A get that failed says nothing of the report, which may be ready: it is not left to the next poll, minutes away. */
async function lookAgainSoon(deps: ReportDeps, source: StoredSource, error: GatewayError): Promise<void> {
  const now = deps.clock.now();
  const wait = lookAgainDelay(now - Date.parse(source.sent_at ?? ""));
  const startAfter = new Date(Math.max(now + wait, error.options.retryAt ?? 0));
  const again = { sourceId: source.id, poll: source.polls + 1 };
  await deps.store.transaction((tx) => deps.jobs.send(tx, "check-report-source", again, { startAfter }));
}
