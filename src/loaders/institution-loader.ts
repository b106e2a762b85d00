import DataLoader from "dataloader";
import type { InstitutionRecord } from "../../adapters/adapter/institutions.ts";
import type { Reading } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import type { Provider } from "../../schema/enums.ts";
import type { Institution } from "../../schema/institution.ts";
import type { StoredItem } from "../store/items.ts";
import { institutionNoun } from "./institution-noun.ts";
import { personToken } from "./person-token.ts";
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
  deps: ReadDeps,
  { items, signal }: { items: () => Promise<StoredItem[]>; signal: AbortSignal },
): DataLoader<InstitutionKey, Institution, string> {
  async function load({ provider, remoteId }: InstitutionKey, flightSignal: AbortSignal) {
    const token = personToken(deps, await items(), provider);
    return adapterOf(deps.adapters, provider).readInstitution(remoteId, { token, signal: flightSignal });
  }

  async function read(key: InstitutionKey): Promise<Institution> {
    const { value, cached, stale } = await deps.cache.getOrLoad<Reading<InstitutionRecord>>(
      { viewer: "", item: "", product: "OTHER", args: `institution/${key.provider}/${key.remoteId}` },
      {
        generation: 0,
        staleOn: ({ code }) => code !== "NOT_FOUND",
        signal,
        load: (flightSignal) => load(key, flightSignal),
      },
    );
    if (stale) deps.log.warn({ ...key, code: stale.code }, "an older answer stands in for an institution");
    return institutionNoun(value.data, { provider: key.provider, ...value.origin, cached });
  }

  return new DataLoader<InstitutionKey, Institution, string>((keys) => Promise.all(keys.map(read)), {
    batch: false, // each call goes, and comes back, by itself
    cacheKeyFn: ({ provider, remoteId }) => `${provider}/${remoteId}`,
  });
}
