import DataLoader from "dataloader";
import type { InstitutionRecord, Reading } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Provider } from "../../schema/enums.ts";
import type { Institution } from "../../schema/institution.ts";
import { encodeId } from "../ids.ts";
import type { StoredItem } from "../store/items.ts";
import { openToken } from "../store/tokens.ts";
import type { ReadDeps } from "./read-product.ts";

interface InstitutionKey {
  provider: Provider;
  remoteId: string;
}

/**
 * Institutions, each read once a request and kept in the cache that all viewers share. Where the aggregator wants a
 * person's token, it is that of a healthy item of the viewer's there. When it fails, an older answer stands in: its
 * provenance tells the age.
 */
export function createInstitutionLoader(
  { adapters, cache, vault, log }: ReadDeps,
  { items, signal }: { items: () => Promise<StoredItem[]>; signal: AbortSignal },
): DataLoader<InstitutionKey, Institution, string> {
  async function load({ provider, remoteId }: InstitutionKey, flightSignal: AbortSignal) {
    const adapter = adapterOf(adapters, provider);
    const own = (await items()).filter((each) => each.provider === provider);
    const item = own.find(({ health }) => health === "HEALTHY") ?? own[0];
    const token = item ? openToken(vault, item) : null;
    return adapter.readInstitution(remoteId, { token, signal: flightSignal });
  }

  async function read(key: InstitutionKey): Promise<Institution> {
    const { value, cached, stale } = await cache.getOrLoad<Reading<InstitutionRecord>>(
      { viewer: "", item: "", product: "OTHER", args: `institution/${key.provider}/${key.remoteId}` },
      {
        generation: 0,
        staleOn: ({ code }) => code !== "NOT_FOUND",
        signal,
        load: (flightSignal) => load(key, flightSignal),
      },
    );
    if (stale) log.warn({ ...key, code: stale.code }, "an older answer stands in for an institution");
    const { data, origin } = value;
    return {
      ...data,
      id: encodeId("Institution", key.provider, data.remoteId),
      provider: key.provider,
      provenance: { provider: key.provider, ...origin, cached },
    };
  }

  return new DataLoader<InstitutionKey, Institution, string>((keys) => Promise.all(keys.map(read)), {
    batch: false, // each call goes, and comes back, by itself
    cacheKeyFn: ({ provider, remoteId }) => `${provider}/${remoteId}`,
  });
}
