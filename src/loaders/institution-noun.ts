import type { InstitutionRecord } from "../../adapters/adapter/institutions.ts";
import type { Institution } from "../../schema/institution.ts";
import type { Provenance } from "../../schema/provenance.ts";
import { encodeId } from "../ids.ts";

/** An institution's record as the schema's noun. */
export function institutionNoun(record: InstitutionRecord, provenance: Provenance): Institution {
  const { provider } = provenance;
  return { ...record, id: encodeId("Institution", provider, record.remoteId), provider, provenance };
}
