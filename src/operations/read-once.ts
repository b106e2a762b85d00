import DataLoader from "dataloader";

/**
 * `read`, once for all who ask for the same key in one turn of the event loop: as those do whom one wake-up woke. A read is never joined
 * once it has begun: it would not see what its joiner was woken for.
 */
export function readOnce<Key extends object, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const loader = new DataLoader<Key, Value>(
    (keys) => {
      const reads = new Map<string, Promise<Value | Error>>();
      return Promise.all(
        keys.map((key) => {
          const name = JSON.stringify(key);
          const begun =
            reads.get(name) ??
            read(key).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
          reads.set(name, begun);
          return begun;
        }),
      );
    },
    { cache: false },
  );
  return (key) => loader.load(key);
}
