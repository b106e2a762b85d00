/** Where in a list each of its records stands, by the aggregator's own id. */
export function positionsById(records: readonly { remoteId: string }[]): ReadonlyMap<string, number> {
  return new Map(records.map(({ remoteId }, position) => [remoteId, position]));
}
