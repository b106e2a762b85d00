import { sql } from "kysely";
import type { Db } from "./store.ts";

/**
 * How each wake-up topic stands, in one query: a feed's newest cursor, the states of a report's sources. What shows of a version never comes back once
 * it has been left. Topics are those of `eventsTopic` and `reportTopic`; one that has nothing yet, or nothing any more, is left out.
 */
export async function topicVersions(db: Db, topics: readonly string[]): Promise<Map<string, string>> {
  const after = (prefix: string) =>
    topics.flatMap((topic) => (topic.startsWith(prefix) ? topic.slice(prefix.length) : []));
  const { rows } = await sql<{ topic: string; version: string }>`
    select 'events:' || viewer as topic, n::text as version from viewer_cursor where viewer = any(${after("events:")}::text[])
    union all
    select 'report:' || report_id, string_agg(state, ',' order by ordinal) from report_source
    where report_id = any(${after("report:")}::uuid[]) group by report_id`.execute(db);
  return new Map(rows.map(({ topic, version }) => [topic, version]));
}
