import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from "type-graphql";
import { CreateAuditCopyInput, CreateRelayInput } from "../schema/inputs.ts";
import { Report, ReportSource } from "../schema/report.ts";
import {
  AuditCopy,
  AuditCopyPayload,
  CreateAuditCopyPayload,
  CreateRelayPayload,
  Relay,
  RelayPayload,
} from "../schema/shares.ts";
import type { Context } from "../src/context.ts";
import { sourceNoun } from "../src/reports/report-noun.ts";
import { idParts, notFound } from "./ids.ts";
import { findOwnReport, nounOf } from "./reports.ts";
import { demandScope, withScope } from "./scopes.ts";
import { auditCopyOf, relayOf } from "./shares.ts";

/** Audit copies. */
@Resolver(() => AuditCopy)
export class AuditCopyResolver {
  @Mutation(() => CreateAuditCopyPayload, {
    nullable: true,
    description: "Shares a report with an auditor: one audit copy for each READY source (scope shares:write).",
  })
  async createAuditCopy(
    @Arg("input", () => CreateAuditCopyInput, { description: "What is shared, and with whom." })
    { reportId, sourceIds, auditorId }: CreateAuditCopyInput,
    @Ctx() context: Context,
  ): Promise<CreateAuditCopyPayload> {
    demandScope(context, "shares:write");
    const order = { kind: "AUDIT_COPY" as const, recipient: auditorId, ...sharedIds(reportId, sourceIds) };
    const { report, shares, unavailable } = await context.operations.shareReport(context.viewer.id, order);
    return {
      auditCopies: shares.map((share) => auditCopyOf(context, share)),
      report: await nounOf(context, report),
      unavailable,
    };
  }

  @Mutation(() => AuditCopyPayload, {
    nullable: true,
    description:
      "Ends an audit copy: its token opens nothing any more (scope shares:write). Ending it again changes nothing.",
  })
  async removeAuditCopy(
    @Arg("id", () => ID, { description: "The audit copy's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<AuditCopyPayload> {
    demandScope(context, "shares:write");
    const which = { kind: "AUDIT_COPY" as const, id: idParts("AuditCopy", "id", id)[0] };
    return { auditCopy: auditCopyOf(context, await context.operations.removeShare(context.viewer.id, which)) };
  }

  @FieldResolver(() => Report, { description: "The report that is shared." })
  report(@Root() share: AuditCopy, @Ctx() context: Context): Promise<Report> {
    return reportOf(context, share);
  }

  @FieldResolver(() => ReportSource, { description: "The source that is shared." })
  source(@Root() share: AuditCopy, @Ctx() context: Context): Promise<ReportSource> {
    return sourceOf(context, share);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Hand it to the auditor; shown to the owner only (scope shares:write). Null once the share has ended.",
  })
  auditCopyToken(@Root() share: AuditCopy, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): string | null {
    return withScope(context, info, "shares:write", share.readToken);
  }
}

/** Relays. */
@Resolver(() => Relay)
export class RelayResolver {
  @Mutation(() => CreateRelayPayload, {
    nullable: true,
    description:
      "Shares a report with a partner, who can refresh it: one relay for each READY source whose provider has relays (scope shares:write).",
  })
  async createRelay(
    @Arg("input", () => CreateRelayInput, { description: "What is shared, and with whom." })
    { reportId, sourceIds, secondaryClientId }: CreateRelayInput,
    @Ctx() context: Context,
  ): Promise<CreateRelayPayload> {
    demandScope(context, "shares:write");
    const order = { kind: "RELAY" as const, recipient: secondaryClientId, ...sharedIds(reportId, sourceIds) };
    const { report, shares, unavailable } = await context.operations.shareReport(context.viewer.id, order);
    return {
      relays: shares.map((share) => relayOf(context, share)),
      report: await nounOf(context, report),
      unavailable,
    };
  }

  @Mutation(() => RelayPayload, {
    nullable: true,
    description:
      "Ends a relay: its token opens nothing any more (scope shares:write). Ending it again changes nothing.",
  })
  async removeRelay(
    @Arg("id", () => ID, { description: "The relay's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<RelayPayload> {
    demandScope(context, "shares:write");
    const which = { kind: "RELAY" as const, id: idParts("Relay", "id", id)[0] };
    return { relay: relayOf(context, await context.operations.removeShare(context.viewer.id, which)) };
  }

  @FieldResolver(() => Report, { description: "The report that is shared." })
  report(@Root() share: Relay, @Ctx() context: Context): Promise<Report> {
    return reportOf(context, share);
  }

  @FieldResolver(() => ReportSource, { description: "The source that is shared." })
  source(@Root() share: Relay, @Ctx() context: Context): Promise<ReportSource> {
    return sourceOf(context, share);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Hand it to the partner, who alone can refresh it; shown to the owner only (scope shares:write). Null once the share has ended.",
  })
  relayToken(@Root() share: Relay, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): string | null {
    return withScope(context, info, "shares:write", share.readToken);
  }
}

function sharedIds(reportId: string, sourceIds: string[] | null | undefined) {
  return {
    reportId: idParts("Report", "input.reportId", reportId)[0],
    sourceIds: sourceIds?.map((id, index) => idParts("ReportSource", `input.sourceIds[${index}]`, id)[0]) ?? null,
  };
}

async function reportOf(context: Context, { reportUuid }: { reportUuid: string }): Promise<Report> {
  return nounOf(context, await findOwnReport(context, reportUuid));
}

async function sourceOf(context: Context, { sourceUuid }: { sourceUuid: string }): Promise<ReportSource> {
  const source = await context.reports.source(sourceUuid);
  if (!source) throw notFound("report source");
  return sourceNoun(source);
}
