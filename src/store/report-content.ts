import type { Insertable, Selectable } from "kysely";
import type { StoredError } from "../errors/stored-error.ts";
import type { PageKind, ReportHeadTable, ReportPageTable } from "./database.ts";
import type { Db } from "./store.ts";

/** Keeps a source's content, in place of an earlier one. */
export async function storeContent(
  db: Db,
  head: Insertable<ReportHeadTable>,
  pages: Insertable<ReportPageTable>[],
): Promise<void> {
  await removeContent(db, [head.source_id]);
  await db.insertInto("report_head").values(head).execute();
  for (let start = 0; start < pages.length; start += ROWS_A_STATEMENT) {
    await db
      .insertInto("report_page")
      .values(pages.slice(start, start + ROWS_A_STATEMENT))
      .execute();
  }
}

/** Copies a source's content to another, page by page; `reseal` gives a sealed part its new place, which `field` names. */
export async function copyContent(
  db: Db,
  fromId: string,
  toId: string,
  reseal: (sealed: Buffer, field: string) => Buffer,
): Promise<void> {
  const [head] = await findHeads(db, [fromId]);
  if (!head) throw new Error(`Source ${fromId} has no content to copy.`);
  await removeContent(db, [toId]);
  await db
    .insertInto("report_head")
    .values({ ...head, source_id: toId, head_sealed: reseal(head.head_sealed, "head") })
    .execute();
  const keys = await db
    .selectFrom("report_page")
    .select(["account", "kind", "page"])
    .where("source_id", "=", fromId)
    .execute();
  for (const { account, kind, page } of keys) {
    const { page_sealed } = await db
      .selectFrom("report_page")
      .select("page_sealed")
      .where("source_id", "=", fromId)
      .where("account", "=", account)
      .where("kind", "=", kind)
      .where("page", "=", page)
      .executeTakeFirstOrThrow();
    const sealed = reseal(page_sealed, `${kind}/${account}/${page}`);
    await db.insertInto("report_page").values({ source_id: toId, account, kind, page, page_sealed: sealed }).execute();
  }
}

/** Puts pages with insights in the place of those without. */
export async function storeInsights(db: Db, sourceId: string, pages: Insertable<ReportPageTable>[]): Promise<void> {
  for (const { account, kind, page, page_sealed } of pages) {
    await db
      .updateTable("report_page")
      .set({ page_sealed })
      .where("source_id", "=", sourceId)
      .where("account", "=", account)
      .where("kind", "=", kind)
      .where("page", "=", page)
      .execute();
  }
  await db.updateTable("report_head").set({ insights: true }).where("source_id", "=", sourceId).execute();
}

/** Remembers that the aggregator gives no insights of this report. */
export async function refuseInsights(db: Db, sourceId: string, error: StoredError): Promise<void> {
  await db.updateTable("report_head").set({ insights_error: error }).where("source_id", "=", sourceId).execute();
}

/** Leaves nothing of the sources' contents. */
export async function removeContent(db: Db, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await db.deleteFrom("report_page").where("source_id", "in", sourceIds).execute();
  await db.deleteFrom("report_head").where("source_id", "in", sourceIds).execute();
}

/** The heads of those sources that have one. */
export async function findHeads(db: Db, sourceIds: readonly string[]): Promise<Selectable<ReportHeadTable>[]> {
  if (sourceIds.length === 0) return [];
  return db.selectFrom("report_head").selectAll().where("source_id", "in", sourceIds).execute();
}

/** Some pages of one account's list, in order. */
export async function findPages(
  db: Db,
  where: { sourceId: string; account: number; kind: PageKind; from: number; to: number },
): Promise<Selectable<ReportPageTable>[]> {
  return db
    .selectFrom("report_page")
    .selectAll()
    .where("source_id", "=", where.sourceId)
    .where("account", "=", where.account)
    .where("kind", "=", where.kind)
    .where("page", ">=", where.from)
    .where("page", "<=", where.to)
    .orderBy("page")
    .execute();
}

/** PostgreSQL takes 65,535 parameters a statement. */
const ROWS_A_STATEMENT = 1_000;
