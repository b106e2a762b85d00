import { Readable } from "node:stream";
import type { Provider } from "../schema/enums.ts";
import type { Clock } from "../src/clock.ts";
import { GatewayError } from "../src/errors.ts";
import type { Standing } from "./breaker.ts";
import type { RawStream } from "./connection.ts";

/** How a file is watched while it comes. */
export interface BoundedStreamOptions {
  provider: Provider;
  /** Whose file it is, for errors: aggregator and endpoint. */
  what: string;
  clock: Clock;
  /** The call's: once it has aborted, whatever breaks is its doing. */
  signal: AbortSignal;
  /** Hears how it ended, null when the file came whole, and what that tells of the aggregator. */
  ended(error: GatewayError | null, standing: Standing): void;
}

/** The largest file, bytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** An aggregator that sends nothing for so long, ms, while it is waited for, is given up. */
const SILENCE_MS = 15_000;

/**
 * A file as it comes from an aggregator, no faster than it is read. It ends in an error unless all of it came: after a silence, beyond
 * the size limit, when the connection breaks.
 */
export function boundedStream(raw: RawStream, options: BoundedStreamOptions): Readable {
  return Readable.from(bounded(raw, options), { objectMode: false });
}

async function* bounded(
  { chunks, end }: RawStream,
  { provider, what, clock, signal, ended }: BoundedStreamOptions,
): AsyncGenerator<Buffer, void, void> {
  const fail = (code: "PROVIDER_BAD_RESPONSE" | "PROVIDER_TIMEOUT", how: string) =>
    new GatewayError(code, `${what}: ${how}.`, { upstream: { provider } });
  const next = async () => {
    try {
      return await inTime(clock, chunks.next(), () => fail("PROVIDER_TIMEOUT", "the file stopped"));
    } catch (thrown) {
      if (signal.aborted) throw left;
      standing = "failing";
      throw thrown instanceof GatewayError ? thrown : fail("PROVIDER_BAD_RESPONSE", "the file was cut off");
    }
  };
  const left = fail("PROVIDER_TIMEOUT", "its reader left before its end");
  let error: GatewayError | null = left;
  let standing: Standing = "unknown";
  let size = 0;
  try {
    for (let { done, value } = await next(); !done; { done, value } = await next()) {
      size += value.length;
      if (size > MAX_BYTES) {
        standing = "alive";
        throw fail("PROVIDER_BAD_RESPONSE", `the file has more than ${MAX_BYTES} bytes`);
      }
      yield value;
    }
    standing = "alive";
    error = null;
  } catch (thrown) {
    if (thrown instanceof GatewayError) error = thrown; // anything else is a reader that breaks off
    throw error;
  } finally {
    ended(error, standing);
    end();
  }
}

function inTime<T>(clock: Clock, next: Promise<T>, tooLate: () => GatewayError): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(SILENCE_MS, () => reject(tooLate()));
    next.then(resolve, reject).finally(cancel);
  });
}
