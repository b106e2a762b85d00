import { z } from "zod";

/** Plain JSON that cannot be read: each key at fault, a line each. */
export class PlainError extends Error {
  override readonly name = "PlainError";
}

/**
 * What `value` says by this schema.
 * @param from where it comes from, in front of each key: a file's path, say; "" for none
 * @throws PlainError naming every key at fault.
 */
export function readPlain<S extends z.ZodType>(schema: S, value: unknown, from = ""): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) =>
    [from, z.core.toDotPath(path), message].filter(Boolean).join(": "),
  );
  throw new PlainError(lines.join("\n"));
}
