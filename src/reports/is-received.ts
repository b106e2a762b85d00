import { RECEIVED, type StoredSource } from "../store/report-sources.ts";

/** Whether a source's upstream report is another's, who shared it: it can be read until its owner takes it back, and is theirs to remove. */
export function isReceived({ made_by }: Pick<StoredSource, "made_by">): boolean {
  return RECEIVED.includes(made_by);
}
