import type { FastifyInstance } from "fastify";
import type { Clock } from "../clock.ts";
import { GatewayError } from "../errors.ts";

/** The largest webhook, bytes. */
const BODY_LIMIT = 1024 * 1024;
/** Aggregators give up after 10 s: then a failure is told in time for them to send it again. */
const DEADLINE_MS = 9_000;

/** A webhook as it came. */
export interface WebhookDelivery {
  /** The aggregator's name in the route: /webhooks/<slug>. */
  slug: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact bytes, which the signature is over. */
  body: Buffer;
  /** Aborts when it has taken so long that the sender no longer waits. */
  signal: AbortSignal;
}

/** Resolves when the webhook is kept durably. */
export type ReceiveWebhook = (delivery: WebhookDelivery) => Promise<void>;

/** `POST /webhooks/:provider`: the body as it came, whatever type it claims; 200 once it is kept. */
export async function webhooksRoute(
  app: FastifyInstance,
  { receiveWebhook, clock }: { receiveWebhook: ReceiveWebhook; clock: Clock },
): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );

  app.post<{ Params: { provider: string }; Body: Buffer | undefined }>("/webhooks/:provider", async (request) => {
    const deadline = new AbortController();
    const cancel = clock.after(DEADLINE_MS, () =>
      deadline.abort(new GatewayError("PROVIDER_UNAVAILABLE", "The webhook could not be kept in time. Send it again.")),
    );
    try {
      await receiveWebhook({
        slug: request.params.provider,
        headers: request.headers,
        body: request.body ?? Buffer.alloc(0),
        signal: deadline.signal,
      });
      return {};
    } finally {
      cancel();
    }
  });
}
