import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { Account } from "../schema/account.ts";
import { InvestmentTransactionFilter } from "../schema/inputs.ts";
import { InvestmentTransaction } from "../schema/investment-transaction.ts";
import { InvestmentTransactionConnection, PageArgs } from "../schema/pagination.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import type { Context } from "../src/context.ts";
import { accountOfKey } from "./find-account.ts";
import { rawRecord } from "./scopes.ts";
import { investmentTransactionPage } from "./transaction-page.ts";

/** Trades and movements of cash in investment accounts. */
@Resolver(() => InvestmentTransaction)
export class InvestmentTransactionResolver {
  @Query(() => InvestmentTransactionConnection, {
    description:
      "Trades and movements of cash in your investment accounts, newest first, merged over all items. A page may be shorter than `first` though more follow, where a filter had the gateway search far: go on from its endCursor while hasNextPage.",
  })
  investmentTransactions(
    @Arg("filter", () => InvestmentTransactionFilter, {
      nullable: true,
      description: "Which of them; only the items it leaves are read.",
    })
    filter: InvestmentTransactionFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<InvestmentTransactionConnection> {
    return investmentTransactionPage(context, filter ?? {}, page);
  }

  @FieldResolver(() => Account, { nullable: true, description: "The account that it is of. Null in a report." })
  account(@Root() { accountKey }: InvestmentTransaction, @Ctx() context: Context): Promise<Account | null> {
    return accountOfKey(context, accountKey);
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() transaction: InvestmentTransaction, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, transaction.record);
  }
}
