import { Field, ID, Int, ObjectType } from "type-graphql";
import { Provider, ReportOrigin, ReportStatus } from "./enums.ts";
import { ProviderError } from "./errors.ts";
import { Node } from "./node.ts";
import { GraphQLDateTime, GraphQLUrl } from "./scalars.ts";

@ObjectType({
  description:
    "One report over items of one or several providers: a source, which is one upstream report, for each provider and each 99 items of it.",
  implements: [Node],
  simpleResolvers: true,
})
export class Report {
  /** Our uuid of the report that it comes from. */
  basedOnUuid!: string | null;
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => ReportStatus, { description: "Where it stands; reportStatus tells each change." })
  status!: ReportStatus;
  @Field(() => ReportOrigin, { description: "How it came about." })
  origin!: ReportOrigin;
  @Field(() => String, { description: "Your own id of it; null when none was given.", nullable: true })
  clientReportId!: string | null;
  @Field(() => Int, { description: "Null for a shared report that could not be read yet.", nullable: true })
  daysRequested!: number | null;
  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  requestedAt!: string;
  @Field(() => GraphQLDateTime, {
    description: "When it became READY or PARTIAL; null before, and when it FAILED.",
    nullable: true,
  })
  readyAt!: string | null;
  @Field(() => ProviderError, {
    description: "Why it FAILED; null otherwise, a PARTIAL report's failures stand at its sources.",
    nullable: true,
  })
  error!: ProviderError | null;
}

@ObjectType({
  description: "Where a PDF can be had, without any header, until the address expires. Ask for a new one each time.",
  simpleResolvers: true,
})
export class PdfLink {
  @Field(() => GraphQLUrl, {
    description: "Opens or downloads the PDF. Whoever has the address can read it, so show it to nobody else.",
  })
  url!: string;
  @Field(() => GraphQLDateTime, { description: "Until when it is good: ten minutes from the query." })
  expiresAt!: string;
}

@ObjectType({
  description: "One upstream report: the part of a report that one provider prepares.",
  implements: [Node],
  simpleResolvers: true,
})
export class ReportSource {
  /** Our uuid of the report. */
  reportUuid!: string;
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => Provider, { description: "The provider that prepares it." })
  provider!: Provider;
  @Field(() => String, { description: "The provider's asset_report_id; null until it gave one.", nullable: true })
  remoteId!: string | null;
  @Field(() => ReportStatus, { description: "Where it stands." })
  status!: ReportStatus;
  @Field(() => GraphQLDateTime, { description: "When the provider generated it; null until READY.", nullable: true })
  generatedAt!: string | null;
  @Field(() => ProviderError, { description: "Why it FAILED; null otherwise.", nullable: true })
  error!: ProviderError | null;
  @Field(() => [ID], { description: "The ids of all items that it was asked for, also of those no longer linked." })
  itemIds!: string[];
}
