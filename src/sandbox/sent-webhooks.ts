import type { WebhookFault } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import { createJournal, type Journal } from "./journal.ts";

/** One attempt to tell of something by webhook. */
export interface SentWebhook {
  provider: Imitated;
  type: string;
  code: string;
  /** The items that it concerns. */
  itemIds: string[];
  /** Without its query. */
  url: string;
  /** When, ms since the epoch. */
  at: number;
  /** What the receiver answered; null when it did not. */
  status: number | null;
  /** Why there was no answer; null also of one that was lost on purpose. */
  problem: string | null;
  /** What was scripted for it. */
  fault: WebhookFault["kind"] | null;
}

/** The webhooks sent, oldest first; bounded. */
export type SentWebhooks = Journal<SentWebhook>;

export const createSentWebhooks = (): SentWebhooks => createJournal();
