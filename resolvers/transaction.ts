import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { Account } from "../schema/account.ts";
import { TransactionFilter } from "../schema/inputs.ts";
import { PageArgs, TransactionConnection } from "../schema/pagination.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import { Transaction } from "../schema/transaction.ts";
import type { Context } from "../src/context.ts";
import { accountOfKey } from "./find-account.ts";
import { rawRecord } from "./scopes.ts";
import { transactionPage } from "./transaction-page.ts";

/** Transactions. */
@Resolver(() => Transaction)
export class TransactionResolver {
  @Query(() => TransactionConnection, {
    description:
      "Newest first, merged over all your items. A page may be shorter than `first` though more follow, where a filter had the gateway search far: go on from its endCursor while hasNextPage.",
  })
  transactions(
    @Arg("filter", () => TransactionFilter, {
      nullable: true,
      description: "Which transactions; only the items it leaves are read.",
    })
    filter: TransactionFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<TransactionConnection> {
    return transactionPage(context, filter ?? {}, page);
  }

  @FieldResolver(() => Account, { nullable: true, description: "The account that it is of. Null in a report." })
  account(@Root() { accountKey }: Transaction, @Ctx() context: Context): Promise<Account | null> {
    return accountOfKey(context, accountKey);
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() transaction: Transaction, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, transaction.record);
  }
}
