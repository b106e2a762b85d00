import { Ctx, Query, Resolver } from "type-graphql";
import { ProviderStatus } from "../schema/provider-status.ts";
import type { Context } from "../src/context.ts";

/** The aggregators themselves. */
@Resolver(() => ProviderStatus)
export class ProviderResolver {
  @Query(() => [ProviderStatus], {
    description: "The providers (aggregators) behind this gateway: what each can do and whether it answers now.",
  })
  providers(@Ctx() context: Context): ProviderStatus[] {
    return context.operations.providers();
  }
}
