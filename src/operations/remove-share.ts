import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import type { ShareKind } from "../store/database.ts";
import { findShare, findShareOf, forgetToken, type StoredShare } from "../store/report-shares.ts";
import { openToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Ends the viewer's share at the aggregator; it stays in the ledger. Ending it again changes nothing.
 * @throws GatewayError NOT_FOUND, or why the aggregator did not end it: the share then stands.
 */
export async function removeShare(
  deps: OperationDeps,
  viewer: string,
  which: { id: string; kind: ShareKind },
): Promise<StoredShare> {
  const share = await findShareOf(deps.store.db, viewer, which);
  if (!share) throw new GatewayError("NOT_FOUND", "There is no such share.", { field: "id" });
  if (share.removed_at !== null) return share;
  await endShareUpstream(deps, share);
  return (await findShare(deps.store.db, share.id)) ?? share;
}

/**
 * Ends a share of a removed report at the aggregator.
 * @throws GatewayError when the aggregator did not confirm it: the job comes back.
 */
export async function finishShare(deps: OperationDeps, shareId: string): Promise<void> {
  const share = await findShare(deps.store.db, shareId);
  if (share?.removed_at) await endShareUpstream(deps, share);
}

/** Ends a share's token, here too once the aggregator has confirmed it. */
async function endShareUpstream(deps: OperationDeps, share: StoredShare): Promise<void> {
  if (share.token_sealed === null) return;
  const { removeAuditCopy, removeRelay } = adapterOf(deps.adapters, share.provider);
  const remove = share.kind === "AUDIT_COPY" ? removeAuditCopy : removeRelay;
  if (!remove) throw new GatewayError("PRODUCT_UNSUPPORTED", `${share.provider} ends no shares of this kind.`);
  const token = openToken(deps.vault, { ...share, token_sealed: share.token_sealed });
  await withDeadline(deps.clock, { what: `ending a share by ${share.kind}`, ms: WRITE_DEADLINE_MS }, (signal) =>
    remove({ token, budgetKey: share.source_id, signal }),
  );
  await forgetToken(deps.store.db, share.id, isoNow(deps.clock));
}
