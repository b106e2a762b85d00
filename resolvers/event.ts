import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root, Subscription } from "type-graphql";
import { EventType } from "../schema/enums.ts";
import { Event } from "../schema/event.ts";
import { Item } from "../schema/item.ts";
import { EventConnection, PageArgs } from "../schema/pagination.ts";
import { Report } from "../schema/report.ts";
import { GraphQLJson } from "../schema/scalars.ts";
import type { Context } from "../src/context.ts";
import { eventCursor } from "./event-cursor.ts";
import { eventNounOf, type FeedArgs, watchOwnEvents } from "./events.ts";
import { linkedItem } from "./items.ts";
import { connection, pageSize } from "./paginate.ts";
import { nounOf } from "./reports.ts";
import { rawRecord } from "./scopes.ts";

const TYPES = "Only events of these types; all when absent.";

/** The feed of events. */
@Resolver(() => Event)
export class EventResolver {
  @Query(() => EventConnection, {
    description:
      "What happened, oldest first: the durable feed behind the events subscription. A cursor older than the feed reaches is GONE: then read afresh what you show.",
  })
  async events(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("types", () => [EventType], { nullable: true, description: TYPES }) types: EventType[] | null | undefined,
    @Ctx() context: Context,
  ): Promise<EventConnection> {
    const first = pageSize(page);
    const after = eventCursor(page.after);
    const query = { first, after, types: types ?? undefined };
    const { events, more } = await context.operations.listEvents(context.viewer.id, query);
    const placed = events.map((row, ordinal) => {
      const node = eventNounOf(context, row);
      return { node, group: "", key: node.id, ordinal };
    });
    return connection(placed, {
      hasPrevious: after !== null && after > 0,
      hasNext: more,
      total: null,
      unavailable: [],
      cursorOf: ({ node }) => node.cursor,
    });
  }

  @Subscription(() => Event, {
    name: "events",
    description:
      "Every event of your items and reports from now on; with `after`, first all that was missed since that cursor, each once and in order. Keep the cursor of the last event that you have handled, and reconnect with it. A cursor older than the feed reaches is GONE: then read afresh what you show, and follow from now on.",
    subscribe: ({ args, context }: { args: FeedArgs; context: Context }) => watchOwnEvents(context, args),
  })
  watchEvents(
    @Root() event: Event,
    @Arg("after", () => String, {
      nullable: true,
      description: "The cursor of the last event handled; absent, the feed begins now.",
    })
    _after: string | null | undefined,
    @Arg("types", () => [EventType], { nullable: true, description: TYPES }) _types: EventType[] | null | undefined,
  ): Event {
    return event;
  }

  @FieldResolver(() => Item, {
    nullable: true,
    description: "The item concerned, as it now stands; null when it is gone, or it concerns none.",
  })
  item(@Root() { itemUuid }: Event, @Ctx() context: Context): Promise<Item | null> {
    return linkedItem(context, itemUuid);
  }

  @FieldResolver(() => Report, {
    nullable: true,
    description: "The report concerned, as it now stands; null when it concerns none.",
  })
  async report(@Root() { reportUuid }: Event, @Ctx() context: Context): Promise<Report | null> {
    const report = reportUuid === null ? null : await context.reports.report(reportUuid);
    return report && nounOf(context, report);
  }

  @FieldResolver(() => GraphQLJson, {
    nullable: true,
    description:
      "The webhook's body as received, less secrets (scope raw:read); null for an event of the gateway's own. Numbers of more than 15 digits are strings.",
  })
  raw(@Root() event: Event, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): unknown {
    return rawRecord(context, info, event.readBody());
  }
}
