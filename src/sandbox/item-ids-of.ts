import type { Core } from "./endpoints.ts";
import type { Imitated } from "./imitated.ts";

/** Ids of the items that a request is about: by access token, by the list of a new report, or by its report's token. */
export function itemIdsOf(
  { items, reports }: Core,
  provider: Imitated,
  body: Record<string, unknown>,
  accessToken: unknown,
): string[] {
  const tokens = [accessToken, ...(Array.isArray(body.access_tokens) ? body.access_tokens : [])];
  const direct = tokens.flatMap((token) => items.find(provider, token)?.itemId ?? []);
  return [...direct, ...(reports.find(provider, body.asset_report_token)?.itemIds ?? [])];
}
