/**
 * Tells how many different askers ask for the same within one turn of the event loop, as the fields of one list do.
 * @returns A function of what is asked for and of who asks.
 */
export function createGathering(): (what: string, asker: string) => Promise<number> {
  const open = new Map<string, { askers: Set<string>; closed: Promise<void> }>();
  return async (what, asker) => {
    const turn = open.get(what) ?? {
      askers: new Set<string>(),
      closed: new Promise<void>(setImmediate).then(() => void open.delete(what)),
    };
    open.set(what, turn);
    turn.askers.add(asker);
    await turn.closed;
    return turn.askers.size;
  };
}
