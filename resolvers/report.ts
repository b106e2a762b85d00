import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { CreateReportInput, FilterReportInput, RefreshReportInput, ReportFilter } from "../schema/inputs.ts";
import { Item } from "../schema/item.ts";
import { PageArgs, ReportConnection } from "../schema/pagination.ts";
import { ReportPayload } from "../schema/payloads.ts";
import { PdfLink, Report, ReportSource } from "../schema/report.ts";
import { ReportContent } from "../schema/report-content.ts";
import { AuditCopy, Relay } from "../schema/shares.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { decodeIdOf } from "../src/ids.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import { sourceNoun } from "../src/reports/report-noun.ts";
import { excludedAccounts } from "./excluded-accounts.ts";
import { idParts, itemUuidsOf } from "./ids.ts";
import { reportContent } from "./merged-content.ts";
import { connection, pageSize } from "./paginate.ts";
import { reportCursor, reportCursorOf } from "./report-cursor.ts";
import { findOwnReport, nounOf, watchOwnReport } from "./reports.ts";
import { demandScope } from "./scopes.ts";
import { auditCopyOf, relayOf } from "./shares.ts";

/** Asset reports. */
@Resolver(() => Report)
export class ReportResolver {
  @Query(() => ReportConnection, { description: "Your asset reports, newest request first, removed ones included." })
  async reports(
    @Arg("filter", () => ReportFilter, { nullable: true, description: "Which reports." }) filter:
      | ReportFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<ReportConnection> {
    const first = pageSize(page);
    const after = reportCursor(page.after);
    const itemIds = itemUuidsOf("Item", "filter.itemIds", filter?.itemIds);
    const { clientReportId } = filter ?? {};
    if (clientReportId && /\p{Cc}/u.test(clientReportId)) {
      throw badInput("filter.clientReportId", clientReportId, "text without control characters");
    }
    const query = {
      statuses: filter?.statuses ?? undefined,
      origins: filter?.origins ?? undefined,
      clientReportId: clientReportId ?? undefined,
      itemIds: itemIds && [...itemIds],
    };
    const { reports, total, more } = await context.operations.listReports(context.viewer.id, query, { first, after });
    const nouns = await Promise.all(reports.map((report) => nounOf(context, report)));
    const placed = nouns.map((node, ordinal) => ({ node, group: node.requestedAt, key: node.id, ordinal }));
    return connection(placed, {
      hasPrevious: after !== null,
      hasNext: more,
      total,
      unavailable: [],
      cursorOf: ({ node }) => reportCursorOf(node),
    });
  }

  @Query(() => Report, { nullable: true, description: "One of your asset reports." })
  async report(
    @Arg("id", () => ID, { description: "The report's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Report> {
    return nounOf(context, await findOwnReport(context, idParts("Report", "id", id)[0]));
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description:
      "Asks for a report over items of one or several providers (scope reports:write). It comes back PENDING at once: subscribe to reportStatus.",
  })
  async createReport(
    @Arg("input", () => CreateReportInput, { description: "Items, days of history and what to print on it." })
    input: CreateReportInput,
    @Ctx() context: Context,
  ): Promise<ReportPayload> {
    demandScope(context, "reports:write");
    const itemIds = input.itemIds.map((id, index) => idParts("Item", `input.itemIds[${index}]`, id)[0]);
    const report = await context.operations.createReport(context.viewer.id, { ...input, itemIds });
    return { report: await nounOf(context, report) };
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description:
      "A new report with the newest data of another, which stays as it is (scope reports:write); of a relayed one too. It comes back PENDING: subscribe to reportStatus.",
  })
  async refreshReport(
    @Arg("input", () => RefreshReportInput, { description: "The report, and what shall be other in the new one." })
    input: RefreshReportInput,
    @Ctx() context: Context,
  ): Promise<ReportPayload> {
    demandScope(context, "reports:write");
    const [id] = idParts("Report", "input.id", input.id);
    const report = await context.operations.refreshReport(context.viewer.id, { ...input, id });
    return { report: await nounOf(context, report) };
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description:
      "A new report of the same data without some accounts (scope reports:write); the other stays as it is. It comes back PENDING: subscribe to reportStatus.",
  })
  async filterReport(
    @Arg("input", () => FilterReportInput, { description: "The report, and the accounts to leave out." })
    input: FilterReportInput,
    @Ctx() context: Context,
  ): Promise<ReportPayload> {
    demandScope(context, "reports:write");
    const [reportId] = idParts("Report", "input.id", input.id);
    const order = {
      reportId,
      excluded: excludedAccounts(input.excludeAccountIds),
      idempotencyKey: input.idempotencyKey ?? null,
    };
    const report = await context.operations.filterReport(context.viewer.id, order);
    return { report: await nounOf(context, report) };
  }

  @Mutation(() => ReportPayload, {
    nullable: true,
    description:
      "Removes it here and at every source (scope reports:write); nothing of its content stays. One opened from a share is only forgotten here.",
  })
  async removeReport(
    @Arg("id", () => ID, { description: "The report's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<ReportPayload> {
    demandScope(context, "reports:write");
    const report = await context.operations.removeReport(context.viewer.id, idParts("Report", "id", id)[0]);
    return { report: await nounOf(context, report) };
  }

  @Subscription(() => Report, {
    description:
      "The report as it stands, at once, then each change; completes when the report is READY, PARTIAL, FAILED or REMOVED.",
    subscribe: ({ args, context }: { args: { id?: string }; context: Context }) =>
      watchOwnReport(context, idParts("Report", "id", args.id ?? "")[0]),
  })
  reportStatus(@Root() report: Report, @Arg("id", () => ID, { description: "The report's id." }) _id: string): Report {
    return report;
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: "The report that this one refreshed or filtered, also once that is REMOVED; null for any other.",
  })
  async basedOn(@Root() { basedOnUuid }: Report, @Ctx() context: Context): Promise<Report | null> {
    const report = basedOnUuid === null ? null : await context.reports.report(basedOnUuid);
    return report && nounOf(context, report);
  }

  @FieldResolver(() => [ReportSource], { description: "One for each provider and each 99 items of it." })
  async sources(@Root() report: Report, @Ctx() context: Context): Promise<ReportSource[]> {
    const sources = await context.reports.sources(decodeIdOf("Report", report.id)?.[0] ?? "");
    return sources.map(sourceNoun);
  }

  @FieldResolver(() => [AuditCopy], {
    description: "The owner's ledger, ended ones included, in the order made; empty for a report opened from a share.",
  })
  async auditCopies(@Root() report: Report, @Ctx() context: Context): Promise<AuditCopy[]> {
    const shares = await context.reports.shares(decodeIdOf("Report", report.id)?.[0] ?? "");
    return shares.filter(({ kind }) => kind === "AUDIT_COPY").map((share) => auditCopyOf(context, share));
  }

  @FieldResolver(() => [Relay], {
    description: "The owner's ledger, ended ones included, in the order made; empty for a report opened from a share.",
  })
  async relays(@Root() report: Report, @Ctx() context: Context): Promise<Relay[]> {
    const shares = await context.reports.shares(decodeIdOf("Report", report.id)?.[0] ?? "");
    return shares.filter(({ kind }) => kind === "RELAY").map((share) => relayOf(context, share));
  }

  @FieldResolver(() => ReportContent, {
    nullable: true,
    description:
      "Null until READY or PARTIAL, and once REMOVED. Insights (name, category, merchant, location, payment) are fetched when the query selects them.",
  })
  content(
    @Root() report: Report,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportContent | null> {
    return reportContent(context, report, info);
  }
}

@Resolver(() => ReportSource)
export class ReportSourceResolver {
  @FieldResolver(() => PdfLink, {
    nullable: true,
    description: "A signed, expiring address of the provider's PDF; null until READY.",
  })
  async pdf(@Root() { id }: ReportSource, @Ctx() context: Context): Promise<PdfLink | null> {
    const source = await context.reports.source(decodeIdOf("ReportSource", id)?.[0] ?? "");
    return source && context.operations.pdfLink(source);
  }

  @FieldResolver(() => [Item], { description: "Those of its items that are still linked." })
  async items(@Root() source: ReportSource, @Ctx() context: Context): Promise<Item[]> {
    const rows = await Promise.all(source.itemIds.map((id) => context.loaders.item(decodeIdOf("Item", id)?.[0] ?? "")));
    return rows.flatMap((row) => (row ? [itemNoun(row)] : []));
  }
}
