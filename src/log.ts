import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import { redact } from "./log/redact.ts";
import { scrubText } from "./log/scrub-text.ts";

/** Structured JSON log; secrets are redacted by its serializers. */
export type Log = Logger;

/** How much is logged, and where to. */
export interface LogOptions {
  /** fatal, error, warn, info, debug, trace or silent. */
  level: string;
  /** Takes one JSON line a call; standard output unless given. */
  stream?: DestinationStream;
}

/**
 * The process's log: one JSON object a line. What is logged is copied by `redact` first (secret fields by name, at any
 * depth; error causes; bounded), children's bindings too, and each finished line passes `scrubText` (tokens by look).
 */
export function createLog({ level, stream }: LogOptions): Log {
  const log: Log = pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      // pino's own would take the description apart again
      serializers: { err: (described: unknown) => described },
      hooks: {
        logMethod(args, method) {
          const [first, ...others] = args; // what fills the message's %o and %j
          method.apply(this, [first, ...others.map((value) => redact({ value }).value)] as typeof args);
        },
        streamWrite: scrubText,
      },
    },
    stream ?? pino.destination({ fd: 1, sync: true }),
  );
  // pino keeps its formatters from the bindings of children, so they are redacted on their way in.
  const child = log.child;
  log.child = function redactedChild(this: Log, bindings: Parameters<Log["child"]>[0], options) {
    return child.call(this, redact(bindings), options);
  } as Log["child"];
  return log;
}
