import { Field, Float, ID, ObjectType } from "type-graphql";
import { Product, Provider } from "./enums.ts";
import { Node } from "./node.ts";
import { Provenance } from "./provenance.ts";
import { GraphQLDateTime, GraphQLUrl } from "./scalars.ts";

@ObjectType({
  description: "Health of one kind of request at the institution, e.g. ITEM_LOGINS, TRANSACTIONS_UPDATES, INVESTMENTS.",
  simpleResolvers: true,
})
export class InstitutionProductStatus {
  @Field(() => String, { description: "The kind of request, as the provider words it." })
  kind!: string;
  @Field(() => String, { description: "HEALTHY, DEGRADED or DOWN, as the provider words it." })
  status!: string;
  @Field(() => GraphQLDateTime, { description: "When the status last changed.", nullable: true })
  lastStatusChange!: string | null;
  @Field(() => Float, { description: "Share of requests that succeed, 0 to 1.", nullable: true })
  success!: number | null;
  @Field(() => Float, { description: "Share of requests that fail at the provider, 0 to 1.", nullable: true })
  errorProvider!: number | null;
  @Field(() => Float, { description: "Share of requests that fail at the institution, 0 to 1.", nullable: true })
  errorInstitution!: number | null;
  @Field(() => String, {
    description: "How often data is refreshed next to what is usual: NORMAL, DELAYED or STOPPED.",
    nullable: true,
  })
  refreshInterval!: string | null;
}

@ObjectType({
  description: "A bank, broker, card issuer or lender, as one provider knows it.",
  implements: [Node],
  simpleResolvers: true,
})
export class Institution {
  @Field(() => ID, { description: "Global id; the same institution at another provider is another object." })
  id!: string;
  @Field(() => Provider, { description: "The provider that describes it." })
  provider!: Provider;
  @Field(() => String, { description: "The provider's own institution_id, e.g. ins_109508." })
  remoteId!: string;
  @Field(() => String, { description: "Its name, for people." })
  name!: string;
  @Field(() => GraphQLUrl, { description: "Its home page.", nullable: true })
  url!: string | null;
  @Field(() => String, { description: "The color of its brand, e.g. #1f1f1f.", nullable: true })
  primaryColor!: string | null;
  @Field(() => String, {
    description: "Its picture: a PNG in base64, 152 by 152 pixels at Plaid. Put `data:image/png;base64,` before it.",
    nullable: true,
  })
  logo!: string | null;
  @Field(() => Boolean, {
    description: "Null, as the lists below, where the provider does not say (Link Money).",
    nullable: true,
  })
  oauth!: boolean | null;
  @Field(() => [Product], { description: "What the provider can read there.", nullable: true })
  products!: Product[] | null;
  @Field(() => [String], { description: "Where it works, ISO 3166-1 alpha-2: US, CA ...", nullable: true })
  countryCodes!: string[] | null;
  @Field(() => [String], {
    description: "Its routing numbers, as far as they are known; not complete.",
    nullable: true,
  })
  routingNumbers!: string[] | null;
  @Field(() => [String], { description: "For ACATS, where the account's own numbers name none.", nullable: true })
  dtcNumbers!: string[] | null;
  @Field(() => [InstitutionProductStatus], {
    description: "How well requests to it work now, by kind; null where the provider does not say.",
    nullable: true,
  })
  status!: InstitutionProductStatus[] | null;
  @Field(() => Provenance, { description: "Which upstream answer the institution came from, and when." })
  provenance!: Provenance;
  /** What the answer that it came from, a list, leaves out though the provider tells it: read when it is selected. */
  untold?: readonly ("url" | "primaryColor" | "logo" | "status")[];
}
