import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { Account } from "../schema/account.ts";
import { LiabilityFilter } from "../schema/inputs.ts";
import { Liability, MortgageLiability, StudentLoanLiability } from "../schema/liability.ts";
import { LiabilityConnection, PageArgs } from "../schema/pagination.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import type { Context } from "../src/context.ts";
import { ownItem } from "./items.ts";
import { liabilityPage } from "./liability-page.ts";
import { rawRecord, withScope } from "./scopes.ts";

/** Liabilities: the terms of cards, mortgages and student loans. */
@Resolver(() => Liability)
export class LiabilityResolver {
  @Query(() => LiabilityConnection, {
    description: "The terms of your cards, mortgages and student loans, over all items.",
  })
  liabilities(
    @Arg("filter", () => LiabilityFilter, {
      nullable: true,
      description: "Which liabilities; only the items it leaves are read.",
    })
    filter: LiabilityFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<LiabilityConnection> {
    return liabilityPage(context, filter ?? {}, page);
  }

  @FieldResolver(() => Account, {
    nullable: true,
    description: "The account it belongs to. Null where the provider names none.",
  })
  async account(@Root() liability: Liability, @Ctx() context: Context): Promise<Account | null> {
    if (liability.remoteAccountId === null) return null;
    const { value } = await context.loaders.liabilities(await ownItem(context, liability.itemId));
    return value?.accounts.get(liability.remoteAccountId) ?? null;
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() liability: Liability, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, liability.record);
  }
}

@Resolver(() => MortgageLiability)
export class MortgageLiabilityResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The loan's account number in full (scope numbers:read).",
  })
  accountNumber(
    @Root() loan: MortgageLiability,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): string | null {
    return withScope(context, info, "numbers:read", () => loan.fullAccountNumber);
  }
}

@Resolver(() => StudentLoanLiability)
export class StudentLoanLiabilityResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The loan's account number in full (scope numbers:read).",
  })
  accountNumber(
    @Root() loan: StudentLoanLiability,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): string | null {
    return withScope(context, info, "numbers:read", () => loan.fullAccountNumber);
  }
}
