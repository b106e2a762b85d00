import type { Unavailable } from "../../schema/errors.ts";
import { GatewayError } from "../errors.ts";
import { type Missing, unavailable } from "./unavailable.ts";

/** So many paths are written out; the rest is counted. */
const MOST_PATHS = 20;

/** Names the records that had to be left out of an answer, by their paths in it; null when there are none. */
export function leftOut(
  records: readonly { path: string; problem: string }[],
  origin: { endpoint: string; requestId: string | null },
  missing: Missing,
): Unavailable | null {
  if (records.length === 0) return null;
  const paths = records.slice(0, MOST_PATHS).map(({ path, problem }) => `${path} (${problem})`);
  if (records.length > MOST_PATHS) paths.push(`and ${records.length - MOST_PATHS} more`);
  const message = `Records that cannot be read are left out of the answer of ${origin.endpoint}: ${paths.join(", ")}.`;
  const upstream = { provider: missing.provider, requestId: origin.requestId };
  return unavailable(new GatewayError("PROVIDER_BAD_RESPONSE", message, { upstream }), missing);
}
