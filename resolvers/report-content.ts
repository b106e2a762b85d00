import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from "type-graphql";
import { Item } from "../schema/item.ts";
import { Owner } from "../schema/owner.ts";
import {
  HoldingConnection,
  InvestmentTransactionConnection,
  PageArgs,
  TransactionConnection,
} from "../schema/pagination.ts";
import { ReportSource } from "../schema/report.ts";
import {
  HistoricalBalance,
  ReportAccount,
  ReportContent,
  ReportItem,
  ReportUser,
  ReportWarning,
} from "../schema/report-content.ts";
import { hasScope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import { reportAccountNoun, reportItemNoun } from "../src/reports/report-content-noun.ts";
import { sourceNoun } from "../src/reports/report-noun.ts";
import { linkedItem } from "./items.ts";
import {
  accountContent,
  accountHistory,
  accountHoldings,
  accountInvestmentTransactions,
  accountTransactions,
  sourceContent,
} from "./report-accounts.ts";
import { withScope } from "./scopes.ts";

@Resolver(() => ReportContent)
export class ReportContentResolver {
  @FieldResolver(() => [ReportItem], { description: "The items of all READY sources." })
  async items(@Root() content: ReportContent, @Ctx() context: Context): Promise<ReportItem[]> {
    const sources = await context.reports.sources(content.reportUuid);
    const heads = await Promise.all(sources.map((source) => context.reports.head(source)));
    return sources.flatMap((source, index) =>
      (heads[index]?.head.items ?? []).map((item) => reportItemNoun(source, item)),
    );
  }
}

@Resolver(() => ReportUser)
export class ReportUserResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The Social Security Number; only its last four digits (***-**-6789) without scope pii:read.",
  })
  ssn(@Root() { fullSsn }: ReportUser, @Ctx() context: Context): string | null {
    if (fullSsn === null || hasScope(context.viewer, "pii:read")) return fullSsn;
    return `***-**-${fullSsn.slice(-4)}`;
  }
}

@Resolver(() => ReportItem)
export class ReportItemResolver {
  @FieldResolver(() => ReportSource, { description: "The source that it came with." })
  async source(@Root() { sourceUuid }: ReportItem, @Ctx() context: Context): Promise<ReportSource> {
    return sourceNoun((await sourceContent(context, sourceUuid, "report item")).source);
  }

  @FieldResolver(() => Item, { nullable: true, description: "The item itself, while it is linked." })
  item(@Root() { itemUuid }: ReportItem, @Ctx() context: Context): Promise<Item | null> {
    return linkedItem(context, itemUuid);
  }

  @FieldResolver(() => [ReportAccount], { description: "Its accounts, as they stood." })
  async accounts(@Root() item: ReportItem, @Ctx() context: Context): Promise<ReportAccount[]> {
    const { source, head } = await sourceContent(context, item.sourceUuid, "report item");
    const found = head.items.find((candidate) => candidate.remoteId === item.remoteId);
    return (found?.accounts ?? []).map((account) => reportAccountNoun(source, head, account));
  }
}

@Resolver(() => ReportAccount)
export class ReportAccountResolver {
  @FieldResolver(() => [Owner], {
    nullable: true,
    description: "Who holds the account (scope pii:read). Null where OWNERS_UNAVAILABLE warns.",
  })
  owners(
    @Root() account: ReportAccount,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Owner[] | null> | null {
    return withScope(context, info, "pii:read", async () => (await accountContent(context, account)).account.owners);
  }

  @FieldResolver(() => [HistoricalBalance], {
    description: "The balance at the end of each day, newest first: the newest `days`, or all.",
  })
  historicalBalances(
    @Root() account: ReportAccount,
    @Arg("days", () => Int, { nullable: true, description: "How many of the newest days; all when absent." }) days:
      | number
      | null
      | undefined,
    @Ctx() context: Context,
  ): Promise<HistoricalBalance[]> {
    return accountHistory(context, account, days ?? null);
  }

  @FieldResolver(() => TransactionConnection, {
    description: "The account's transactions in the report, newest first.",
  })
  transactions(
    @Root() account: ReportAccount,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TransactionConnection> {
    return accountTransactions(context, account, page, info);
  }

  @FieldResolver(() => HoldingConnection, {
    description:
      "What the account held when the report was generated. Empty without `unavailable` means that it held nothing, or is no investment account.",
  })
  holdings(
    @Root() account: ReportAccount,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<HoldingConnection> {
    return accountHoldings(context, account, page);
  }

  @FieldResolver(() => InvestmentTransactionConnection, {
    description: "The trades and movements of cash of an investment account in the report, newest first.",
  })
  investmentTransactions(
    @Root() account: ReportAccount,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<InvestmentTransactionConnection> {
    return accountInvestmentTransactions(context, account, page);
  }

  @FieldResolver(() => ReportAccount, {
    nullable: true,
    description: "The same account, in the report through another item too: sums skip this one.",
  })
  async duplicateOf(
    @Root() { sourceUuid, ordinal }: ReportAccount,
    @Ctx() context: Context,
  ): Promise<ReportAccount | null> {
    const { source } = await sourceContent(context, sourceUuid, "report account");
    const first = await context.reports.duplicateOf(source, ordinal);
    return first && reportAccountNoun(first.source, first.head, first.account);
  }
}

@Resolver(() => ReportWarning)
export class ReportWarningResolver {
  @FieldResolver(() => Item, { nullable: true, description: "The item concerned, while it is linked." })
  item(@Root() { itemUuid }: ReportWarning, @Ctx() context: Context): Promise<Item | null> {
    return linkedItem(context, itemUuid);
  }
}
