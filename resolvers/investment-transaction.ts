import type { GraphQLResolveInfo } from "graphql";
import { Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { Account } from "../schema/account.ts";
import { InvestmentTransaction } from "../schema/investment-transaction.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import type { Context } from "../src/context.ts";
import { rawRecord } from "./scopes.ts";

/** Trades and movements of cash in investment accounts. */
@Resolver(() => InvestmentTransaction)
export class InvestmentTransactionResolver {
  @FieldResolver(() => Account, { nullable: true, description: "The account that it is of. Null in a report." })
  account(): null {
    return null;
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() transaction: InvestmentTransaction, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, transaction.record);
  }
}
