import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { Account } from "../schema/account.ts";
import { Holding } from "../schema/holding.ts";
import { HoldingFilter } from "../schema/inputs.ts";
import { HoldingConnection, PageArgs } from "../schema/pagination.ts";
import { GraphQLDecimal, GraphQLJson } from "../schema/scalars.ts";
import { Security } from "../schema/security.ts";
import type { Context } from "../src/context.ts";
import { type DecimalText, subtract } from "../src/decimal.ts";
import { holdingPage } from "./holding-page.ts";
import { ownItem } from "./items.ts";
import { rawRecord } from "./scopes.ts";

/** Holdings: positions in securities. */
@Resolver(() => Holding)
export class HoldingResolver {
  @Query(() => HoldingConnection, { description: "What your investment accounts hold, over all items." })
  holdings(
    @Arg("filter", () => HoldingFilter, {
      nullable: true,
      description: "Which holdings; only the items it leaves are read.",
    })
    filter: HoldingFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<HoldingConnection> {
    return holdingPage(context, filter ?? {}, page);
  }

  @FieldResolver(() => Account, { nullable: true, description: "The account that holds it. Null in a report." })
  async account(@Root() holding: Holding, @Ctx() context: Context): Promise<Account | null> {
    if (holding.itemId === null) return null;
    const { value } = await context.loaders.holdings(await ownItem(context, holding.itemId));
    return value?.accounts.get(holding.remoteAccountId) ?? null;
  }

  @FieldResolver(() => Security, {
    nullable: true,
    description: "What is held; null when the provider describes none.",
  })
  async security(@Root() holding: Holding, @Ctx() context: Context): Promise<Security | null> {
    if (holding.itemId === null) return holding.reportSecurity;
    if (holding.remoteSecurityId === null) return null;
    const { value } = await context.loaders.holdings(await ownItem(context, holding.itemId));
    return value?.securities.get(holding.remoteSecurityId) ?? null;
  }

  @FieldResolver(() => GraphQLDecimal, {
    nullable: true,
    description: "institutionValue less costBasis, where the provider gives one.",
  })
  unrealizedGain(@Root() { institutionValue, costBasis }: Holding): DecimalText | null {
    return institutionValue === null || costBasis === null ? null : subtract(institutionValue, costBasis);
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() holding: Holding, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, holding.record);
  }
}
