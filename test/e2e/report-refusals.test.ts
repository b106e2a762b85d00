import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ROOT } from "../../scripts/source-files.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, linkHousehold, startGateway, testSandbox } from "../support/gateway.ts";

const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";
const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status } }";

/** What each mutation is asked with about a report. */
const ASKED: Record<string, { document: string; variables(id: string, accountId: string): Record<string, unknown> }> = {
  refreshReport: {
    document: "mutation ($input: RefreshReportInput!) { refreshReport(input: $input) { report { id } } }",
    variables: (id) => ({ input: { id } }),
  },
  filterReport: {
    document: "mutation ($input: FilterReportInput!) { filterReport(input: $input) { report { id } } }",
    variables: (id, accountId) => ({ input: { id, excludeAccountIds: [accountId] } }),
  },
  createAuditCopy: {
    document: "mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { report { id } } }",
    variables: (reportId) => ({ input: { reportId, auditorId: "fannie_mae" } }),
  },
  createRelay: {
    document: "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { report { id } } }",
    variables: (reportId) => ({ input: { reportId, secondaryClientId: "partner-1" } }),
  },
  removeReport: {
    document: "mutation ($id: ID!) { removeReport(id: $id) { report { id } } }",
    variables: (id) => ({ id }),
  },
};

/** The table of docs/errors.md: the report's state, the mutation, and what comes of it. */
function documented(): [report: string, mutation: string, outcome: string][] {
  const page = readFileSync(join(ROOT, "docs/errors.md"), "utf8");
  const table = /<!-- begin report-refusals -->\n(.*)<!-- end report-refusals -->/s.exec(page)?.[1] ?? "";
  const [[, ...mutations] = [], , ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll("`", "")));
  return rows.flatMap(([report = "", ...outcomes]) =>
    outcomes.map((outcome, index): [string, string, string] => [report, mutations[index] ?? "", outcome]),
  );
}

describe("what docs/errors.md says of the report mutations", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let itemIds: string[];
  let accountId: string;
  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox, { env: { REPORT_POLL_MS: "300000" } });
    itemIds = await linkHousehold(gateway, sandbox);
    const { data } = await gateway.query("{ accounts(filter: { providers: [PLAID] }, first: 1) { nodes { id } } }");
    accountId = data.accounts.nodes[0].id;
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const made = new Map<string, string>();
  /** The report in that state; the table's last column removes it. */
  async function reportThatIs(state: string): Promise<string> {
    const id = made.get(state) ?? (await make(state));
    made.set(state, id);
    return id;
  }
  async function make(state: string): Promise<string> {
    sandbox.faults.clear();
    if (state === "PENDING") {
      for (const provider of ["PLAID", "LINK_MONEY"] as const)
        sandbox.faults.script({ kind: "webhook-lost", provider });
    }
    if (state === "FAILED") sandbox.faults.script({ kind: "report-failure", provider: "PLAID" });
    if (state === "FAILED" || state === "PARTIAL")
      sandbox.faults.script({ kind: "report-failure", provider: "LINK_MONEY" });
    if (state === "RELAYED" || state === "AUDIT_COPY") return openShared(state);
    const { data } = await gateway.query(CREATE, { input: { itemIds, daysRequested: 1 } });
    const { id } = data.createReport.report;
    let status = "";
    for await (const { reportStatus } of gateway.subscribe(STATUS, { id })) {
      status = reportStatus.status;
      if (status === state) break;
    }
    if (state === "REMOVED")
      await gateway.query("mutation ($id: ID!) { removeReport(id: $id) { report { id } } }", { id });
    else expect(status).toBe(state === "another viewer's" ? "READY" : state);
    return id;
  }

  /** One that was shared by the READY one's owner. */
  async function openShared(origin: "RELAYED" | "AUDIT_COPY"): Promise<string> {
    const reportId = await make("READY");
    if (origin === "RELAYED") {
      const { data } = await gateway.query(
        "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { relays { relayToken } } }",
        { input: { reportId, secondaryClientId: "partner-1" } },
      );
      const [{ relayToken }] = data.createRelay.relays;
      const opened = await gateway.query("query ($token: String!) { relayedReport(relayToken: $token) { id } }", {
        token: relayToken,
      });
      return opened.data.relayedReport.id;
    }
    const { data } = await gateway.query(
      "mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { auditCopies { auditCopyToken } } }",
      { input: { reportId, auditorId: "fannie_mae" } },
    );
    const [{ auditCopyToken }] = data.createAuditCopy.auditCopies;
    const opened = await gateway.query("query ($token: String!) { auditCopyReport(auditCopyToken: $token) { id } }", {
      token: auditCopyToken,
    });
    return opened.data.auditCopyReport.id;
  }

  it("names every state and mutation", () => {
    expect(new Set(documented().map(([report]) => report))).toEqual(
      new Set(["PENDING", "READY", "PARTIAL", "FAILED", "REMOVED", "RELAYED", "AUDIT_COPY", "another viewer's"]),
    );
    expect(new Set(documented().map(([, mutation]) => mutation))).toEqual(new Set(Object.keys(ASKED)));
  });

  it.each(documented())("%s, %s: %s", async (state, mutation, outcome) => {
    const asked = ASKED[mutation];
    if (!asked) throw new Error(`There is no ${mutation} here.`);
    const id = await reportThatIs(state);
    const as = state === "another viewer's" ? { viewer: "mallory" } : {};
    const { errors } = await gateway.query(asked.document, asked.variables(id, accountId), as);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(outcome === "done" ? [] : [outcome]);
  });
});
