import { isError } from "../../log/is-error.ts";

/** What one check found. */
export interface Finding {
  /** What was looked at: "database". */
  check: string;
  /** A note does not keep the gateway from working. */
  state: "ok" | "note" | "fault";
  /** What was found, as a sentence. */
  says: string;
  /** What to do about it, as a sentence. */
  mend?: string;
}

/** An error in a few words: those of what is behind it, where it has none of its own. */
export function wordsOf(error: unknown): string {
  if (!isError(error)) return String(error);
  const behind: unknown = "errors" in error && Array.isArray(error.errors) ? error.errors[0] : error.cause;
  return behind && (error.message === "" || error.message === "fetch failed") ? wordsOf(behind) : error.message;
}
