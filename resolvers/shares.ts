import type { AuditCopy, Relay } from "../schema/shares.ts";
import type { Context } from "../src/context.ts";
import { auditCopyNoun, relayNoun } from "../src/reports/share-noun.ts";
import type { StoredShare } from "../src/store/report-shares.ts";
import { notFound } from "./ids.ts";

export function auditCopyOf({ operations }: Context, row: StoredShare): AuditCopy {
  return auditCopyNoun(row, () => operations.shareToken(row));
}

export function relayOf({ operations }: Context, row: StoredShare): Relay {
  return relayNoun(row, () => operations.shareToken(row));
}

/** The viewer's share of that kind. @throws GatewayError NOT_FOUND, also when it is another viewer's. */
export async function findOwnShare(context: Context, kind: StoredShare["kind"], id: string): Promise<StoredShare> {
  const share = await context.operations.findShare(context.viewer.id, { id, kind });
  if (!share) throw notFound(kind === "RELAY" ? "relay" : "audit copy");
  return share;
}
