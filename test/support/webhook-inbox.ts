import { randomUUID } from "node:crypto";
import type { Provider } from "../../schema/enums.ts";
import { isoNow } from "../../src/clock.ts";
import type { OperationDeps } from "../../src/operations/deps.ts";
import { insertDelivery } from "../../src/store/inbox.ts";

/** Keeps a webhook as if it had come and was found genuine; its id in the inbox. */
export async function deliver(deps: OperationDeps, body: object, provider: Provider = "PLAID"): Promise<number> {
  const sha = randomUUID();
  const named = body as Record<string, string | undefined>;
  const { id } = await insertDelivery(deps.store.db, {
    provider,
    jwt_sha256: sha,
    body_sealed: deps.vault.seal(JSON.stringify(body), { viewer: "", row: sha, field: "body" }),
    type: named.webhook_type ?? "",
    code: named.webhook_code ?? "",
    remote_item_id: named.item_id ?? null,
    remote_report_id: named.asset_report_id ?? null,
    received_at: isoNow(deps.clock),
  });
  return id;
}
