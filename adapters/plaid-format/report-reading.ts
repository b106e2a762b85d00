import type { Provider } from "../../schema/enums.ts";
import type { KeptItem, ReadReportOptions, ReportData } from "../adapter/reports.ts";
import type { Reading } from "../adapter.ts";
import type { HttpAnswer, LongList } from "../http.ts";
import type { Normalizers } from "./normalizers.ts";
import { reading } from "./reading.ts";
import { takenItems } from "./taken-items.ts";

/** The report that a call is answered with, its items read and kept one by one while it comes. */
export async function reportReading<Item extends KeptItem>(
  provider: Provider,
  normalize: Normalizers,
  begin: ReadReportOptions<Item>["begin"],
  ask: (items: LongList) => Promise<HttpAnswer>,
): Promise<Reading<ReportData<Item>>> {
  const items = takenItems(normalize.reportItem, begin);
  return reading(provider, await ask(items.list), (body, leftOut) => normalize.report(body, leftOut, items.find));
}
