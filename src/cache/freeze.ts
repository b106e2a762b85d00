/** What an object or array takes beside its contents, and each slot in it, roughly, in bytes. */
const OBJECT_BYTES = 48;
const SLOT_BYTES = 16;

/**
 * Freezes plain data through and through, as all requests share it, and tells its size in memory, roughly, in bytes.
 * Without recursion: an upstream record may be nested as deep as its sender likes.
 */
export function freeze(data: unknown): number {
  let bytes = 0;
  const open: unknown[] = [data];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string") bytes += value.length;
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    const contents: unknown[] = Array.isArray(value) ? value : Object.values(value);
    bytes += OBJECT_BYTES + SLOT_BYTES * contents.length;
    for (const content of contents) open.push(content);
  }
  return bytes;
}
