import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { type Clock, delay } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Imitated } from "./imitated.ts";
import type { SigningKeys, SigningOptions } from "./signing-keys.ts";
import type { UnderWay } from "./under-way.ts";

/** How a webhook is sent otherwise than properly. */
export interface WebhookOptions extends SigningOptions {
  /** Without any signature. */
  unsigned?: boolean;
}

/** A webhook ready to be sent, as often as wanted. */
export interface SignedWebhook {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** What came of one attempt: the receiver's status, or why there is none. */
export type DeliveryOutcome = { status: number; problem: null } | { status: null; problem: string };

/** Sends webhooks. */
export interface Webhooks {
  sign(provider: Imitated, url: string, body: object, options?: WebhookOptions): Promise<SignedWebhook>;
  /** Sends it once. Resolves to the receiver's status; rejects when it is not reached, or silent for 10 seconds. */
  send(webhook: SignedWebhook): Promise<number>;
  /**
   * Sends it until the receiver answers 200: at most six times, 1, 4, 16, 64 and 256 seconds apart. Never rejects; false
   * when the sandbox was closed before it was taken or given up. `tried` is called after each attempt.
   */
  deliver(webhook: SignedWebhook, tried: (outcome: DeliveryOutcome) => void): Promise<boolean>;
  /** Ends what is under way. */
  close(): void;
}

const SILENCE_MS = 10_000;
const RETRIES_MS = [1_000, 4_000, 16_000, 64_000, 256_000];
const SIGNATURE_HEADERS: Readonly<Record<Imitated, string>> = {
  PLAID: "plaid-verification",
  LINK_MONEY: "webhook-verification",
};

/** What it is made with. */
export interface WebhooksDeps {
  /** Retries wait by it. */
  clock: Clock;
  /** The receiver's: it is silent by this one. */
  realClock: Clock;
  log: Log;
  keys: SigningKeys;
  underWay: UnderWay;
}

export function createWebhooks({ clock, realClock, log, keys, underWay }: WebhooksDeps): Webhooks {
  const closing = new AbortController();

  const send: Webhooks["send"] = (webhook) => {
    const silence = new AbortController();
    const cancel = realClock.after(SILENCE_MS, () => silence.abort(new Error(`no answer within ${SILENCE_MS} ms`)));
    return underWay.track(post(webhook, AbortSignal.any([closing.signal, silence.signal])).finally(cancel));
  };

  return {
    async sign(provider, url, body, { unsigned, ...options } = {}) {
      const text = JSON.stringify(body);
      const signature = unsigned ? {} : { [SIGNATURE_HEADERS[provider]]: await keys.sign(provider, text, options) };
      return { url, body: text, headers: { "content-type": "application/json", ...signature } };
    },
    send,
    async deliver(webhook, tried) {
      for (const wait of [...RETRIES_MS, null]) {
        const outcome = await send(webhook).then(
          (status): DeliveryOutcome => ({ status, problem: null }),
          (error: unknown): DeliveryOutcome => ({ status: null, problem: String(error) }),
        );
        tried(outcome);
        if (outcome.status === 200) return true;
        if (closing.signal.aborted) return false;
        log.debug({ ...outcome, retryInMs: wait }, "webhook not taken");
        if (wait === null) return true;
        const closed = await delay(clock, wait, closing.signal).then(
          () => false,
          () => true,
        );
        if (closed) return false;
      }
      return true;
    },
    close: () => closing.abort(new Error("the sandbox is closed")),
  };
}

/** One POST on a connection of its own; resolves to the status once the answer has ended. */
function post({ url, body, headers }: SignedWebhook, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? httpsRequest : httpRequest;
    const length = { "content-length": Buffer.byteLength(body) };
    const outgoing = request(
      url,
      { method: "POST", agent: false, signal, headers: { ...headers, ...length } },
      (answer) => {
        answer.on("error", reject);
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
