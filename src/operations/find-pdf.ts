import type { ReportPdf } from "../../adapters/adapter/reports.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import { GatewayError } from "../errors.ts";
import { keepNoItems } from "../reports/keep-no-items.ts";
import { pdfReader } from "../reports/pdf-reader.ts";
import { readSourceReport } from "../reports/read-source-report.ts";
import { findSource, type StoredSource } from "../store/report-sources.ts";
import { openToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";
import { isGiven, type PdfAddress } from "./pdf-link.ts";

/** A PDF that its address may be answered with. */
export interface SignedPdf {
  /** Whose it is. */
  viewer: string;
  /** Letters, digits, dots and hyphens only. */
  fileName: string;
  /** Asks the aggregator for it; the signal ends it. @throws GatewayError, before it begins. */
  read(signal: AbortSignal): Promise<ReportPdf>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGITS = /^[1-9]\d{0,14}$/;

/**
 * The PDF that an address leads to. The viewer is the report's, and the signature covers it: nothing in the address is believed before.
 * @throws GatewayError NOT_FOUND, always the same one, for a changed or expired address and for a report that is not READY (any more).
 */
export async function findPdf(deps: OperationDeps, address: PdfAddress): Promise<SignedPdf> {
  if (![address.report, address.source].every((id) => UUID.test(id)) || !DIGITS.test(address.expires)) throw noPdf();
  const source = await findSource(deps.store.db, address.source);
  // also without a source, so that an address that never was takes as long as one that has expired
  const given = isGiven(deps.vault, source?.viewer ?? "", address);
  const isGood = given && deps.clock.now() < Number(address.expires);
  if (!source || !isGood || source.report_id !== address.report || source.state !== "READY") throw noPdf();
  return {
    viewer: source.viewer,
    fileName: `report-${source.report_id}-${source.provider.toLowerCase().replaceAll("_", "-")}.pdf`,
    read: (signal) => readPdf(deps, source, signal),
  };
}

async function readPdf(deps: OperationDeps, source: StoredSource, signal: AbortSignal): Promise<ReportPdf> {
  const read = pdfReader(adapterOf(deps.adapters, source.provider), source);
  const { token_sealed } = source;
  if (!read || !token_sealed) throw noPdf();
  const token = openToken(deps.vault, { ...source, token_sealed });
  try {
    // a relay may stand for a newer report by now, which its PDF does not say
    if (isRelayed(source)) await readSourceReport(deps, source, { insights: false, begin: keepNoItems }, signal);
    return await read({ token, budgetKey: source.id, signal });
  } catch (error) {
    // removed or taken back at its aggregator meanwhile, or no more to be had
    if (error instanceof GatewayError && ["GONE", "PRODUCT_UNSUPPORTED"].includes(error.code)) throw noPdf();
    throw error;
  }
}

function isRelayed({ made_by }: StoredSource): boolean {
  return made_by === "RELAY" || made_by === "RELAY_REFRESH";
}

/** Word for word what any address without a route is answered. */
function noPdf(): GatewayError {
  return new GatewayError("NOT_FOUND", "There is nothing to GET at this address.");
}
