import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Provider } from "../schema/enums.ts";
import { Institution } from "../schema/institution.ts";
import type { Context } from "../src/context.ts";
import { badInput } from "../src/errors.ts";

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
}
