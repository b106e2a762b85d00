import type { ReportUserRecord } from "../../adapters/adapter/reports.ts";
import type { CreateReportInput, RefreshReportInput, ReportUserInput } from "../../schema/inputs.ts";
import { badInput } from "../errors.ts";
import type { RefreshOrder } from "./refresh-report.ts";

/** A report as it is asked for: checked, empty texts null, each item once. */
export interface ReportOrder {
  /** Our uuids. */
  itemIds: string[];
  /** 0 to 731. */
  daysRequested: number;
  clientReportId: string | null;
  user: ReportUserRecord | null;
  idempotencyKey: string | null;
}

/** Most days of history: the schema's limit, which both aggregators publish. */
const MOST_DAYS = 731;
const MOST_ITEMS = 990;
const LONGEST_TEXT = 255;
const SSN = /^\d{3}-\d{2}-\d{4}$/;

/** The order that an input makes, whose item ids are our uuids. @throws GatewayError BAD_USER_INPUT naming the field and the limit. */
export function reportOrder(input: CreateReportInput): ReportOrder {
  const { itemIds, daysRequested, user } = input;
  if (itemIds.length === 0 || itemIds.length > MOST_ITEMS) {
    throw badInput("input.itemIds", `${itemIds.length} ids`, `1 to ${MOST_ITEMS} item ids`);
  }
  checkDays(daysRequested);
  const clientReportId = text("input.clientReportId", input.clientReportId);
  return {
    itemIds: [...new Set(itemIds)],
    daysRequested,
    clientReportId,
    user: user ? reportUser(user) : null,
    idempotencyKey: idempotencyKeyOf(input),
  };
}

/** The order that an input makes of a refresh. @throws GatewayError BAD_USER_INPUT naming the field and the limit. */
export function refreshOrder(reportId: string, input: Omit<RefreshReportInput, "id">): RefreshOrder {
  const { daysRequested, user } = input;
  if (typeof daysRequested === "number") checkDays(daysRequested);
  const told = user && reportUser(user);
  return {
    reportId,
    daysRequested: daysRequested ?? undefined,
    clientReportId: kept(input.clientReportId, text("input.clientReportId", input.clientReportId)),
    user: told
      ? (Object.fromEntries(
          Object.entries(told).filter(([name]) => isGiven(user[name as keyof ReportUserInput])),
        ) as Partial<ReportUserRecord>)
      : undefined,
    idempotencyKey: idempotencyKeyOf(input),
  };
}

/** What is absent or null stays as it was. */
function kept<T>(given: unknown, read: T): T | undefined {
  return isGiven(given) ? read : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The key of a mutation that may be resent. @throws GatewayError BAD_USER_INPUT. */
export function idempotencyKeyOf({ idempotencyKey }: { idempotencyKey?: string | null }): string | null {
  if (idempotencyKey === "") throw badInput("input.idempotencyKey", "", `1 to ${LONGEST_TEXT} characters`);
  return text("input.idempotencyKey", idempotencyKey);
}

function checkDays(days: number): void {
  if (days < 0 || days > MOST_DAYS) throw badInput("input.daysRequested", days, `0 to ${MOST_DAYS}`);
}

function reportUser(user: ReportUserInput): ReportUserRecord {
  const ssn = text("input.user.ssn", user.ssn);
  // never shown back: an SSN does not belong in an answer or a log
  if (ssn !== null && !SSN.test(ssn)) throw badInput("input.user.ssn", "another format", "ddd-dd-dddd");
  return {
    clientUserId: text("input.user.clientUserId", user.clientUserId),
    firstName: text("input.user.firstName", user.firstName),
    middleName: text("input.user.middleName", user.middleName),
    lastName: text("input.user.lastName", user.lastName),
    ssn,
    phoneNumber: text("input.user.phoneNumber", user.phoneNumber),
    email: text("input.user.email", user.email),
  };
}

/** A text that a database and an aggregator can take; null when there is none. The value is not shown: it may be a person's. */
function text(field: string, value: string | null | undefined): string | null {
  if (!value) return null;
  if (value.length > LONGEST_TEXT) throw badInput(field, `${value.length} characters`, `at most ${LONGEST_TEXT}`);
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) {
    throw badInput(field, "control characters", "text without control characters");
  }
  return value;
}
