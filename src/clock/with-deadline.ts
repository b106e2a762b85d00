import type { Clock } from "../clock.ts";
import { GatewayError } from "../errors.ts";

/**
 * Runs an upstream call under a deadline of its own: neither a client's cancellation nor an operation's deadline ends it, for
 * a write that was begun must be known to have ended. `signal`, where given, ends it too.
 * @throws GatewayError PROVIDER_TIMEOUT when `what` was not answered within `ms`.
 */
export async function withDeadline<T>(
  clock: Clock,
  { what, ms, signal }: { what: string; ms: number; signal?: AbortSignal | undefined },
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const cancel = clock.after(ms, () =>
    deadline.abort(new GatewayError("PROVIDER_TIMEOUT", `${what} was not answered within ${ms} ms.`)),
  );
  try {
    return await call(signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal);
  } finally {
    cancel();
  }
}
