import { Field, ID, InputType, Int } from "type-graphql";
import { AccountType, ItemStatus, LiabilityKind, Product, Provider, ReportOrigin, ReportStatus } from "./enums.ts";
import { GraphQLDate, GraphQLDecimal, GraphQLUrl } from "./scalars.ts";

@InputType({ description: "Which items. An absent or null field does not filter; an empty list matches nothing." })
export class ItemFilter {
  @Field(() => [ID], { description: "Those with one of these ids.", nullable: true })
  ids?: string[] | null;
  @Field(() => [Provider], { description: "Those linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => [ItemStatus], { description: "Those in one of these states.", nullable: true })
  statuses?: ItemStatus[] | null;
}

@InputType({ description: "Which accounts. An absent or null field does not filter; an empty list matches nothing." })
export class AccountFilter {
  @Field(() => [ID], { description: "Those with one of these ids.", nullable: true })
  ids?: string[] | null;
  @Field(() => [ID], { description: "Those of one of these items.", nullable: true })
  itemIds?: string[] | null;
  @Field(() => [Provider], { description: "Those linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => [AccountType], { description: "Those of one of these kinds.", nullable: true })
  types?: AccountType[] | null;
  @Field(() => [String], {
    description: "Those whose subtype is one of these, as the provider words it.",
    nullable: true,
  })
  subtypes?: string[] | null;
  @Field(() => Boolean, {
    description:
      "With true, an account that is linked more than once, through one provider or several, is listed once: where it was linked first, of the items that the filter leaves. See Account.sameAs.",
    nullable: true,
    defaultValue: false,
  })
  deduplicate?: boolean | null;
}

@InputType({ description: "Which holdings. An absent or null field does not filter; an empty list matches nothing." })
export class HoldingFilter {
  @Field(() => [ID], { description: "Those of one of these items.", nullable: true })
  itemIds?: string[] | null;
  @Field(() => [ID], { description: "Those in one of these accounts.", nullable: true })
  accountIds?: string[] | null;
  @Field(() => [Provider], { description: "Those linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => [String], { description: "Those of a security with one of these ticker symbols.", nullable: true })
  tickerSymbols?: string[] | null;
  @Field(() => [String], {
    description: "Those of a security of one of these types, as the provider words it: equity, etf ...",
    nullable: true,
  })
  securityTypes?: string[] | null;
}

@InputType({
  description: "Which liabilities. An absent or null field does not filter; an empty list matches nothing.",
})
export class LiabilityFilter {
  @Field(() => [ID], { description: "Those of one of these items.", nullable: true })
  itemIds?: string[] | null;
  @Field(() => [ID], { description: "Those on one of these accounts.", nullable: true })
  accountIds?: string[] | null;
  @Field(() => [Provider], { description: "Those linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => [LiabilityKind], { description: "Those of one of these kinds.", nullable: true })
  kinds?: LiabilityKind[] | null;
  @Field(() => Boolean, {
    description: "With true, only those known to be overdue.",
    nullable: true,
    defaultValue: false,
  })
  overdueOnly?: boolean | null;
}

@InputType({
  description:
    "Which transactions. An absent or null field does not filter; an empty list matches nothing. Without dates: the two years that providers keep.",
})
export class TransactionFilter {
  @Field(() => [ID], { description: "Those of one of these items.", nullable: true })
  itemIds?: string[] | null;
  @Field(() => [ID], { description: "Those of one of these accounts.", nullable: true })
  accountIds?: string[] | null;
  @Field(() => [Provider], { description: "Those of items linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => GraphQLDate, { description: "The earliest date; 731 days ago when absent.", nullable: true })
  startDate?: string | null;
  @Field(() => GraphQLDate, { description: "The latest date; today (UTC) when absent.", nullable: true })
  endDate?: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The least amount, with its sign: money that came in is negative.",
    nullable: true,
  })
  minAmount?: string | null;
  @Field(() => GraphQLDecimal, { description: "The greatest amount, with its sign.", nullable: true })
  maxAmount?: string | null;
  @Field(() => Boolean, { description: "True: only pending ones; false: only posted ones.", nullable: true })
  pending?: boolean | null;
  @Field(() => String, {
    description: "Those with this text, in either case, in name, merchantName or originalDescription.",
    nullable: true,
  })
  search?: string | null;
}

@InputType({
  description:
    "Which trades and movements of cash. An absent or null field does not filter; an empty list matches nothing. Without dates: the two years that providers keep.",
})
export class InvestmentTransactionFilter {
  @Field(() => [ID], { description: "Those of one of these items.", nullable: true })
  itemIds?: string[] | null;
  @Field(() => [ID], { description: "Those of one of these accounts.", nullable: true })
  accountIds?: string[] | null;
  @Field(() => [Provider], { description: "Those of items linked through one of these providers.", nullable: true })
  providers?: Provider[] | null;
  @Field(() => GraphQLDate, { description: "The earliest date; 731 days ago when absent.", nullable: true })
  startDate?: string | null;
  @Field(() => GraphQLDate, { description: "The latest date; today (UTC) when absent.", nullable: true })
  endDate?: string | null;
  @Field(() => GraphQLDecimal, {
    description: "The least amount, with its sign: money that came in is negative.",
    nullable: true,
  })
  minAmount?: string | null;
  @Field(() => GraphQLDecimal, { description: "The greatest amount, with its sign.", nullable: true })
  maxAmount?: string | null;
  @Field(() => [String], {
    description: "Those of one of these types, as the provider words it: buy, sell, cash ...",
    nullable: true,
  })
  types?: string[] | null;
  @Field(() => String, {
    description: "Those with this text, in either case, in name, or in the security's name or ticker symbol.",
    nullable: true,
  })
  search?: string | null;
}

@InputType({ description: "Which reports. An absent or null field does not filter; an empty list matches nothing." })
export class ReportFilter {
  @Field(() => [ReportStatus], { description: "Those in one of these states.", nullable: true })
  statuses?: ReportStatus[] | null;
  @Field(() => [ReportOrigin], { description: "Those that came about in one of these ways.", nullable: true })
  origins?: ReportOrigin[] | null;
  @Field(() => String, { description: "Those with exactly this id of yours.", nullable: true })
  clientReportId?: string | null;
  @Field(() => [ID], { description: "Those over at least one of these items.", nullable: true })
  itemIds?: string[] | null;
}

@InputType({ description: "What the provider's link flow is opened for." })
export class CreateLinkTokenInput {
  @Field(() => Provider, { description: "Whose link flow; with `itemId` the item's counts.", defaultValue: "PLAID" })
  provider!: Provider;
  @Field(() => [Product], {
    description:
      "Needed for a new item: only institutions that have them all are offered; accounts and balances come with each. With `itemId`, the further products to ask consent for.",
    nullable: true,
  })
  products?: Product[] | null;
  @Field(() => ID, {
    description: "Reopen the link flow to repair this item; its provider then counts.",
    nullable: true,
  })
  itemId?: string | null;
  @Field(() => String, {
    description: "What people read as your application's name: 30 characters at most.",
    nullable: true,
  })
  clientName?: string | null;
  @Field(() => String, {
    description: "In which language the flow speaks, ISO 639-1: en, es, fr ...",
    nullable: true,
    defaultValue: "en",
  })
  language?: string | null;
  @Field(() => [String], {
    description:
      "Whose institutions are offered, ISO 3166-1 alpha-2. To repair an item, the countries that it was linked with.",
    nullable: true,
    defaultValue: ["US"],
  })
  countryCodes?: string[] | null;
  @Field(() => GraphQLUrl, {
    description:
      "Where institutions with a sign-in of their own send people back to: https, and allowed at the provider.",
    nullable: true,
  })
  redirectUri?: string | null;
}

@InputType({ description: "What the provider's link flow gave the front end." })
export class LinkItemInput {
  @Field(() => Provider, { description: "Whose link flow it was.", defaultValue: "PLAID" })
  provider!: Provider;
  @Field(() => String, { description: "The public token from the flow's onSuccess; it works once, for 30 minutes." })
  publicToken!: string;
}

@InputType({ description: "An item that was linked elsewhere." })
export class ImportItemInput {
  @Field(() => Provider, { description: "The provider that the access token is of." })
  provider!: Provider;
  @Field(() => String, {
    description: "The item's access token (Link Money: the user's token). A secret: send it from servers only.",
  })
  accessToken!: string;
}

@InputType({ description: "The person whom a report is about, as it shall stand in the report." })
export class ReportUserInput {
  @Field(() => String, { description: "Your own id of the person.", nullable: true })
  clientUserId?: string | null;
  @Field(() => String, { description: "Given name.", nullable: true })
  firstName?: string | null;
  @Field(() => String, { description: "Middle name.", nullable: true })
  middleName?: string | null;
  @Field(() => String, { description: "Family name.", nullable: true })
  lastName?: string | null;
  @Field(() => String, {
    description:
      "Social security number with its dashes: 123-45-6789. It is given to the providers, and shown in full only with scope pii:read.",
    nullable: true,
  })
  ssn?: string | null;
  @Field(() => String, { description: "Telephone number, E.164: +14151234567.", nullable: true })
  phoneNumber?: string | null;
  @Field(() => String, { description: "E-mail address.", nullable: true })
  email?: string | null;
}

@InputType({
  description:
    "What a report is refreshed with. What is absent or null stays as it was; an empty string empties it. A relayed report takes none of daysRequested, clientReportId and user.",
})
export class RefreshReportInput {
  @Field(() => ID, { description: "The report to refresh; it stays as it is." })
  id!: string;
  @Field(() => Int, {
    description: "Days of history, counted back from its making: 0 to 731. As it was when absent or null.",
    nullable: true,
  })
  daysRequested?: number | null;
  @Field(() => String, { description: "Your own id of the new report; need not be unique.", nullable: true })
  clientReportId?: string | null;
  @Field(() => ReportUserInput, { description: "The person whom it is about.", nullable: true })
  user?: ReportUserInput | null;
  @Field(() => String, {
    description:
      "Resending the same key within 24 hours gives the first report again; with other input it is CONFLICT.",
    nullable: true,
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "What a new report leaves out of another." })
export class FilterReportInput {
  @Field(() => ID, { description: "The report to filter; it stays as it is." })
  id!: string;
  @Field(() => [ID], {
    description: "The accounts to leave out: ids of Account or ReportAccount. At least one must stay.",
  })
  excludeAccountIds!: string[];
  @Field(() => String, {
    description:
      "Resending the same key within 24 hours gives the first report again; with other input it is CONFLICT.",
    nullable: true,
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "Which report is shared with which auditor." })
export class CreateAuditCopyInput {
  @Field(() => ID, { description: "The report." })
  reportId!: string;
  @Field(() => [ID], { description: "Which of its sources; all READY ones when absent.", nullable: true })
  sourceIds?: string[] | null;
  @Field(() => String, { description: "The auditor's id at the provider, e.g. fannie_mae." })
  auditorId!: string;
}

@InputType({ description: "Which report is shared with which partner." })
export class CreateRelayInput {
  @Field(() => ID, { description: "The report." })
  reportId!: string;
  @Field(() => [ID], { description: "Which of its sources; all READY ones when absent.", nullable: true })
  sourceIds?: string[] | null;
  @Field(() => String, { description: "The partner's client id at the provider." })
  secondaryClientId!: string;
}

@InputType({ description: "What a new report is over, and what it says of itself." })
export class CreateReportInput {
  @Field(() => [ID], { description: "At least one; more than 99 of one provider make several sources." })
  itemIds!: string[];
  @Field(() => Int, { description: "Days of history, counted back from its making: 0 to 731." })
  daysRequested!: number;
  @Field(() => String, { description: "Your own id of the report; need not be unique.", nullable: true })
  clientReportId?: string | null;
  @Field(() => ReportUserInput, { description: "The person whom it is about.", nullable: true })
  user?: ReportUserInput | null;
  @Field(() => String, {
    description:
      "Resending the same key within 24 hours gives the first report again; with other input it is CONFLICT.",
    nullable: true,
  })
  idempotencyKey?: string | null;
}
