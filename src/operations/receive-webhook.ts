import type { Delivery } from "../../adapters/adapter/webhooks.ts";
import { isoNow } from "../clock.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { insertDelivery } from "../store/inbox.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Keeps a genuine webhook durably; what it means is worked out afterwards. A repeated delivery (the same signature) is
 * accepted and changes nothing.
 * @throws GatewayError NOT_FOUND (no such aggregator), UNAUTHENTICATED (not genuine), BAD_USER_INPUT (unreadable), PROVIDER_UNAVAILABLE (key not to be had now).
 */
export async function receiveWebhook(
  deps: OperationDeps,
  slug: string,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const provider = deps.providerOfSlug(slug);
  const adapter = provider && deps.adapters.get(provider);
  if (!adapter) throw new GatewayError("NOT_FOUND", "No aggregator sends webhooks here.");
  const count = (outcome: Parameters<typeof deps.metrics.webhook>[0]["outcome"]) =>
    deps.metrics.webhook({ provider: adapter.provider, outcome });
  try {
    const jwtSha256 = await adapter.webhooks.verify(delivery, { signal });
    const notice = adapter.webhooks.parse(delivery.body);
    const repeated = await deps.store.transaction(async (tx) => {
      const kept = await insertDelivery(tx.db, {
        provider: adapter.provider,
        jwt_sha256: jwtSha256,
        body_sealed: deps.vault.seal(delivery.body, { viewer: "", row: jwtSha256, field: "body" }),
        type: notice.type,
        code: notice.code,
        remote_item_id: notice.remoteItemId,
        remote_report_id: notice.remoteReportId,
        received_at: isoNow(deps.clock),
      });
      if (!kept.duplicate) await deps.jobs.send(tx, "interpret-webhook", { inboxId: kept.id });
      return kept.duplicate;
    });
    count(repeated ? "repeated" : "accepted");
  } catch (thrown) {
    const { code } = asGatewayError(thrown);
    count(code === "UNAUTHENTICATED" ? "refused" : code === "BAD_USER_INPUT" ? "unreadable" : "failed");
    throw thrown;
  }
}
