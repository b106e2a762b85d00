import { GatewayError } from "../../src/errors.ts";
import type { KeptItem, ReadReportOptions, ReportItemRecord } from "../adapter/reports.ts";
import type { LeftOut } from "../adapter.ts";
import type { LongList } from "../http.ts";
import { note, raw, required } from "../records.ts";
import type { ReadRecord } from "./normalizers.ts";

/** What was made of a report's items while they came. */
interface TakenItems<Item> {
  /** Takes them out of the answer: 99 items with two years of transactions are 40 to 130 MB. */
  list: LongList;
  /** What was made of the item that was taken out there. @throws GatewayError when it is to be left out. */
  find: ReadRecord<Item>;
}

/** An item as it was kept, or why it is left out. */
type Taken<Item> = { item: Item; leftOut: LeftOut[] } | { error: GatewayError };

/** Normalises a report's items one by one, and has each kept before the next comes. */
export function takenItems<Item extends KeptItem>(
  normalize: ReadRecord<ReportItemRecord>,
  begin: ReadReportOptions<Item>["begin"],
): TakenItems<Item> {
  let taken: Taken<Item>[] = [];

  function read(
    value: unknown,
    path: string,
  ): { record: ReportItemRecord; leftOut: LeftOut[] } | { error: GatewayError } {
    const leftOut: LeftOut[] = [];
    try {
      return { record: normalize(value, path, leftOut), leftOut };
    } catch (error) {
      if (!(error instanceof GatewayError) || error.options.field === undefined) throw error;
      return { error };
    }
  }

  return {
    list: {
      path: ["report", "items"],
      begin() {
        const keep = begin();
        taken = [];
        return async (value, number) => {
          const reading = read(value, `report.items[${number}]`);
          taken.push("error" in reading ? reading : { item: await keep(reading.record), leftOut: reading.leftOut });
        };
      },
    },
    find(value, path, leftOut) {
      const { taken: number } = raw<{ taken: number }>(value);
      const found = typeof number === "number" ? taken[number] : undefined;
      if (found && "error" in found) throw found.error;
      const { item, leftOut: ofItem } = required(found ?? null, value, path, "an item");
      for (const entry of ofItem) note(leftOut, entry);
      return item;
    },
  };
}
