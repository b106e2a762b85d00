import { type Environment, graphql } from "relay-runtime";
import { retry } from "../retry.ts";
import type {
  followEventsSubscription,
  followEventsSubscription$data,
} from "./__generated__/followEventsSubscription.graphql.ts";
import { subscribe } from "./subscribe.ts";

const document = graphql`
  subscription followEventsSubscription($after: String, $types: [EventType!]) {
    events(after: $after, types: $types) {
      id
      cursor
      type
      itemId
      item {
        id
        ...fragments_itemCard
      }
      report {
        id
        ...fragments_reportProgress
      }
      transactionIds
    }
  }
`;

/**
 * Hands every event since `after` to `onEvent`, one after the other, over lost connections, until `signal` is aborted. Keep the cursor of
 * each where it outlives the page; one whose handling fails comes again. @throws GONE when the feed does not reach back to `after`: then read afresh what is shown, and follow
 * from now on, with null.
 */
export async function followEvents(
  environment: Environment,
  after: string | null,
  onEvent: (event: followEventsSubscription$data["events"]) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let cursor = after;
  await retry(
    async (progress) => {
      const variables = { after: cursor };
      for await (const { events: event } of subscribe<followEventsSubscription>(
        environment,
        document,
        variables,
        signal,
      )) {
        await onEvent(event);
        cursor = event.cursor;
        progress();
      }
      if (!signal.aborted) throw new Error("The stream ended.");
    },
    { signal },
  ).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
