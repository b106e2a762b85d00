import { isError } from "./is-error.ts";

/**
 * The fields of errors that the log shows besides name, message and stack: a closed list, for HTTP errors carry the whole
 * request with its headers and body. `options` are a GatewayError's.
 */
const SHOWN = ["code", "errno", "syscall", "address", "port", "statusCode", "severity", "table", "constraint"] as const;
const SHOWN_OPTIONS = ["upstream", "retryAt", "field", "limit"] as const;

const MOST_CAUSES = 10;

/** An error as plain data, with its chain of causes in one list, the nearest first. */
export function describeError(error: Error): Record<string, unknown> {
  const causes: Record<string, unknown>[] = [];
  const seen = new Set<unknown>([error]);
  let queue = causesOf(error);
  while (queue.length > 0 && causes.length < MOST_CAUSES) {
    const [cause, ...rest] = queue;
    queue = rest;
    if (seen.has(cause)) continue;
    seen.add(cause);
    if (isError(cause)) {
      causes.push(describeOne(cause));
      queue = [...causesOf(cause), ...queue];
    } else {
      causes.push({ type: typeof cause, message: typeof cause === "string" ? cause : "not an Error" });
    }
  }
  return { ...describeOne(error), causes: causes.length > 0 ? causes : undefined };
}

function describeOne(error: Error): Record<string, unknown> {
  const fields = error as unknown as Record<string, unknown>;
  const described: Record<string, unknown> = { type: error.name, message: error.message, stack: error.stack };
  for (const name of SHOWN) described[name] = fields[name];
  const options = fields.options as Record<string, unknown> | undefined;
  if (error.name === "GatewayError" && options) {
    for (const name of SHOWN_OPTIONS) described[name] = options[name];
  }
  return described;
}

function causesOf(error: Error): unknown[] {
  const several = "errors" in error && Array.isArray(error.errors) ? error.errors : [];
  return error.cause === undefined ? several : [error.cause, ...several];
}
