import { type Clock, delay } from "../clock.ts";
import type { BadSignature, OwnFaults } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import type { SentWebhook, SentWebhooks } from "./sent-webhooks.ts";
import { createTurns } from "./turns.ts";
import type { UnderWay } from "./under-way.ts";
import type { SignedWebhook, WebhookOptions, Webhooks } from "./webhooks.ts";

/** A webhook to be told, and whom it concerns. */
export interface Notice {
  provider: Imitated;
  itemIds: readonly string[];
  url: string;
  /** With its webhook_type and webhook_code. */
  body: object;
}

/** Tells of what happens by webhook, as faithfully as the scripted faults let it. */
export interface Notifier {
  /**
   * Sends it as often as it takes. Resolves once it was taken, given up or lost; to false when the sandbox was closed before.
   * `tried` is called after each attempt.
   */
  notify(notice: Notice, tried?: () => void): Promise<boolean>;
  /** Sends it once, whatever is scripted. Resolves to the receiver's status; rejects when it is not reached. */
  sendOnce(notice: Notice, options?: WebhookOptions): Promise<number>;
  /** Ends what waits. */
  close(): void;
}

/** What it is made with. */
export interface NotifierDeps {
  clock: Clock;
  /** The clock behind it, which receivers live by. */
  realClock: Clock;
  faults: OwnFaults;
  webhooks: Webhooks;
  sent: SentWebhooks;
  underWay: UnderWay;
}

const DELIVERY_FAULTS = ["webhook-lost", "webhook-doubled", "webhook-out-of-order", "webhook-badly-signed"] as const;
/** How long one waits for another to overtake it. */
const OVERTAKEN_MS = 60_000;
/** Older than receivers may accept. */
const OLD_S = 360;

const BADLY: Readonly<Record<BadSignature, WebhookOptions>> = {
  "wrong-key": { badSignature: true },
  "expired-key": { expiredKey: true },
  "unknown-key": { unknownKey: true },
  "altered-body": { otherBody: true },
  old: { ageS: OLD_S },
  unsigned: { unsigned: true },
};

export function createNotifier({ clock, realClock, faults, webhooks, sent, underWay }: NotifierDeps): Notifier {
  const closing = new AbortController();
  /** One of each aggregator at most: what ends its wait. */
  const overtaken = new Map<Imitated, AbortController>();

  /** False when the sandbox was closed, or the wait was ended, before. */
  const waited = (ms: number, signal = closing.signal) =>
    delay(clock, ms, signal).then(
      () => true,
      () => false,
    );
  const sign = ({ provider, url, body }: Notice, options?: WebhookOptions) =>
    underWay.track(webhooks.sign(provider, url, body, options));

  const inTurn = createTurns({ clock: realClock, underWay });

  const notify: Notifier["notify"] = async (notice, tried) => {
    const { provider } = notice;
    const target = { ...notice, webhook: namesOf(notice) };
    const late = faults.take(["webhook-late"], target);
    if (late && !(await waited(late.ms))) return false;
    const kinds = overtaken.has(provider)
      ? DELIVERY_FAULTS.filter((kind) => kind !== "webhook-out-of-order")
      : DELIVERY_FAULTS;
    const fault = faults.take(kinds, target);
    const record = (outcome: Pick<SentWebhook, "status" | "problem">) =>
      sent.add({ ...entryOf(notice, clock), ...outcome, fault: fault?.kind ?? late?.kind ?? null });
    if (fault?.kind === "webhook-lost") {
      record({ status: null, problem: null });
      return true;
    }
    if (fault?.kind === "webhook-out-of-order") {
      const next = new AbortController();
      overtaken.set(provider, next);
      await waited(OVERTAKEN_MS, AbortSignal.any([closing.signal, next.signal]));
      overtaken.delete(provider);
      if (closing.signal.aborted) return false;
    }
    const options = fault?.kind === "webhook-badly-signed" ? BADLY[fault.how ?? "wrong-key"] : undefined;
    const deliver = (signing: () => Promise<SignedWebhook>) =>
      inTurn(async (done) => {
        const signed = await signing();
        const isOver = await webhooks.deliver(signed, (outcome) => {
          record(outcome);
          tried?.();
          overtaken.get(provider)?.abort();
          done();
        });
        return isOver && signed;
      });
    const signed = await deliver(() => sign(notice, options));
    if (!signed) return false;
    if (fault?.kind === "webhook-doubled") await deliver(async () => (fault.signedAgain ? sign(notice) : signed));
    return true;
  };

  return {
    notify,
    async sendOnce(notice, options) {
      const record = (outcome: Pick<SentWebhook, "status" | "problem">) =>
        sent.add({ ...entryOf(notice, clock), ...outcome, fault: null });
      try {
        const status = await webhooks.send(await sign(notice, options));
        record({ status, problem: null });
        return status;
      } catch (error) {
        record({ status: null, problem: String(error) });
        throw error;
      }
    },
    close: () => closing.abort(new Error("the sandbox is closed")),
  };
}

function namesOf({ body }: Notice): string[] {
  const { webhook_type, webhook_code } = body as Record<string, unknown>;
  return [webhook_type, webhook_code].filter((name) => typeof name === "string");
}

function entryOf({ provider, itemIds, url, body }: Notice, clock: Clock) {
  const { webhook_type: type = "", webhook_code: code = "" } = body as Record<string, unknown>;
  const { origin, pathname } = new URL(url);
  const names = { type: String(type), code: String(code) };
  return { provider, itemIds: [...itemIds], url: origin + pathname, ...names, at: clock.now() };
}
