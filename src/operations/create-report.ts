import { createHash, randomUUID } from "node:crypto";
import type { ReportUserRecord } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import type { CreateReportInput, ReportUserInput } from "../../schema/inputs.ts";
import { isoNow } from "../clock.ts";
import { badInput, GatewayError } from "../errors.ts";
import { decodeIdOf } from "../ids.ts";
import { claim } from "../store/idempotency.ts";
import { listItems, type StoredItem } from "../store/items.ts";
import { insertSources } from "../store/report-sources.ts";
import { findReport, insertReport, type StoredReport } from "../store/reports.ts";
import type { OperationDeps } from "./deps.ts";

/** Most items of one upstream report, as both aggregators publish. */
const ITEMS_A_SOURCE = 99;
const MOST_DAYS = 731;
const MOST_ITEMS = 990;
const LONGEST_TEXT = 255;
const SSN = /^\d{3}-\d{2}-\d{4}$/;

/**
 * Commits a report, one source for each aggregator and each 99 items of it, and the durable jobs that send them; returns it
 * PENDING without waiting upstream.
 * @throws GatewayError BAD_USER_INPUT, NOT_FOUND (an item that is not the viewer's), PRODUCT_UNSUPPORTED, CONFLICT (idempotency key).
 */
export async function createReport(
  deps: OperationDeps,
  viewer: string,
  input: CreateReportInput,
): Promise<StoredReport> {
  checkInput(input);
  const items = await chosenItems(deps, viewer, input.itemIds);
  const groups = groupBySource(deps, items);
  const id = randomUUID();
  const now = isoNow(deps.clock);

  return deps.store.transaction(async (tx) => {
    if (input.idempotencyKey) {
      const claimed = await claim(tx.db, {
        viewer,
        key: input.idempotencyKey,
        inputSha256: fingerprint(input),
        resultId: id,
        now,
      });
      if (claimed.kind === "conflict") {
        throw new GatewayError(
          "CONFLICT",
          "input.idempotencyKey: this key was used with other input within 24 hours. Use a new key for a new report.",
          { field: "input.idempotencyKey" },
        );
      }
      if (claimed.kind === "same") return existing(await findReport(tx.db, viewer, claimed.resultId));
    }
    const report: StoredReport = {
      id,
      viewer,
      status: "PENDING",
      origin: "CREATED",
      days_requested: input.daysRequested,
      client_report_id: input.clientReportId || null,
      user_sealed: input.user
        ? deps.vault.seal(JSON.stringify(userRecord(input.user)), { viewer, row: id, field: "user" })
        : null,
      requested_at: now,
      ready_at: null,
    };
    await insertReport(tx.db, report);
    const sources = groups.map((group, ordinal) => ({
      id: randomUUID(),
      report_id: id,
      viewer,
      provider: group.provider,
      ordinal,
      state: "QUEUED" as const,
      items: group.items.map((item) => ({
        id: item.id,
        remoteId: item.remote_id,
        institutionName: item.description.institutionName,
      })),
    }));
    await insertSources(tx.db, sources);
    for (const source of sources) await deps.jobs.send(tx, "send-report-source", { sourceId: source.id });
    return report;
  });
}

function checkInput(input: CreateReportInput): void {
  const { itemIds, daysRequested, user } = input;
  if (itemIds.length === 0 || itemIds.length > MOST_ITEMS) {
    throw badInput("input.itemIds", `${itemIds.length} ids`, `1 to ${MOST_ITEMS} item ids`);
  }
  if (daysRequested < 0 || daysRequested > MOST_DAYS)
    throw badInput("input.daysRequested", daysRequested, `0 to ${MOST_DAYS}`);
  const texts = {
    "input.clientReportId": input.clientReportId,
    "input.idempotencyKey": input.idempotencyKey,
    ...userTexts(user),
  };
  for (const [field, text] of Object.entries(texts)) {
    if (text && text.length > LONGEST_TEXT)
      throw badInput(field, `${text.length} characters`, `at most ${LONGEST_TEXT}`);
  }
  // never shown back: an SSN does not belong in an answer or a log
  if (user?.ssn && !SSN.test(user.ssn)) throw badInput("input.user.ssn", "another format", "ddd-dd-dddd");
}

function userTexts(user: ReportUserInput | null | undefined): Record<string, string | null | undefined> {
  return Object.fromEntries(Object.entries(user ?? {}).map(([field, value]) => [`input.user.${field}`, value]));
}

async function chosenItems(deps: OperationDeps, viewer: string, ids: readonly string[]): Promise<StoredItem[]> {
  const items = new Map((await listItems(deps.store.db, viewer)).map((item) => [item.id, item]));
  const chosen = new Map<string, StoredItem>();
  for (const [index, id] of ids.entries()) {
    const uuid = decodeIdOf("Item", id)?.[0];
    if (uuid === undefined) throw badInput(`input.itemIds[${index}]`, id, "the id of an Item");
    const item = items.get(uuid);
    if (!item)
      throw new GatewayError("NOT_FOUND", `input.itemIds[${index}]: there is no such item.`, {
        field: `input.itemIds[${index}]`,
      });
    chosen.set(uuid, item);
  }
  return [...chosen.values()];
}

function groupBySource(
  deps: OperationDeps,
  items: readonly StoredItem[],
): { provider: Provider; items: StoredItem[] }[] {
  const groups: { provider: Provider; items: StoredItem[] }[] = [];
  for (const provider of new Set(items.map((item) => item.provider))) {
    if (!deps.adapters.get(provider)?.createReport) {
      throw new GatewayError(
        "PRODUCT_UNSUPPORTED",
        `input.itemIds: ${provider} is not configured or makes no asset reports. Leave its items out.`,
        { field: "input.itemIds" },
      );
    }
    const own = items.filter((item) => item.provider === provider);
    for (let start = 0; start < own.length; start += ITEMS_A_SOURCE) {
      groups.push({ provider, items: own.slice(start, start + ITEMS_A_SOURCE) });
    }
  }
  return groups;
}

/** The same for the same request, whatever the order of its items. */
function fingerprint(input: CreateReportInput): string {
  const { itemIds, daysRequested, clientReportId, user } = input;
  const said = [
    "createReport",
    [...new Set(itemIds)].sort(),
    daysRequested,
    clientReportId || null,
    user ? userRecord(user) : null,
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

function userRecord(user: ReportUserInput): ReportUserRecord {
  return {
    clientUserId: user.clientUserId || null,
    firstName: user.firstName || null,
    middleName: user.middleName || null,
    lastName: user.lastName || null,
    ssn: user.ssn || null,
    phoneNumber: user.phoneNumber || null,
    email: user.email || null,
  };
}

function existing(report: StoredReport | null): StoredReport {
  if (report) return report;
  throw new GatewayError("INTERNAL_SERVER_ERROR", "The report of this idempotency key is missing.");
}
