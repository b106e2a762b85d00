import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { encodeId } from "../../src/ids.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { eachDatabase } from "../support/database.ts";
import { capturedLog, type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";
import { until } from "../support/until.ts";

const CREATE =
  "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id sources { pdf { url } } } } }";
const SOURCES = "query ($id: ID!) { report(id: $id) { status sources { id provider pdf { url expiresAt } } } }";
const REMOVE = "mutation ($id: ID!) { removeReport(id: $id) { report { status sources { pdf { url } } } } }";

interface Source {
  id: string;
  provider: string;
  pdf: { url: string; expiresAt: string };
}

eachDatabase((_, open) => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let lines: string[];
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });

  /** A READY report of both aggregators: its id, and its sources. */
  async function ready(): Promise<{ id: string; sources: Source[] }> {
    const captured = capturedLog();
    lines = captured.lines;
    gateway = await startGateway(sandbox, {
      store: await open(),
      log: captured.log,
      env: { REPORT_POLL_MS: "300000" },
    });
    const itemIds = await linkHousehold(gateway, sandbox);
    const { data, errors } = await gateway.query(CREATE, { input: { itemIds, daysRequested: 30 } });
    expect(errors).toEqual([]);
    const { id, sources } = data.createReport.report;
    expect(sources).toEqual([{ pdf: null }, { pdf: null }]);
    for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { status } }", { id }));
    return { id, sources: (await gateway.query(SOURCES, { id })).data.report.sources };
  }
  const NOTHING = {
    errors: [
      {
        message: "There is nothing to GET at this address.",
        extensions: expect.objectContaining({ code: "NOT_FOUND" }),
      },
    ],
  };
  async function expectNothing(address: string) {
    const answer = await fetch(address);
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 404, body: NOTHING });
  }

  it("gives each source's PDF to whoever has its address, without a header, and logs no signature", async () => {
    const { sources } = await ready();
    expect(sources.map(({ provider }) => provider)).toEqual(["PLAID", "LINK_MONEY"]);
    for (const { provider, pdf } of sources) {
      expect(pdf.url.startsWith(`${gateway.app.url}/reports/`)).toBe(true);
      const leftMs = Date.parse(pdf.expiresAt) - Date.now();
      expect(leftMs).toBeGreaterThan(9 * 60_000);
      expect(leftMs).toBeLessThanOrEqual(10 * 60_000);
      const answer = await fetch(pdf.url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("application/pdf");
      expect(answer.headers.get("content-disposition")).toMatch(
        new RegExp(`^attachment; filename="report-[0-9a-f-]{36}-${provider.toLowerCase().replace("_", "-")}\\.pdf"$`),
      );
      const text = await answer.text();
      expect(text.startsWith("%PDF-")).toBe(true);
      expect(text.trimEnd().endsWith("%%EOF")).toBe(true);
      await until(() => lines.some((line) => line.includes("/reports/:report/:source.pdf")));
      expect(lines.join("")).not.toContain(new URL(pdf.url).searchParams.get("signature"));
    }
  });

  it("answers every address that was not given, or is no longer good, alike", async () => {
    const { id, sources } = await ready();
    const [plaid, linkMoney] = sources.map(({ pdf }) => new URL(pdf.url)) as [URL, URL];
    sandbox.clearCalls();
    const changed = (change: (url: URL) => void) => {
      const copy = new URL(plaid);
      change(copy);
      return copy.href;
    };
    const [, , report, source] = plaid.pathname.split("/");
    const other = linkMoney.pathname.split("/").at(-1);
    const { expires = "", signature = "" } = Object.fromEntries(plaid.searchParams);
    for (const address of [
      changed((url) => url.searchParams.set("expires", String(Number(expires) + 1))),
      changed((url) => url.searchParams.set("expires", `0${expires}`)),
      changed((url) => url.searchParams.set("expires", "1e300")),
      changed((url) =>
        url.searchParams.set("signature", `${signature.slice(0, -1)}${signature.endsWith("A") ? "E" : "A"}`),
      ),
      changed((url) => url.searchParams.set("signature", `${signature}=`)),
      changed((url) => url.searchParams.set("signature", linkMoney.searchParams.get("signature") ?? "")),
      changed((url) => url.searchParams.delete("signature")),
      changed((url) => url.searchParams.append("signature", signature)),
      changed((url) => url.searchParams.set("more", "1")),
      changed((url) => {
        url.search = "";
      }),
      changed((url) => {
        url.pathname = `/reports/${report}/${other}`; // the other source of the same report
      }),
      changed((url) => {
        url.pathname = `/reports/7d444840-9dc0-11d1-b245-5ffdce74fad2/${source}`;
      }),
      changed((url) => {
        url.pathname = `/reports/${report}/7d444840-9dc0-11d1-b245-5ffdce74fad2.pdf`;
      }),
      changed((url) => {
        url.pathname = `/reports/${report?.toUpperCase()}/${source}`;
      }),
      changed((url) => {
        url.pathname = `/reports/${id}/${encodeId("ReportSource", "x")}.pdf`;
      }),
      changed((url) => {
        url.pathname = `/reports/${report}/%00.pdf`;
      }),
    ]) {
      await expectNothing(address);
    }
    expect(sandbox.calls()).toEqual([]);

    const { data } = await gateway.query(REMOVE, { id });
    expect(data.removeReport.report).toMatchObject({ status: "REMOVED", sources: [{ pdf: null }, { pdf: null }] });
    await expectNothing(plaid.href);
    await expectNothing(linkMoney.href);
  });

  it("tells before the first byte that the aggregator does not give it, and never gives half of it for the whole", async () => {
    const { sources } = await ready();
    const [plaid] = sources;
    const endpoint = "/asset_report/pdf/get";
    sandbox.faults.script({ provider: "PLAID", endpoint, kind: "error", code: "PRODUCT_NOT_READY" });
    const unready = await fetch(plaid?.pdf.url ?? "");
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({
      errors: [{ extensions: { code: "REPORT_NOT_READY", provider: "PLAID" } }],
    });

    sandbox.faults.clear();
    sandbox.faults.script({ provider: "PLAID", endpoint, kind: "html" });
    expect((await fetch(plaid?.pdf.url ?? "")).status).toBe(502);

    sandbox.faults.clear();
    sandbox.faults.script({ provider: "PLAID", endpoint, kind: "cut-off" });
    const whole = fetch(plaid?.pdf.url ?? "").then((answer) => answer.arrayBuffer());
    await expect(whole).rejects.toThrow();

    sandbox.faults.clear();
    expect((await fetch(plaid?.pdf.url ?? "")).status).toBe(200);
  });

  it("gives a viewer no address of another's report", async () => {
    const { id, sources } = await ready();
    const { data } = await gateway.query(SOURCES, { id }, { viewer: "eve" });
    expect(data.report).toBeNull();
    const node = "query ($id: ID!) { node(id: $id) { ... on ReportSource { pdf { url } } } }";
    expect((await gateway.query(node, { id: sources[0]?.id }, { viewer: "eve" })).data.node).toBeNull();
    const own = await gateway.query(node, { id: sources[0]?.id });
    expect(own.data.node.pdf.url).toContain("/reports/");
  });
});
