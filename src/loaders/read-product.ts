import type { Adapter, ItemCall, Reading } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { ErrorCode, Product, Provider } from "../../schema/enums.ts";
import type { Unavailable } from "../../schema/errors.ts";
import type { Provenance } from "../../schema/provenance.ts";
import type { Cache } from "../cache.ts";
import { leftOut } from "../errors/left-out.ts";
import { unavailable } from "../errors/unavailable.ts";
import { GatewayError } from "../errors.ts";
import type { EventDeps } from "../events/record-event.ts";
import type { Log } from "../log.ts";
import type { StoredItem } from "../store/items.ts";
import type { Store } from "../store/store.ts";
import { noteFailedRead, noteHealth } from "./note-health.ts";
import { withCurrentToken } from "./with-current-token.ts";

/**
 * What one product read of one item gave; it never rejects for an upstream reason. `value` is null when nothing could be
 * had. `unavailable` says why, and names records that were left out; beside a value it says what that value lacks: some
 * records, or freshness (its provenance tells the age).
 */
export interface Read<T> {
  value: T | null;
  unavailable: Unavailable[];
}

/** What upstream reads are made with. */
export interface ReadDeps extends EventDeps {
  store: Pick<Store, "db" | "transaction">;
  cache: Cache;
  adapters: ReadonlyMap<Provider, Adapter>;
  log: Log;
}

/** One product, as it is read. */
export interface ProductRead<Data, Value> {
  product: Product;
  /** The adapter's method; undefined where it has none. */
  call: (adapter: Adapter, call: ItemCall, item: StoredItem) => Promise<Reading<Data>> | undefined;
  /** Makes the records the schema's nouns. */
  nouns: (data: Data, itemUuid: string, provenance: Provenance) => Value;
  /** True asks the aggregator each time, and keeps nothing. */
  uncached?: boolean;
}

/** What is kept of an answer: the reading, or that the product is not offered. */
type Kept<Data> = { reading: Reading<Data> } | { refused: Unavailable };

/** After these an older answer may not be shown: whoever could allow it has ended that. */
const ACCESS_ENDED: ReadonlySet<ErrorCode> = new Set(["ITEM_REVOKED", "ITEM_CONSENT_REQUIRED"]);

/** Reads one product of one item through the cache. Only faults of the gateway's own code reject. */
export async function readProduct<Data, Value>(
  deps: ReadDeps,
  { product, call, nouns, uncached = false }: ProductRead<Data, Value>,
  item: StoredItem,
  signal: AbortSignal,
): Promise<Read<Value>> {
  const { cache, adapters, clock, log } = deps;
  const missing = { itemUuid: item.id, provider: item.provider, product };
  const revoked = item.health === "DISCONNECTED";

  async function load(flightSignal: AbortSignal): Promise<Kept<Data>> {
    const adapter = adapterOf(adapters, item.provider);
    try {
      const reading = await withCurrentToken(deps, item, async (token) => {
        const answer = call(adapter, { token, budgetKey: item.id, signal: flightSignal }, item);
        if (!answer) throw notOffered(item.provider, product);
        return answer;
      });
      return { reading };
    } catch (error) {
      if (!(error instanceof GatewayError && error.code === "PRODUCT_UNSUPPORTED")) throw error;
      return { refused: unavailable(error, missing) };
    }
  }

  const askedAt = clock.now();
  try {
    const { value, cached, stale, storedAt } = await cache.getOrLoad<Kept<Data>>(
      { viewer: item.viewer, item: item.id, product, epoch: item.access_epoch },
      {
        generation: item.generations[product] ?? 0,
        ttlMs: uncached || revoked ? 0 : undefined,
        staleOn: ({ code }) => !revoked && !ACCESS_ENDED.has(code),
        signal,
        load,
      },
    );
    if (stale) log.warn({ ...missing, code: stale.code }, "an older answer stands in for one that failed");
    const failed = stale ? [unavailable(stale, missing)] : [];
    if ("refused" in value) return { value: null, unavailable: stale ? failed : [value.refused] };
    if (stale) await noteFailedRead(deps, item, stale, askedAt);
    const { data, origin, leftOut: records, itemError } = value.reading;
    if (!stale && !cached) await noteHealth(deps, item, itemError, storedAt);
    const lacking = leftOut(records, origin, missing);
    const provenance = { provider: item.provider, ...origin, cached };
    return { value: nouns(data, item.id, provenance), unavailable: lacking ? [...failed, lacking] : failed };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await noteFailedRead(deps, item, error, askedAt);
    if (error.code === "ITEM_REVOKED") await cache.drop(item.viewer, item.id);
    log.warn({ ...missing, code: error.code, err: error }, "a product could not be read");
    return { value: null, unavailable: [unavailable(error, missing)] };
  }
}

function notOffered(provider: Provider, product: Product): GatewayError {
  const message = `${provider} does not offer ${product} through this gateway.`;
  return new GatewayError("PRODUCT_UNSUPPORTED", message, { upstream: { provider } });
}
