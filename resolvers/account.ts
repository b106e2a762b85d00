import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import {
  Account,
  AccountVerification,
  Balances,
  CreditAccount,
  DepositoryAccount,
  InvestmentAccount,
  LoanAccount,
} from "../schema/account.ts";
import { AccountMatch } from "../schema/account-match.ts";
import { AccountNumbers } from "../schema/account-numbers.ts";
import { Product } from "../schema/enums.ts";
import { Unavailable } from "../schema/errors.ts";
import { AccountFilter, HoldingFilter, InvestmentTransactionFilter, TransactionFilter } from "../schema/inputs.ts";
import { InvestmentTransfer } from "../schema/investment-transfer.ts";
import { Item } from "../schema/item.ts";
import { CreditCardLiability, Liability } from "../schema/liability.ts";
import { Owner } from "../schema/owner.ts";
import {
  AccountConnection,
  HoldingConnection,
  InvestmentTransactionConnection,
  PageArgs,
  TransactionConnection,
} from "../schema/pagination.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import { hasScope } from "../src/auth.ts";
import type { Context } from "../src/context.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import { accountPage } from "./account-page.ts";
import { accountUnavailable } from "./account-unavailable.ts";
import { findAccount } from "./find-account.ts";
import { holdingPage } from "./holding-page.ts";
import { ownItem } from "./items.ts";
import { rawRecord, withScope } from "./scopes.ts";
import { selectsTotal } from "./selects-total.ts";
import { investmentTransactionPage, transactionPage } from "./transaction-page.ts";

/** Accounts, and what all kinds of them have. */
@Resolver(() => Account)
export class AccountResolver {
  @Query(() => AccountConnection, { description: "Your accounts over all items, in the order of linking." })
  accounts(
    @Arg("filter", () => AccountFilter, {
      nullable: true,
      description: "Which accounts; only the items it leaves are read.",
    })
    filter: AccountFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountConnection> {
    return accountPage(context, info, filter ?? {}, page);
  }

  @Query(() => Account, { nullable: true, description: "One of your accounts." })
  account(
    @Arg("id", () => ID, { description: "The account's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Account> {
    return findAccount(context, id);
  }

  @FieldResolver(() => Item, { description: "The item that the account belongs to." })
  async item(@Root() account: Account, @Ctx() context: Context): Promise<Item> {
    return itemNoun(await ownItem(context, account.itemId));
  }

  @FieldResolver(() => Balances, {
    description:
      "With fresh: true the provider is asked to fetch the balance from the institution now; if it cannot, the last known one and unavailable(product: BALANCE).",
  })
  async balances(
    @Root() account: Account,
    @Arg("fresh", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "Ask the institution now, which takes seconds and counts against tight rate limits.",
    })
    fresh: boolean | null,
    @Ctx() context: Context,
  ): Promise<Balances> {
    if (!fresh) return account.lastBalances;
    const { value } = await context.loaders.freshBalances(await ownItem(context, account.itemId));
    return value?.get(account.remoteId) ?? account.lastBalances;
  }

  @FieldResolver(() => TransactionConnection, {
    description:
      "The account's transactions, newest first. Empty for investment accounts: their trades are investmentTransactions.",
  })
  async transactions(
    @Root() account: Account,
    @Arg("filter", () => TransactionFilter, { nullable: true, description: "Which transactions." }) filter:
      | TransactionFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TransactionConnection> {
    const item = await ownItem(context, account.itemId);
    const within = account.type === "INVESTMENT" ? { itemIds: [] } : {};
    return transactionPage(context, { ...filter, ...within }, page, { item, account, counted: selectsTotal(info) });
  }

  @FieldResolver(() => Unavailable, {
    nullable: true,
    description: "Why this product's fields are null, or its balance not fresh; null when nothing is wrong.",
  })
  unavailable(
    @Root() account: Account,
    @Arg("product", () => Product, {
      description:
        "The product in question: LIABILITIES for liability, IDENTITY for owners, AUTH for numbers, INVESTMENTS_AUTH for transfer, BALANCE for balances(fresh: true) …",
    })
    product: Product,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Unavailable | null> {
    return accountUnavailable(context, account, product, info);
  }

  @FieldResolver(() => [Owner], {
    nullable: true,
    description:
      "Who holds the account, as the institution has them on file (scope pii:read). Null where it does not say, or unavailable(product: IDENTITY).",
  })
  owners(
    @Root() account: Account,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Owner[] | null> | null {
    return withScope(context, info, "pii:read", async () => {
      const { value } = await context.loaders.owners(await ownItem(context, account.itemId));
      return value?.get(account.remoteId) ?? null;
    });
  }

  @FieldResolver(() => [AccountMatch], {
    description:
      "The same account linked more than once, through this or another provider, the surest first: reads the accounts of all your items. Never one of the same item.",
  })
  async sameAs(@Root() account: Account, @Ctx() context: Context): Promise<AccountMatch[]> {
    const { matches } = await context.loaders.everyAccount();
    return matches.get(account.id) ?? [];
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  raw(@Root() account: Account, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, account.record);
  }
}

@Resolver(() => AccountVerification)
export class AccountVerificationResolver {
  @FieldResolver(() => String, { nullable: true, description: "The holder's name that was verified (scope pii:read)." })
  name(
    @Root() verification: AccountVerification,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): string | null {
    return withScope(context, info, "pii:read", () => verification.holderName);
  }
}

@Resolver(() => DepositoryAccount)
export class DepositoryAccountResolver {
  @FieldResolver(() => AccountNumbers, {
    nullable: true,
    description:
      "Account and routing numbers (scope numbers:read). Null when the institution gives none for this account, or unavailable(product: AUTH).",
  })
  numbers(
    @Root() account: DepositoryAccount,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountNumbers | null> | null {
    return withScope(context, info, "numbers:read", async () => {
      const { value } = await context.loaders.numbers(await ownItem(context, account.itemId));
      return value?.get(account.remoteId) ?? null;
    });
  }
}

@Resolver(() => CreditAccount)
export class CreditAccountResolver {
  @FieldResolver(() => CreditCardLiability, {
    nullable: true,
    description: "The card's terms. Null when it has none, or unavailable(product: LIABILITIES).",
  })
  async liability(@Root() account: CreditAccount, @Ctx() context: Context): Promise<CreditCardLiability | null> {
    const found = await liabilityOf(context, account);
    return found?.kind === "CREDIT_CARD" ? (found as CreditCardLiability) : null;
  }
}

@Resolver(() => LoanAccount)
export class LoanAccountResolver {
  @FieldResolver(() => Liability, {
    nullable: true,
    description:
      "The mortgage or student loan. Null when the provider gives no terms, or unavailable(product: LIABILITIES).",
  })
  liability(@Root() account: LoanAccount, @Ctx() context: Context): Promise<Liability | null> {
    return liabilityOf(context, account);
  }
}

@Resolver(() => InvestmentAccount)
export class InvestmentAccountResolver {
  @FieldResolver(() => HoldingConnection, { description: "What the account holds." })
  async holdings(
    @Root() account: InvestmentAccount,
    @Arg("filter", () => HoldingFilter, { nullable: true, description: "Which holdings." }) filter:
      | HoldingFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<HoldingConnection> {
    const item = await ownItem(context, account.itemId);
    return holdingPage(context, filter ?? {}, page, { item, account });
  }

  @FieldResolver(() => InvestmentTransactionConnection, {
    description: "Trades and movements of cash in the account, newest first.",
  })
  async investmentTransactions(
    @Root() account: InvestmentAccount,
    @Arg("filter", () => InvestmentTransactionFilter, { nullable: true, description: "Which of them." }) filter:
      | InvestmentTransactionFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvestmentTransactionConnection> {
    const item = await ownItem(context, account.itemId);
    return investmentTransactionPage(context, filter ?? {}, page, { item, account, counted: selectsTotal(info) });
  }

  @FieldResolver(() => InvestmentTransfer, {
    nullable: true,
    description:
      "What an ACATS, ATON or 401k transfer of the account needs (scope numbers:read). Null when the provider has nothing of that for it, or unavailable(product: INVESTMENTS_AUTH).",
  })
  transfer(
    @Root() account: InvestmentAccount,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<InvestmentTransfer | null> | null {
    return withScope(context, info, "numbers:read", async () => {
      const { value } = await context.loaders.transfers(await ownItem(context, account.itemId));
      return value?.get(account.remoteId) ?? null;
    });
  }
}

@Resolver(() => InvestmentTransfer)
export class InvestmentTransferResolver {
  @FieldResolver(() => [String], {
    description:
      "Names of the account's holders, as the institution or the person gave them; empty, too, without scope pii:read.",
  })
  ownerNames(@Root() transfer: InvestmentTransfer, @Ctx() context: Context): string[] {
    return hasScope(context.viewer, "pii:read") ? transfer.holderNames : [];
  }
}

async function liabilityOf(context: Context, account: Account): Promise<Liability | null> {
  const { value } = await context.loaders.liabilities(await ownItem(context, account.itemId));
  return value?.liabilities.find((liability) => liability.remoteAccountId === account.remoteId) ?? null;
}
