import type { PdfLink } from "../../schema/report.ts";
import { pdfReader } from "../reports/pdf-reader.ts";
import type { StoredSource } from "../store/report-sources.ts";
import type { Vault } from "../vault.ts";
import type { OperationDeps } from "./deps.ts";

/** The parts of a PDF's address, as they came. */
export interface PdfAddress {
  /** Uuid of the report. */
  report: string;
  /** Uuid of its source. */
  source: string;
  /** Until when it is good: ms since the epoch, in digits. */
  expires: string;
  signature: string;
}

/** How long an address is good, ms. */
const GOOD_FOR_MS = 10 * 60_000;

/** A new address of a source's PDF, good for ten minutes; null unless the source is READY and its aggregator gives PDFs. */
export function pdfLink(
  deps: Pick<OperationDeps, "adapters" | "vault" | "clock" | "publicUrl">,
  source: StoredSource,
): PdfLink | null {
  if (source.state !== "READY" || !pdfReader(deps.adapters.get(source.provider), source)) return null;
  const expires = deps.clock.now() + GOOD_FOR_MS;
  const address = { report: source.report_id, source: source.id, expires: String(expires) };
  const query = new URLSearchParams({
    expires: address.expires,
    signature: deps.vault.sign(signedText(source.viewer, address)),
  });
  return {
    url: `${deps.publicUrl()}/reports/${address.report}/${address.source}.pdf?${query}`,
    expiresAt: new Date(expires).toISOString(),
  };
}

/** Whether this gateway gave the address to that viewer. */
export function isGiven(vault: Vault, viewer: string, address: PdfAddress): boolean {
  return vault.isSignatureOf(address.signature, signedText(viewer, address));
}

function signedText(viewer: string, { report, source, expires }: Omit<PdfAddress, "signature">): string {
  return JSON.stringify(["pdf", viewer, report, source, expires]);
}
