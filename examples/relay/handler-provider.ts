import { ConnectionHandler, DefaultHandlerProvider, type Environment, type RecordProxy } from "relay-runtime";

type HandlerProvider = NonNullable<ConstructorParameters<typeof Environment>[0]["handlerProvider"]>;
type Handler = NonNullable<ReturnType<HandlerProvider>>;

/**
 * Makes one list of a @connection's pages, as Relay's own handler does, and keeps with it what was `unavailable` to any of them: Relay's
 * would only show what the last page said.
 */
const listHandler: Handler = {
  update(store, payload) {
    const earlier = () => store.get(payload.dataID)?.getLinkedRecord(payload.handleKey);
    const before = payload.args.after ? (earlier()?.getLinkedRecords("unavailable") ?? []) : [];
    ConnectionHandler.update(store, payload);
    const now = earlier()?.getLinkedRecords("unavailable");
    if (now) earlier()?.setLinkedRecords(together([...before, ...now]), "unavailable");
  },
};

/** Each trouble once: the newer word on an item's product counts. */
function together(entries: readonly RecordProxy[]): RecordProxy[] {
  const keyOf = (entry: RecordProxy) =>
    JSON.stringify([entry.getLinkedRecord("item")?.getDataID(), entry.getValue("provider"), entry.getValue("product")]);
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}

/** Relay's handlers, and in place of that of connections the one for the lists of this schema. */
export const handlerProvider: HandlerProvider = (handle) =>
  handle === "connection" ? listHandler : DefaultHandlerProvider(handle);
