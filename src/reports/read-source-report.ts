import type { KeptItem, ReadReportOptions, ReportData } from "../../adapters/adapter/reports.ts";
import type { Adapter, Reading, ReportCall } from "../../adapters/adapter.ts";
import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { GatewayError } from "../errors.ts";
import type { StoredSource } from "../store/report-sources.ts";
import { openToken } from "../store/tokens.ts";
import type { ReportDeps } from "./deps.ts";
import { isReceived } from "./is-received.ts";
import { READ_DEADLINE_MS } from "./schedule.ts";

type Deps = Pick<ReportDeps, "adapters" | "vault" | "clock">;

/**
 * Reads a source's report upstream. @throws GatewayError of the adapter; where a relay stands for another report than the source's:
 * REPORT_NOT_READY before the source is READY, PRODUCT_UNSUPPORTED after.
 */
export async function readSourceReport<Item extends KeptItem>(
  deps: Deps,
  source: StoredSource,
  options: ReadReportOptions<Item>,
  signal?: AbortSignal,
): Promise<Reading<ReportData<Item>>> {
  const reading = await readUpstream(deps, source, options, signal);
  if (!isReceived(source) || source.remote_id === null || source.remote_id === reading.data.remoteId) return reading;
  const upstream = { provider: source.provider };
  if (source.state !== "READY") {
    throw new GatewayError("REPORT_NOT_READY", "The relay still stands for the report that is refreshed.", {
      upstream,
    });
  }
  const message = "The relay stands for a newer report by now: no more can be had of this one.";
  throw new GatewayError("PRODUCT_UNSUPPORTED", message, { upstream });
}

/** Reads whatever the source's token stands for now. @throws GatewayError of the adapter. */
export async function readUpstream<Item extends KeptItem>(
  deps: Deps,
  source: StoredSource,
  options: ReadReportOptions<Item>,
  signal?: AbortSignal,
): Promise<Reading<ReportData<Item>>> {
  const { endpoint, read } = readerOf(adapterOf(deps.adapters, source.provider), source, options);
  const { token_sealed } = source;
  if (!token_sealed) throw new GatewayError("GONE", "The report was removed at its aggregator.");
  const token = openToken(deps.vault, { ...source, token_sealed });
  return withDeadline(deps.clock, { what: endpoint, ms: READ_DEADLINE_MS, signal }, (signal) =>
    read({ token, budgetKey: source.id, signal }),
  );
}

interface Reader<Item extends KeptItem> {
  endpoint: string;
  read(call: ReportCall): Promise<Reading<ReportData<Item>>>;
}

function readerOf<Item extends KeptItem>(
  adapter: Adapter,
  source: StoredSource,
  options: ReadReportOptions<Item>,
): Reader<Item> {
  const { readReport, readAuditCopy, readRelay } = adapter;
  const unsupported = (what: string) =>
    new GatewayError("PRODUCT_UNSUPPORTED", `${adapter.provider} ${what}.`, {
      upstream: { provider: adapter.provider },
    });
  switch (source.made_by) {
    case "AUDIT_COPY":
      if (!readAuditCopy) throw unsupported("gives no audit copies to read");
      if (options.insights) throw unsupported("gives no insights of an audit copy");
      return { endpoint: "/asset_report/audit_copy/get", read: (call) => readAuditCopy(options, call) };
    case "RELAY":
    case "RELAY_REFRESH":
      if (!readRelay) throw unsupported("has no relays");
      return { endpoint: "/credit/relay/get", read: (call) => readRelay(options, call) };
    default:
      if (!readReport) throw unsupported("makes no asset reports");
      return { endpoint: "/asset_report/get", read: (call) => readReport(options, call) };
  }
}
