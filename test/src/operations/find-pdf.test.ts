import { PassThrough } from "node:stream";
import { afterEach, expect, it } from "@jest/globals";
import type { Adapter } from "../../../adapters/adapter.ts";
import { type ManualClock, manualClock } from "../../../src/clock.ts";
import { GatewayError } from "../../../src/errors.ts";
import { createReport } from "../../../src/operations/create-report.ts";
import type { OperationDeps } from "../../../src/operations/deps.ts";
import { findPdf } from "../../../src/operations/find-pdf.ts";
import { type PdfAddress, pdfLink } from "../../../src/operations/pdf-link.ts";
import { removeReport } from "../../../src/operations/remove-report.ts";
import { reportOrder } from "../../../src/operations/report-order.ts";
import { checkSource } from "../../../src/reports/check-source.ts";
import { listSources, type StoredSource } from "../../../src/store/report-sources.ts";
import { createVault } from "../../../src/vault.ts";
import { eachDatabase } from "../../support/database.ts";
import { linkedItem, reportDeps, reportMaker, sendNow } from "../../support/report-worker.ts";

const START = Date.parse("2026-03-01T12:00:00Z");
const TEN_MINUTES = 10 * 60_000;

eachDatabase((_, open) => {
  let deps: OperationDeps;
  let clock: ManualClock;
  /** What the aggregator does; the tokens that it was asked by. */
  let readReportPdf: NonNullable<Adapter["readReportPdf"]>;
  let tokens: string[];
  let reportId: string;
  afterEach(async () => {
    await deps.hub.close();
    await deps.jobs.stop();
  });

  /** A READY source of ann's report. */
  async function ready(): Promise<StoredSource> {
    clock = manualClock(START);
    tokens = [];
    readReportPdf = async ({ token }) => {
      tokens.push(token);
      return {
        body: new PassThrough().end("%PDF-"),
        origin: { endpoint: "/asset_report/pdf/get", requestId: null, fetchedAt: "2026-03-01T12:00:00.000Z" },
      };
    };
    deps = await reportDeps(await open(), { PLAID: reportMaker() }, { clock });
    Object.assign(deps.adapters.get("PLAID") ?? {}, {
      readReportPdf: (call: Parameters<typeof readReportPdf>[0]) => readReportPdf(call),
    });
    const item = await linkedItem(deps, "ann", "PLAID");
    reportId = (await createReport(deps, "ann", reportOrder({ itemIds: [item], daysRequested: 1 }))).id;
    const [queued] = await listSources(deps.store.db, [reportId]);
    if (!queued) throw new Error("The report has no source.");
    expect(pdfLink(deps, queued)).toBeNull();
    await sendNow(deps, queued.id);
    await checkSource(deps, queued.id, 0);
    return now();
  }
  async function now(): Promise<StoredSource> {
    const [source] = await listSources(deps.store.db, [reportId]);
    if (!source) throw new Error("The report has no source.");
    return source;
  }
  function addressOf(source: StoredSource, by: OperationDeps = deps): PdfAddress {
    const link = pdfLink(by, source);
    const { pathname, searchParams } = new URL(link?.url ?? "");
    const [, report = "", id = ""] = /^\/reports\/([^/]+)\/([^/]+)\.pdf$/.exec(pathname) ?? [];
    const { expires = "", signature = "" } = Object.fromEntries(searchParams);
    expect(link?.expiresAt).toBe(new Date(Number(expires)).toISOString());
    return { report, source: id, expires, signature };
  }
  const NOTHING = new GatewayError("NOT_FOUND", "There is nothing to GET at this address.");
  const signal = new AbortController().signal;

  it("an address is good for ten minutes, by the clock", async () => {
    const address = addressOf(await ready());
    expect(Number(address.expires)).toBe(START + TEN_MINUTES);
    clock.advance(TEN_MINUTES - 1);
    const pdf = await findPdf(deps, address);
    expect(pdf).toMatchObject({ viewer: "ann", fileName: `report-${reportId}-plaid.pdf` });
    await pdf.read(signal);
    expect(tokens).toEqual([expect.stringMatching(/^assets-/)]);
    clock.advance(1);
    await expect(findPdf(deps, address)).rejects.toEqual(NOTHING);
    const later = addressOf(await now());
    expect(later.signature).not.toBe(address.signature);
    await findPdf(deps, later);
  });

  it("the signature covers viewer, report, source and expiry, and needs a key of the ring", async () => {
    const source = await ready();
    const address = addressOf(source);
    const other = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    const foreign = { ...deps, vault: createVault([{ id: "test", key: Buffer.alloc(32, 8) }]) };
    const rotated = {
      ...deps,
      vault: createVault([
        { id: "new", key: Buffer.alloc(32, 8) },
        { id: "test", key: Buffer.alloc(32, 7) },
      ]),
    };
    for (const changed of [
      addressOf({ ...source, viewer: "eve" }),
      addressOf({ ...source, report_id: other }),
      addressOf({ ...source, id: other }),
      addressOf(source, foreign),
      { ...address, report: other },
      { ...address, source: other },
      { ...address, expires: String(START + 2 * TEN_MINUTES) },
      { ...address, expires: ` ${address.expires}` },
      { ...address, signature: "" },
    ]) {
      await expect(findPdf(deps, changed)).rejects.toEqual(NOTHING);
    }
    await findPdf(rotated, address);
  });

  it("a report that was removed, here or at its aggregator, has none", async () => {
    const source = await ready();
    const address = addressOf(source);
    const found = await findPdf(deps, address);
    readReportPdf = () => Promise.reject(new GatewayError("GONE", "The token is not known."));
    await expect(found.read(signal)).rejects.toEqual(NOTHING);
    readReportPdf = () => Promise.reject(new GatewayError("PROVIDER_TIMEOUT", "Too slow."));
    await expect(found.read(signal)).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
    await removeReport(deps, "ann", reportId);
    await expect(findPdf(deps, address)).rejects.toEqual(NOTHING);
    expect(pdfLink(deps, await now())).toBeNull();
  });

  it("an aggregator that gives no PDFs has no address for one", async () => {
    const source = await ready();
    Object.assign(deps.adapters.get("PLAID") ?? {}, { readReportPdf: undefined });
    expect(pdfLink(deps, source)).toBeNull();
  });
});
