/** What opens a link flow, as adapters are asked for it and give it. */
import type { Product } from "../../schema/enums.ts";

/** What a link flow is opened for. */
export interface LinkTokenRequest {
  /** Tells the person from others, and is nobody's name or address. */
  userId: string;
  clientName: string;
  /** ISO 639-1. */
  language: string;
  countryCodes: readonly string[];
  /** Of `linkProducts`; those that an item has already when it is to be repaired. */
  products: readonly Product[];
  redirectUri: string | null;
  /** Where the aggregator sends the new item's webhooks. */
  webhook: string | null;
  /** The access token, in clear, of the item to repair; null for a new item. */
  token: string | null;
  /** Whether the aggregator's own page for the flow is wanted, where it has one. */
  hosted: boolean;
}

/** What opens a link flow in the front end. */
export interface LinkToken {
  linkToken: string;
  expiresAt: string;
  /** The aggregator's own page for it, where it was wanted and there is one. */
  hostedLinkUrl: string | null;
}
