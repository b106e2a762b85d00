import type { Clock } from "../../src/clock.ts";
import { GatewayError } from "../../src/errors.ts";
import type { Webhooks } from "../adapter/webhooks.ts";
import { webhookNotice } from "../plaid-format/webhook-notice.ts";
import { webhookVerifier } from "../webhook-verifier.ts";
import type { PlaidClient } from "./client.ts";

/** Plaid's webhooks: signed in `Plaid-Verification`, with keys of /webhook_verification_key/get. */
export function createWebhooks(client: PlaidClient, clock: Clock): Webhooks {
  return {
    verify: webhookVerifier({
      provider: "PLAID",
      header: "plaid-verification",
      clock,
      async fetchKey(keyId, call) {
        try {
          return (await client.webhookVerificationKeyGet(keyId, call)).body.key ?? null;
        } catch (error) {
          if (error instanceof GatewayError && error.options.upstream?.errorCode === UNKNOWN_KEY) return null;
          throw error;
        }
      },
    }),
    parse: webhookNotice("PLAID"),
  };
}

const UNKNOWN_KEY = "INVALID_WEBHOOK_VERIFICATION_KEY_ID";
