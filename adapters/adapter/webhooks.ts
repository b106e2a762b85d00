/** An aggregator's webhooks, as the gateway sees them. */
import type { EventType } from "../../schema/enums.ts";
import type { GatewayError } from "../../src/errors.ts";
import type { Call } from "../adapter.ts";

/** A webhook as it came over HTTP. */
export interface Delivery {
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's exact bytes. */
  body: Buffer;
}

/** What a webhook is about, as far as its body tells. It only triggers a look: nothing it claims is believed. */
export interface WebhookNotice {
  /** As worded by the aggregator, e.g. "ASSETS". */
  type: string;
  /** e.g. "PRODUCT_READY". */
  code: string;
  remoteItemId: string | null;
  /** The asset_report_id. */
  remoteReportId: string | null;
  /** What it tells, in our words; null when that shows elsewhere: a report's own events follow from the look at the report. */
  event: EventType | null;
  /** The person took back a part of the access: what was read before may hold what may not be shown any more. */
  accessReduced: boolean;
  /** What it says is wrong with the item, mapped to our codes. */
  error: GatewayError | null;
  /** Records that the aggregator counted. */
  newCount: number | null;
  updatedCount: number | null;
  removedCount: number | null;
  /** Accounts verified, or with new or changed liabilities. */
  remoteAccountIds: string[];
  /** Transactions removed. */
  remoteTransactionIds: string[];
  /** When the person's consent ends. */
  consentExpiresAt: string | null;
  /** Where the aggregator will send the item's webhooks from now on. */
  newWebhookUrl: string | null;
}

/** Signed webhooks of one aggregator. */
export interface Webhooks {
  /**
   * Checks algorithm, key, signature, age (-300 s to +60 s) and body hash; returns the SHA-256 (hex) of the signature JWT,
   * which tells one delivery from another.
   * @throws GatewayError UNAUTHENTICATED when it is not genuine; PROVIDER_UNAVAILABLE when the key could not be fetched now.
   */
  verify(delivery: Delivery, call: Call): Promise<string>;
  /** Reads the body. @throws GatewayError BAD_USER_INPUT when it is no webhook of this aggregator. */
  parse(body: Buffer): WebhookNotice;
}
