import { Ctx, Query, Resolver } from "type-graphql";
import { NetWorth } from "../schema/net-worth.ts";
import type { Context } from "../src/context.ts";
import { netWorth } from "../src/loaders/net-worth.ts";

/** What all accounts come to. */
@Resolver(() => NetWorth)
export class NetWorthResolver {
  @Query(() => NetWorth, {
    description:
      "Assets less liabilities per currency, over the accounts of all your items; an account linked twice is counted once.",
  })
  async netWorth(@Ctx() context: Context): Promise<NetWorth> {
    const { accounts, unavailable, ...matches } = await context.loaders.everyAccount();
    return netWorth(accounts, matches, unavailable);
  }
}
