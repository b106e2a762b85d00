import { Field, ID, ObjectType } from "type-graphql";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDate, GraphQLDateTime, GraphQLDecimal } from "./scalars.ts";
import type { Security } from "./security.ts";

@ObjectType({
  description: "A position in one security, of an account or of a report. Amounts are in the holding's currency.",
  implements: [Node],
  simpleResolvers: true,
})
export class Holding {
  /** Our uuid of the item; null in a report. */
  itemId!: string | null;
  /** The aggregator's account_id. */
  remoteAccountId!: string;
  /** The aggregator's security_id; null when it names none. */
  remoteSecurityId!: string | null;
  /** In a report what is held, as it stood; elsewhere null: it is read with the item's holdings. */
  reportSecurity!: Security | null;
  /** The record as received. */
  record!: unknown;
  @Field(() => ID, { description: "Global id; a report's holding has an id of its own." })
  id!: string;
  @Field(() => GraphQLDecimal, {
    description: "How much is held; for options usually contracts times 100.",
    nullable: true,
  })
  quantity!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The price of one unit, as the institution last gave it.",
    nullable: true,
  })
  institutionPrice!: string | null;
  @Field(() => GraphQLDate, { description: "The day for which institutionPrice holds.", nullable: true })
  institutionPriceAsOf!: string | null;
  @Field(() => GraphQLDateTime, {
    description: "The moment for which institutionPrice holds; few institutions say.",
    nullable: true,
  })
  institutionPriceDatetime!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The value of the holding, as the institution gives it.",
    nullable: true,
  })
  institutionValue!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "What was paid for all that is held, in total; null when the institution does not say.",
    nullable: true,
  })
  costBasis!: string | null;
  @Field(() => GraphQLDecimal, { description: "How much of it is vested; for equity grants only.", nullable: true })
  vestedQuantity!: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The value of what is vested, as the institution gives it.",
    nullable: true,
  })
  vestedValue!: string | null;
  @Field(() => String, {
    description: "ISO 4217 code, or the provider's unofficial one; null when neither is known.",
    nullable: true,
  })
  currency!: string | null;
  @Field(() => Boolean, {
    description: "Whether currency is an ISO 4217 code; null when there is none.",
    nullable: true,
  })
  currencyOfficial!: boolean | null;
  @Field(() => Provenance, { description: "Which upstream answer the holding came from, and when." })
  provenance!: Provenance;
}
