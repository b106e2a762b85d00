import {
  Environment,
  Network,
  Observable,
  type PayloadData,
  type PayloadError,
  RecordSource,
  Store,
} from "relay-runtime";
import type { Connection } from "../connection.ts";
import { post } from "../fetch/post.ts";
import { retry } from "../retry.ts";
import { createSocket } from "../socket.ts";
import type { Sink } from "../values-of.ts";
import { handlerProvider } from "./handler-provider.ts";

/** Relay for the gateway: its store, its token, and what it tries again. */
export function createEnvironment(connection: Connection): Environment {
  const socket = createSocket(connection);
  return new Environment({
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 10 }),
    handlerProvider,
    network: Network.create(
      async ({ text, name, operationKind }, variables) => {
        const send = () => post<PayloadData>(connection, { query: text ?? "", variables, operationName: name });
        // where the network fails, a query is sent again; a mutation is not, here: nobody knows whether it was done
        const { data, errors } = await (operationKind === "query" ? retry(send) : send());
        if (!data) throw new Error(`${name} was refused.`, { cause: errors });
        return { data, errors: errors as PayloadError[] | undefined };
      },
      ({ text, name }, variables) =>
        Observable.create((sink) =>
          socket.subscribe({ query: text ?? "", variables, operationName: name }, sink as Sink<unknown>),
        ),
    ),
  });
}
