import type { ErrorCode } from "../../schema/enums.ts";
import { GatewayError } from "../../src/errors.ts";

/** Removing what the aggregator no longer knows has succeeded; it must have said so by a code of its own. */
export async function unlessGone(removal: Promise<unknown>, gone: ErrorCode): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const known = error instanceof GatewayError && error.code === gone && error.options.upstream?.errorCode;
    if (!known) throw error;
  }
}
