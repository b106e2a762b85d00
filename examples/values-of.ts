/** What a client tells a subscriber by. */
export interface Sink<T> {
  next(value: T): void;
  error(error: unknown): void;
  complete(): void;
}

/**
 * The values of a subscription for a `for await`, so that each is handled before the next. Leaving the loop, or aborting, unsubscribes.
 * @throws what the subscription ends with.
 */
export async function* valuesOf<T>(
  subscribe: (sink: Sink<T>) => () => void,
  signal?: AbortSignal,
): AsyncGenerator<T, void, void> {
  const waiting: T[] = [];
  let end: { error?: unknown } | null = signal?.aborted ? {} : null;
  let wake = () => {};
  const finish = (how: { error?: unknown }) => {
    end ??= how;
    wake();
  };
  const abort = () => finish({});
  signal?.addEventListener("abort", abort);
  const unsubscribe = subscribe({
    next(value) {
      waiting.push(value);
      wake();
    },
    error: (error) => finish({ error }),
    complete: () => finish({}),
  });
  try {
    while (!signal?.aborted) {
      if (waiting.length > 0) yield waiting.shift() as T;
      else if (end === null)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      else if ("error" in end) throw end.error;
      else return;
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    unsubscribe();
  }
}
