import { sql } from "kysely";
import type { Store } from "../../src/store/store.ts";

/** The tables, in every schema, in which one of the texts stands in some row; bytes are looked for as lower-case hex. */
export async function tablesWith({ db }: Store, texts: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(db);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql<{
      text: string;
    }>`select t::text as text from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    if (rows.some(({ text }) => texts.some((wanted) => text.includes(wanted)))) found.push(`${schema}.${name}`);
  }
  return found;
}
