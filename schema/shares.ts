import { Field, ID, ObjectType } from "type-graphql";
import { Unavailable } from "./errors.ts";
import { Node } from "./node.ts";
import { Report } from "./report.ts";
import { GraphQLDateTime } from "./scalars.ts";

/** What both kinds of share have besides their fields. */
interface ShareParts {
  /** Our uuids. */
  uuid: string;
  reportUuid: string;
  sourceUuid: string;
  /** Opens the token; null once the share has ended. */
  readToken: () => string | null;
}

@ObjectType({
  description:
    "A source of a report, shared with an auditor for reading. An entry of the owner's ledger, which stays when the share ends.",
  implements: [Node],
  simpleResolvers: true,
})
export class AuditCopy implements ShareParts {
  uuid!: string;
  reportUuid!: string;
  sourceUuid!: string;
  readToken!: () => string | null;
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => String, { description: "The auditor's id at the provider, e.g. fannie_mae." })
  auditorId!: string;
  @Field(() => GraphQLDateTime, { description: "When it was shared." })
  createdAt!: string;
  @Field(() => GraphQLDateTime, {
    description: "When the share ended, by removeAuditCopy or with the report; null while it stands.",
    nullable: true,
  })
  removedAt!: string | null;
}

@ObjectType({
  description:
    "A source of a report, shared with a partner who can also refresh it. An entry of the owner's ledger, which stays when the share ends.",
  implements: [Node],
  simpleResolvers: true,
})
export class Relay implements ShareParts {
  uuid!: string;
  reportUuid!: string;
  sourceUuid!: string;
  readToken!: () => string | null;
  @Field(() => ID, { description: "Global id." })
  id!: string;
  @Field(() => String, { description: "The partner's client id at the provider." })
  secondaryClientId!: string;
  @Field(() => GraphQLDateTime, { description: "When it was shared." })
  createdAt!: string;
  @Field(() => GraphQLDateTime, {
    description: "When the share ended, by removeRelay or with the report; null while it stands.",
    nullable: true,
  })
  removedAt!: string | null;
}

@ObjectType({ description: "The audit copies that were made.", simpleResolvers: true })
export class CreateAuditCopyPayload {
  @Field(() => [AuditCopy], { description: "One for each source that could be shared." })
  auditCopies!: AuditCopy[];
  @Field(() => Report, { description: "The report." })
  report!: Report;
  @Field(() => [Unavailable], { description: "Which sources could not be shared, and why." })
  unavailable!: Unavailable[];
}

@ObjectType({ description: "The audit copy that was removed.", simpleResolvers: true })
export class AuditCopyPayload {
  @Field(() => AuditCopy, { description: "The audit copy as it now stands in the ledger." })
  auditCopy!: AuditCopy;
}

@ObjectType({ description: "The relays that were made.", simpleResolvers: true })
export class CreateRelayPayload {
  @Field(() => [Relay], { description: "One for each source that could be shared." })
  relays!: Relay[];
  @Field(() => Report, { description: "The report." })
  report!: Report;
  @Field(() => [Unavailable], {
    description: "Which sources could not be shared, and why. Link Money has no relays: its action is UNSUPPORTED.",
  })
  unavailable!: Unavailable[];
}

@ObjectType({ description: "The relay that was removed.", simpleResolvers: true })
export class RelayPayload {
  @Field(() => Relay, { description: "The relay as it now stands in the ledger." })
  relay!: Relay;
}
