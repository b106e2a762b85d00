import type { Clock } from "../../src/clock.ts";
import { GatewayError } from "../../src/errors.ts";
import type { Webhooks } from "../adapter/webhooks.ts";
import { webhookNotice } from "../plaid-format/webhook-notice.ts";
import { webhookVerifier } from "../webhook-verifier.ts";
import type { LinkMoneyClient } from "./client.ts";

/** The guide does not say how an unknown key is refused: any of these will do. */
const REFUSALS: ReadonlySet<unknown> = new Set([400, 404]);

/** Link Money's webhooks: signed as Plaid's, in `Webhook-Verification`, with keys of /webhook__verification_key. */
export function createWebhooks(client: LinkMoneyClient, clock: Clock): Webhooks {
  return {
    verify: webhookVerifier({
      provider: "LINK_MONEY",
      header: "webhook-verification",
      clock,
      async fetchKey(keyId, call) {
        try {
          return (await client.webhookVerificationKey(keyId, call)).body.key ?? null;
        } catch (error) {
          if (!(error instanceof GatewayError) || error.code === "PROVIDER_MISCONFIGURED") throw error;
          if (REFUSALS.has(error.options.upstream?.httpStatus)) return null;
          throw error;
        }
      },
    }),
    parse: webhookNotice("LINK_MONEY"),
  };
}
