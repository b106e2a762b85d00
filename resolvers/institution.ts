import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from "type-graphql";
import { Category } from "../schema/category.ts";
import { Provider } from "../schema/enums.ts";
import { Institution } from "../schema/institution.ts";
import { InstitutionConnection } from "../schema/pagination.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";
import { institutionPage } from "./institution-page.ts";
import { nullForUpstream } from "./null-for-upstream.ts";

const INSTITUTION_ID = /^[\w.-]{1,100}$/;

/** Institutions: the banks behind the aggregators. */
@Resolver(() => Institution)
export class InstitutionResolver {
  @Query(() => Institution, { nullable: true, description: "An institution by the provider's own id." })
  institution(
    @Arg("provider", () => Provider, { description: "Whose institution." }) provider: Provider,
    @Arg("remoteId", () => String, { description: "The provider's institution_id, e.g. ins_3." }) remoteId: string,
    @Ctx() context: Context,
  ): Promise<Institution> {
    if (!INSTITUTION_ID.test(remoteId)) throw badInput("remoteId", remoteId, "an institution's id at the provider");
    return context.loaders.institution(provider, remoteId);
  }

  @Query(() => InstitutionConnection, {
    nullable: true,
    description:
      "The institutions that a provider reads, in its own order; with `query` the ten, at most, whose names match best. Link Money shows them only to people who have linked an item there.",
  })
  institutions(
    @Arg("provider", () => Provider, { description: "Whose institutions." }) provider: Provider,
    @Arg("query", () => String, {
      nullable: true,
      description: "Words of the name; all institutions when absent or empty.",
    })
    query: string | null | undefined,
    @Arg("countryCodes", () => [String], {
      nullable: true,
      defaultValue: ["US"],
      description:
        "Those that work in one of these countries, ISO 3166-1 alpha-2. Link Money does not tell countries: there it does not filter.",
    })
    countryCodes: string[] | null | undefined,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 20,
      description: "How many at most: 1 to 500; 50 where a field is selected that the provider tells of one at a time.",
    })
    first: number | null | undefined,
    @Arg("after", () => String, { nullable: true, description: "Begin after this cursor of the same list." })
    after: string | null | undefined,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InstitutionConnection> {
    return institutionPage(context, info, { provider, query, countryCodes, first, after });
  }

  @Query(() => [Category], {
    nullable: true,
    description:
      "The categories of a provider's transactions, all of them. Link Money shows them only to people who have linked an item there.",
  })
  categories(
    @Arg("provider", () => Provider, { description: "Whose categories." }) provider: Provider,
    @Ctx() context: Context,
  ): Promise<Category[]> {
    return context.loaders.categories(provider);
  }

  @FieldResolver()
  url(@Root() institution: Institution, @Ctx() context: Context): Promise<Institution["url"]> {
    return told(context, institution, "url");
  }

  @FieldResolver()
  primaryColor(@Root() institution: Institution, @Ctx() context: Context): Promise<Institution["primaryColor"]> {
    return told(context, institution, "primaryColor");
  }

  @FieldResolver()
  logo(@Root() institution: Institution, @Ctx() context: Context): Promise<Institution["logo"]> {
    return told(context, institution, "logo");
  }

  @FieldResolver()
  status(@Root() institution: Institution, @Ctx() context: Context): Promise<Institution["status"]> {
    return told(context, institution, "status");
  }
}

/** What a list left out is read of the institution itself: an object has the same fields wherever it stands. */
async function told<K extends "url" | "primaryColor" | "logo" | "status">(
  context: Context,
  institution: Institution,
  field: K,
): Promise<Institution[K] | null> {
  if (!institution.untold?.includes(field)) return institution[field];
  const { provider, remoteId } = institution;
  const whole = await context.loaders.institution(provider, remoteId).catch(nullForUpstream);
  return whole?.[field] ?? null;
}
