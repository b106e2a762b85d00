import { randomUUID } from "node:crypto";
import { isoNow } from "../../src/clock.ts";
import type { OperationDeps } from "../../src/operations/deps.ts";
import { insertDelivery } from "../../src/store/inbox.ts";

/** Keeps a webhook of Plaid as if it had come, as that text, and was found genuine; its id in the inbox. */
export async function deliver(deps: OperationDeps, body: object, text = JSON.stringify(body)): Promise<number> {
  const sha = randomUUID();
  const named = body as Record<string, string | undefined>;
  const { id } = await insertDelivery(deps.store.db, {
    provider: "PLAID",
    jwt_sha256: sha,
    body_sealed: deps.vault.seal(text, { viewer: "", row: sha, field: "body" }),
    type: named.webhook_type ?? "",
    code: named.webhook_code ?? "",
    remote_item_id: named.item_id ?? null,
    remote_report_id: named.asset_report_id ?? null,
    received_at: isoNow(deps.clock),
  });
  return id;
}
