import type { AuditCopy, Relay } from "../../schema/shares.ts";
import { encodeId } from "../ids.ts";
import type { StoredShare } from "../store/report-shares.ts";

/** A stored audit copy as the schema's noun; `readToken` opens its token. */
export function auditCopyNoun(row: StoredShare, readToken: () => string | null): AuditCopy {
  return { ...shared(row, readToken), id: encodeId("AuditCopy", row.id), auditorId: row.recipient };
}

/** A stored relay as the schema's noun; `readToken` opens its token. */
export function relayNoun(row: StoredShare, readToken: () => string | null): Relay {
  return { ...shared(row, readToken), id: encodeId("Relay", row.id), secondaryClientId: row.recipient };
}

function shared(row: StoredShare, readToken: () => string | null) {
  return {
    uuid: row.id,
    reportUuid: row.report_id,
    sourceUuid: row.source_id,
    readToken,
    createdAt: row.created_at,
    removedAt: row.removed_at,
  };
}
