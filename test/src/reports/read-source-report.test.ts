import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import type { ReportData } from "../../../adapters/adapter/reports.ts";
import type { Adapter, Reading, ReportCall } from "../../../adapters/adapter.ts";
import { systemClock } from "../../../src/clock.ts";
import { keepNoItems } from "../../../src/reports/keep-no-items.ts";
import { readSourceReport } from "../../../src/reports/read-source-report.ts";
import type { StoredSource } from "../../../src/store/report-sources.ts";
import { sealToken } from "../../../src/store/tokens.ts";
import { createVault } from "../../../src/vault.ts";
import { reportData } from "../../support/report-worker.ts";

const vault = createVault([{ id: "test", key: Buffer.alloc(32, 7) }]);

function source(change: Partial<StoredSource>): StoredSource {
  const row = { id: randomUUID(), viewer: "bob" };
  return {
    ...{ ...row, report_id: randomUUID(), provider: "PLAID", ordinal: 0, state: "READY", items: [], made_by: "CREATE" },
    ...{ from_source: null, excluded_accounts: [], remote_id: null, lease_until: null, sends: 0, polls: 0 },
    ...{ sent_at: null, generated_at: null, error: null, recheck_at: null, share_fingerprint: null },
    token_sealed: sealToken(vault, row, "the token"),
    ...change,
  };
}

/** An aggregator whose every report is "newest"; what it was asked stands in `asked`. */
function aggregator(): { adapter: Adapter; asked: string[] } {
  const asked: string[] = [];
  const answer =
    (what: string) =>
    async (_: unknown, { token }: ReportCall): Promise<Reading<ReportData<never>>> => {
      asked.push(`${what} ${token}`);
      const origin = { endpoint: "/x", requestId: null, fetchedAt: "2026-01-02T03:04:05.000Z" };
      return { data: { ...reportData(), remoteId: "newest", items: [] }, origin, leftOut: [], itemError: null };
    };
  const partial: Partial<Adapter> = {
    provider: "PLAID",
    readReport: answer("report"),
    readAuditCopy: answer("audit copy"),
    readRelay: (options, call) => answer(options.insights ? "relay with insights" : "relay")(options, call),
  };
  return { adapter: partial as Adapter, asked };
}

describe("a source's report", () => {
  it.each<[string, Partial<StoredSource>, { insights: boolean }, string]>([
    ["one's own", { made_by: "CREATE" }, { insights: true }, "report the token"],
    ["a filtered one", { made_by: "FILTER" }, { insights: false }, "report the token"],
    ["an audit copy", { made_by: "AUDIT_COPY" }, { insights: false }, "audit copy the token"],
    ["a relay", { made_by: "RELAY" }, { insights: true }, "relay with insights the token"],
    ["a refreshed relay", { made_by: "RELAY_REFRESH", remote_id: "newest" }, { insights: false }, "relay the token"],
  ])("of %s is read as what its token is", async (_name, change, options, call) => {
    const { adapter, asked } = aggregator();
    const deps = { adapters: new Map([["PLAID" as const, adapter]]), vault, clock: systemClock };
    expect((await readSourceReport(deps, source(change), { ...options, begin: keepNoItems })).data.remoteId).toBe(
      "newest",
    );
    expect(asked).toEqual([call]);
  });

  it.each<[string, Partial<StoredSource>, { insights: boolean }, string]>([
    [
      "a relay that still stands for the older one",
      { made_by: "RELAY_REFRESH", state: "PENDING", remote_id: "next" },
      { insights: false },
      "REPORT_NOT_READY",
    ],
    [
      "a relay that stands for a newer one",
      { made_by: "RELAY", remote_id: "older" },
      { insights: true },
      "PRODUCT_UNSUPPORTED",
    ],
    ["an audit copy with insights", { made_by: "AUDIT_COPY" }, { insights: true }, "PRODUCT_UNSUPPORTED"],
    ["one without a token any more", { made_by: "RELAY", token_sealed: null }, { insights: false }, "GONE"],
  ])("is not taken from %s", async (_name, change, options, code) => {
    const { adapter } = aggregator();
    const deps = { adapters: new Map([["PLAID" as const, adapter]]), vault, clock: systemClock };
    await expect(readSourceReport(deps, source(change), { ...options, begin: keepNoItems })).rejects.toMatchObject({
      code,
    });
  });
});
