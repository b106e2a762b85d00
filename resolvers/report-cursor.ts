import type { Report } from "../schema/report.ts";
import { badInput } from "../src/errors.ts";
import { decodeCursor, decodeIdOf, encodeCursor } from "../src/ids.ts";

const UUID = /^[0-9a-f-]{36}$/;

/** The cursor of a report in the list of reports. */
export function reportCursorOf(report: Report): string {
  return encodeCursor(report.requestedAt, decodeIdOf("Report", report.id)?.[0] ?? "");
}

/** Where the page begins. @throws GatewayError BAD_USER_INPUT for a cursor of another list. */
export function reportCursor(after: string | null | undefined): { requestedAt: string; id: string } | null {
  if (after === undefined || after === null) return null;
  const [requestedAt = "", id = ""] = decodeCursor(after, 2) ?? [];
  if (Number.isNaN(Date.parse(requestedAt)) || !UUID.test(id)) throw badInput("after", after, "a cursor of this list");
  return { requestedAt, id };
}
