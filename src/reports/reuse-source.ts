import { storedError } from "../errors/stored-error.ts";
import { GatewayError } from "../errors.ts";
import { copyContent } from "../store/report-content.ts";
import { findSource, type StoredSource } from "../store/report-sources.ts";
import { lockReport } from "../store/reports.ts";
import { openToken, sealToken } from "../store/tokens.ts";
import type { ReportDeps } from "./deps.ts";
import { moveSource, withLockedSource } from "./move-source.ts";

/**
 * Makes a queued source stand for the upstream report of another, with a copy of its content: READY at once, with no call. Both
 * reports are locked, so that the other can be removed before or after, but not meanwhile.
 */
export async function reuseSource(deps: ReportDeps, sourceId: string): Promise<void> {
  await withLockedSource(deps, sourceId, async (tx, source) => {
    if (source.state !== "QUEUED") return;
    const unlocked = await findSource(tx.db, source.from_source ?? "");
    if (unlocked) await lockReport(tx.db, unlocked.report_id);
    const from = unlocked && (await findSource(tx.db, unlocked.id));
    if (from?.state !== "READY" || from.token_sealed === null) {
      await moveSource(deps, tx, source, "FAILED", { error: storedError(goneSource(source)) });
      return;
    }
    await copyContent(tx.db, from.id, source.id, (sealed, field) =>
      deps.vault.seal(deps.vault.open(sealed, { viewer: from.viewer, row: from.id, field }), {
        ...{ viewer: source.viewer, row: source.id, field },
      }),
    );
    const token = openToken(deps.vault, { ...from, token_sealed: from.token_sealed });
    await moveSource(deps, tx, source, "READY", {
      remote_id: from.remote_id,
      token_sealed: sealToken(deps.vault, source, token),
      generated_at: from.generated_at,
    });
  });
}

/** The report that a source was to be made from has been removed before. */
export function goneSource({ provider }: Pick<StoredSource, "provider">): GatewayError {
  return new GatewayError("GONE", "The report that this one is based on was removed before this one could be made.", {
    upstream: { provider },
  });
}
