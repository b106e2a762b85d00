import { type Insertable, type Selectable, sql } from "kysely";
import type { ReportOrigin, ReportStatus } from "../../schema/enums.ts";
import type { ReportTable } from "./database.ts";
import type { Db } from "./store.ts";

/** A report's row. */
export type StoredReport = Selectable<ReportTable>;

/** What `listReports` narrows to; an absent list does not filter, an empty one matches nothing. */
export interface ReportQuery {
  statuses?: readonly ReportStatus[] | undefined;
  origins?: readonly ReportOrigin[] | undefined;
  clientReportId?: string | undefined;
  /** Uuids: reports that were asked for any of these items. */
  itemIds?: readonly string[] | undefined;
}

/** Where a page begins: after the report requested then, with that uuid. */
export interface ReportCursor {
  requestedAt: string;
  id: string;
}

/** Which page of reports. */
export interface ReportPage {
  first: number;
  after: ReportCursor | null;
}

export async function insertReport(db: Db, row: Insertable<ReportTable>): Promise<void> {
  await db.insertInto("report").values(row).execute();
}

/** The viewer's report; null when there is none or it is another's. */
export async function findReport(db: Db, viewer: string, id: string): Promise<StoredReport | null> {
  const row = await db
    .selectFrom("report")
    .selectAll()
    .where("viewer", "=", viewer)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Locks the report until the transaction ends: every change of it or its sources begins here. */
export async function lockReport(db: Db, id: string): Promise<StoredReport | null> {
  const row = await db.selectFrom("report").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row ?? null;
}

export async function updateReport(
  db: Db,
  id: string,
  change: { status?: ReportStatus; ready_at?: string; user_sealed?: null; days_requested?: number | null },
): Promise<void> {
  await db.updateTable("report").set(change).where("id", "=", id).execute();
}

/** Deletes a report that was inserted in the same transaction and came to nothing. */
export async function deleteReport(db: Db, id: string): Promise<void> {
  await db.deleteFrom("report").where("id", "=", id).execute();
}

/** One page of the viewer's reports, newest request first. */
export async function listReports(
  db: Db,
  viewer: string,
  query: ReportQuery,
  page: ReportPage,
): Promise<StoredReport[]> {
  let select = matching(db, viewer, query).selectAll("report");
  const { after } = page;
  if (after) {
    select = select.where((eb) =>
      eb.or([
        eb("report.requested_at", "<", after.requestedAt),
        eb.and([eb("report.requested_at", "=", after.requestedAt), eb("report.id", "<", after.id)]),
      ]),
    );
  }
  return select.orderBy("report.requested_at", "desc").orderBy("report.id", "desc").limit(page.first).execute();
}

/** How many reports of the viewer match. */
export async function countReports(db: Db, viewer: string, query: ReportQuery): Promise<number> {
  const row = await matching(db, viewer, query)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function matching(db: Db, viewer: string, query: ReportQuery) {
  let select = db.selectFrom("report").where("report.viewer", "=", viewer);
  if (query.statuses) select = select.where("report.status", "in", noneIfEmpty(query.statuses));
  if (query.origins) select = select.where("report.origin", "in", noneIfEmpty(query.origins));
  if (query.clientReportId !== undefined) select = select.where("report.client_report_id", "=", query.clientReportId);
  const { itemIds } = query;
  if (itemIds) {
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom("report_source")
          .select("report_source.id")
          .whereRef("report_source.report_id", "=", "report.id")
          .where(
            sql<boolean>`exists (select 1 from jsonb_array_elements(report_source.items) asked where asked->>'id' = any(${[...itemIds]}::text[]))`,
          ),
      ),
    );
  }
  return select;
}

/** `in ()` is no SQL: an empty list becomes one that matches nothing. */
function noneIfEmpty<T extends string>(list: readonly T[]): readonly T[] {
  return list.length > 0 ? list : (["" as T] as const);
}
