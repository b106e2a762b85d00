import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import {
  AccountFilter,
  CreateLinkTokenInput,
  HoldingFilter,
  ImportItemInput,
  InvestmentTransactionFilter,
  ItemFilter,
  LiabilityFilter,
  LinkItemInput,
  TransactionFilter,
} from "../schema/inputs.ts";
import { Institution } from "../schema/institution.ts";
import { Item } from "../schema/item.ts";
import {
  AccountConnection,
  HoldingConnection,
  InvestmentTransactionConnection,
  ItemConnection,
  LiabilityConnection,
  PageArgs,
  TransactionConnection,
} from "../schema/pagination.ts";
import { CreateLinkTokenPayload, ItemPayload, LinkItemPayload, RemoveItemPayload } from "../schema/payloads.ts";
import { GraphQLJson, GraphQLUrl } from "../schema/scalars.ts";
import type { Context } from "../src/context.ts";
import { decodeIdOf } from "../src/ids.ts";
import { itemNoun } from "../src/loaders/item-noun.ts";
import { accountPage } from "./account-page.ts";
import { holdingPage } from "./holding-page.ts";
import { idParts, itemUuidsOf } from "./ids.ts";
import { chosenItems, groupOf, itemOf } from "./items.ts";
import { liabilityPage } from "./liability-page.ts";
import { nullForUpstream } from "./null-for-upstream.ts";
import { paginate } from "./paginate.ts";
import { demandScope, rawRecord } from "./scopes.ts";
import { selectedFields } from "./selected-fields.ts";
import { investmentTransactionPage, transactionPage } from "./transaction-page.ts";

/** Items: the viewer's logins at institutions. */
@Resolver(() => Item)
export class ItemResolver {
  @Query(() => ItemConnection, { description: "Your items, oldest link first. Costs no call to a provider." })
  async items(
    @Arg("filter", () => ItemFilter, { nullable: true, description: "Which items." }) filter:
      | ItemFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<ItemConnection> {
    const ids = itemUuidsOf("Item", "filter.ids", filter?.ids);
    const items = await chosenItems(context, { providers: filter?.providers });
    const placed = items
      .filter((row) => (!ids || ids.has(row.id)) && (!filter?.statuses || filter.statuses.includes(row.health)))
      .map((row) => ({ node: itemNoun(row), group: groupOf(row), key: row.id, ordinal: 0 }));
    return paginate("items", placed, page);
  }

  @Query(() => Item, { nullable: true, description: "One of your items." })
  async item(
    @Arg("id", () => ID, { description: "The item's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<Item> {
    return itemNoun(await itemOf(context, id));
  }

  @Mutation(() => CreateLinkTokenPayload, {
    nullable: true,
    description:
      "Opens the provider's link flow: for a new item, or with `itemId` to repair one or to ask further consent. A repaired item works again by itself; nothing has to be exchanged.",
  })
  createLinkToken(
    @Arg("input", () => CreateLinkTokenInput, { description: "What the flow is for." }) input: CreateLinkTokenInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CreateLinkTokenPayload> {
    const itemId = input.itemId ? idParts("Item", "input.itemId", input.itemId)[0] : null;
    const hosted = [...selectedFields(info)].some(({ name }) => name === "hostedLinkUrl");
    return context.operations.createLinkToken(context.viewer.id, { ...input, itemId, hosted }, context.signal);
  }

  @Mutation(() => LinkItemPayload, {
    nullable: true,
    description:
      "Exchanges the public token that the provider's link flow gave the front end. Linking an item again keeps its id.",
  })
  async linkItem(
    @Arg("input", () => LinkItemInput, { description: "Provider and public token." }) input: LinkItemInput,
    @Ctx() context: Context,
  ): Promise<LinkItemPayload> {
    const { item, duplicates } = await context.operations.linkItem(context.viewer.id, input);
    return { item: itemNoun(item), duplicates: duplicates.map(itemNoun) };
  }

  @Mutation(() => LinkItemPayload, {
    nullable: true,
    description: "Takes over an item by its access token: servers only (scope items:import).",
  })
  async importItem(
    @Arg("input", () => ImportItemInput, { description: "Provider and access token." }) input: ImportItemInput,
    @Ctx() context: Context,
  ): Promise<LinkItemPayload> {
    demandScope(context, "items:import");
    const { item, duplicates } = await context.operations.importItem(context.viewer.id, input);
    return { item: itemNoun(item), duplicates: duplicates.map(itemNoun) };
  }

  @Mutation(() => RemoveItemPayload, {
    nullable: true,
    description:
      "Unlinks an item: it is out of reach at once, and its access is ended at the provider. Reports made of it stay.",
  })
  async removeItem(
    @Arg("id", () => ID, { description: "The item's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<RemoveItemPayload> {
    await context.operations.removeItem(context.viewer.id, idParts("Item", "id", id)[0]);
    return { removedItemId: id };
  }

  @Mutation(() => ItemPayload, {
    nullable: true,
    description:
      "Points the item's webhooks at this gateway, or at the given URL (scope items:admin). At any other URL this gateway hears of the item's updates no more: what it shows then follows only from its own reads, and a look once a day.",
  })
  async updateItemWebhook(
    @Arg("id", () => ID, { description: "The item's id." }) id: string,
    @Arg("webhook", () => GraphQLUrl, {
      nullable: true,
      description: "An https address; this gateway's own when absent or null.",
    })
    webhook: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ItemPayload> {
    demandScope(context, "items:admin");
    const [uuid] = idParts("Item", "id", id);
    return { item: itemNoun(await context.operations.updateItemWebhook(context.viewer.id, uuid, webhook ?? null)) };
  }

  @Mutation(() => ItemPayload, {
    nullable: true,
    description:
      "Replaces the item's access token at the provider, after which the old one opens nothing (scope items:admin). Nothing else changes. Where the answer is lost on its way the item becomes ACTION_REQUIRED, with an ITEM_ERROR event that says so.",
  })
  async rotateAccessToken(
    @Arg("id", () => ID, { description: "The item's id." }) id: string,
    @Ctx() context: Context,
  ): Promise<ItemPayload> {
    demandScope(context, "items:admin");
    const [uuid] = idParts("Item", "id", id);
    return { item: itemNoun(await context.operations.rotateAccessToken(context.viewer.id, uuid)) };
  }

  @Mutation(() => ItemPayload, {
    nullable: true,
    description: "Asks the provider to fetch transactions from the institution now; what it finds comes as an event.",
  })
  async refreshTransactions(
    @Arg("itemId", () => ID, { description: "The item's id." }) itemId: string,
    @Ctx() context: Context,
  ): Promise<ItemPayload> {
    const [uuid] = idParts("Item", "itemId", itemId);
    return { item: itemNoun(await context.operations.refreshItem(context.viewer.id, uuid, "TRANSACTIONS")) };
  }

  @Mutation(() => ItemPayload, {
    nullable: true,
    description:
      "Asks the provider to fetch holdings and investment transactions from the institution now; what it finds comes as an event. Link Money cannot.",
  })
  async refreshInvestments(
    @Arg("itemId", () => ID, { description: "The item's id." }) itemId: string,
    @Ctx() context: Context,
  ): Promise<ItemPayload> {
    const [uuid] = idParts("Item", "itemId", itemId);
    return { item: itemNoun(await context.operations.refreshItem(context.viewer.id, uuid, "INVESTMENTS")) };
  }

  @FieldResolver(() => Institution, {
    nullable: true,
    description:
      "The institution of this login; null when the provider names none, or it cannot be read now: see institutionName.",
  })
  async institution(@Root() item: Item, @Ctx() context: Context): Promise<Institution | null> {
    const { provider, remoteInstitutionId } = item;
    if (remoteInstitutionId === null) return null;
    return context.loaders.institution(provider, remoteInstitutionId).catch(nullForUpstream);
  }

  @FieldResolver(() => AccountConnection, { description: "The item's accounts, in the provider's order." })
  async accounts(
    @Root() item: Item,
    @Arg("filter", () => AccountFilter, { nullable: true, description: "Which accounts." }) filter:
      | AccountFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountConnection> {
    return accountPage(context, info, filter ?? {}, page, await itemOf(context, item.id));
  }

  @FieldResolver(() => HoldingConnection, { description: "What the item's investment accounts hold." })
  async holdings(
    @Root() item: Item,
    @Arg("filter", () => HoldingFilter, { nullable: true, description: "Which holdings." }) filter:
      | HoldingFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<HoldingConnection> {
    return holdingPage(context, filter ?? {}, page, { item: await itemOf(context, item.id) });
  }

  @FieldResolver(() => LiabilityConnection, {
    description: "The terms of the item's cards, mortgages and student loans.",
  })
  async liabilities(
    @Root() item: Item,
    @Arg("filter", () => LiabilityFilter, { nullable: true, description: "Which liabilities." }) filter:
      | LiabilityFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<LiabilityConnection> {
    return liabilityPage(context, filter ?? {}, page, await itemOf(context, item.id));
  }

  @FieldResolver(() => TransactionConnection, { description: "The item's transactions, newest first." })
  async transactions(
    @Root() item: Item,
    @Arg("filter", () => TransactionFilter, { nullable: true, description: "Which transactions." }) filter:
      | TransactionFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<TransactionConnection> {
    return transactionPage(context, filter ?? {}, page, { item: await itemOf(context, item.id) });
  }

  @FieldResolver(() => InvestmentTransactionConnection, {
    description: "Trades and movements of cash in the item's investment accounts, newest first.",
  })
  async investmentTransactions(
    @Root() item: Item,
    @Arg("filter", () => InvestmentTransactionFilter, { nullable: true, description: "Which of them." }) filter:
      | InvestmentTransactionFilter
      | null
      | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ): Promise<InvestmentTransactionConnection> {
    return investmentTransactionPage(context, filter ?? {}, page, { item: await itemOf(context, item.id) });
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description: "The provider's own record, as received (scope raw:read). Numbers of more than 15 digits are strings.",
  })
  async raw(@Root() item: Item, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const row = await context.loaders.item(decodeIdOf("Item", item.id)?.[0] ?? "");
    return rawRecord(context, info, row?.description.record ?? null);
  }
}
