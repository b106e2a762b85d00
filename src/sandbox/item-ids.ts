import type { Aggregator } from "./aggregator.ts";
import type { Core } from "./endpoints.ts";

/** Ids of the items that a request is about: by access token, by the list of a new report, or by its report's token. */
export function itemIdsOf(
  { items, reports }: Core,
  aggregator: Aggregator,
  body: Record<string, unknown>,
  accessToken: unknown,
): string[] {
  const tokens = [accessToken, ...(Array.isArray(body.access_tokens) ? body.access_tokens : [])];
  const direct = tokens.flatMap((token) => items.find(aggregator, token)?.itemId ?? []);
  return [...direct, ...(reports.find(aggregator, body.asset_report_token)?.itemIds ?? [])];
}
