import type { ApolloClient } from "@apollo/client";
import { EventsDocument, type EventsSubscription } from "../generated/operations.ts";
import { retry } from "../retry.ts";
import { subscribe } from "./subscribe.ts";

/**
 * Hands every event since `after` to `onEvent`, one after the other, over lost connections, until `signal` is aborted. Keep the cursor of
 * each where it outlives the page; one whose handling fails comes again. @throws GONE when the feed does not reach back to `after`: then read afresh what is shown, and follow
 * from now on, with null.
 */
export async function followEvents(
  client: ApolloClient,
  after: string | null,
  onEvent: (event: EventsSubscription["events"]) => void | Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let cursor = after;
  await retry(
    async (progress) => {
      for await (const { events: event } of subscribe(client, EventsDocument, { after: cursor }, signal)) {
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
