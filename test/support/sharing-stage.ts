import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Store } from "../../src/store/store.ts";
import type { Open } from "./database.ts";
import { type Answer, capturedLog, type Gateway, importItem, startGateway, testSandbox, type Who } from "./gateway.ts";

export const REPORT = `id status origin daysRequested clientReportId basedOn { id }
  sources { id provider status remoteId itemIds pdf { url } error { code } } auditCopies { id } relays { id }
  content { daysRequested items { remoteId item { id } accounts { id remoteId name transactions(first: 2) { totalCount } } } unavailable { action error { code } } }`;
export const OPEN_RELAY = `query ($token: String!, $provider: Provider! = PLAID) { relayedReport(provider: $provider, relayToken: $token) { ${REPORT} } }`;
export const OPEN_COPY = `query ($token: String!, $provider: Provider! = PLAID) { auditCopyReport(provider: $provider, auditCopyToken: $token) { ${REPORT} } }`;
export const READ = `query ($id: ID!) { report(id: $id) { ${REPORT} } }`;
export const REMOVE = "mutation ($id: ID!) { removeReport(id: $id) { report { status } } }";
export const REFRESH =
  "mutation ($input: RefreshReportInput!) { refreshReport(input: $input) { report { id status } } }";
export const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status } }";
export const IDS = `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount {
  transactions(first: 5, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
export const NAMES = `query ($id: ID!) { node(id: $id) { ... on ReportAccount {
  transactions(first: 5) { nodes { name } unavailable { error { code } } } } } }`;

export const KEYS = `shared:${Buffer.alloc(32, 5).toString("base64")}`;
export const ENV = { REPORT_POLL_MS: "300000", ENCRYPTION_KEYS: KEYS };

export const OWNER: Who = { viewer: "alice" };
export const BOB: Who = { viewer: "bob" };
export const CAROL: Who = { viewer: "carol" };

/** Both ways to share, and what each is asked with. */
export const KINDS = [
  {
    kind: "relay",
    open: OPEN_RELAY,
    field: "relayedReport",
    argument: "relayToken",
    origin: "RELAYED",
    get: "/credit/relay/get",
    takeBack: "mutation ($id: ID!) { removeRelay(id: $id) { relay { id } } }",
  },
  {
    kind: "audit copy",
    open: OPEN_COPY,
    field: "auditCopyReport",
    argument: "auditCopyToken",
    origin: "AUDIT_COPY",
    get: "/asset_report/audit_copy/get",
    takeBack: "mutation ($id: ID!) { removeAuditCopy(id: $id) { auditCopy { id } } }",
  },
] as const;

export interface TransactionPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
interface Share {
  id: string;
  token: string;
}
export interface Shared {
  own: { id: string; sources: { remoteId: string }[]; content: { items: unknown[] } };
  shares: Record<(typeof KINDS)[number]["kind"], Share>;
}

/** A report of the owner's over one item of Plaid's, shared both ways. */
export async function share(gateway: Gateway, sandbox: Sandbox): Promise<Shared> {
  const accessToken = sandbox.createItem("PLAID").accessToken;
  const itemId = await importItem(gateway, { provider: "PLAID", accessToken }, OWNER);
  const asked = async (document: string, variables: Record<string, unknown>) => {
    const { data, errors } = await gateway.query(document, variables, OWNER);
    expect(errors).toEqual([]);
    return data;
  };
  const { createReport } = await asked(
    "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
    { input: { itemIds: [itemId], daysRequested: 30, clientReportId: "loan-7" } },
  );
  const { id } = createReport.report;
  for await (const _ of gateway.subscribe(STATUS, { id }, OWNER));
  const { createRelay } = await asked(
    "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { relays { id relayToken } } }",
    { input: { reportId: id, secondaryClientId: "partner-1" } },
  );
  const { createAuditCopy } = await asked(
    "mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { auditCopies { id auditCopyToken } } }",
    { input: { reportId: id, auditorId: "fannie_mae" } },
  );
  const [relay] = createRelay.relays;
  const [copy] = createAuditCopy.auditCopies;
  return {
    own: (await asked(READ, { id })).report,
    shares: {
      relay: { id: relay.id, token: relay.relayToken },
      "audit copy": { id: copy.id, token: copy.auditCopyToken },
    },
  };
}

/** An owner who shares and others who read, each test on an empty database. */
export interface SharingStage {
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly store: Store;
  /** Log lines of the first gateway. */
  readonly lines: string[];
  /** A gateway with a report shared both ways; its calls upstream are counted from here on. */
  start(): Promise<Shared>;
  /** Another process of the gateway in place of the one that runs. */
  restart(env?: Record<string, string>): Promise<void>;
  /** What `as` (BOB) is answered, without an error. */
  asked(document: string, variables: object, as?: Who): Promise<Answer["data"]>;
  /** The extensions of the first error that `as` (BOB) is answered. */
  refusal(document: string, variables: object, as?: Who): Promise<Record<string, unknown> | undefined>;
  called(endpoint: string): { status: number | null }[];
  /** As if the last question whether it still is shared were five minutes ago. */
  later(): Promise<unknown>;
  /** How many rows of a table there are. */
  rows(table: string, where: string): Promise<number>;
}

/** Sets the stage up for the tests of a suite. */
export function sharingStage(open: Open): SharingStage {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let store: Store;
  let lines: string[] = [];
  beforeAll(async () => {
    sandbox = await testSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(async () => {
    sandbox.faults.clear();
    await gateway.close();
  });
  return {
    get sandbox() {
      return sandbox;
    },
    get gateway() {
      return gateway;
    },
    get store() {
      return store;
    },
    get lines() {
      return lines;
    },
    async start() {
      store = await open();
      const captured = capturedLog();
      lines = captured.lines;
      gateway = await startGateway(sandbox, { store, log: captured.log, env: ENV });
      const shared = await share(gateway, sandbox);
      sandbox.clearCalls();
      return shared;
    },
    async restart(env = {}) {
      await gateway.close();
      gateway = await startGateway(sandbox, { store, env: { ...ENV, ...env } });
    },
    async asked(document, variables, as = BOB) {
      const { data, errors } = await gateway.query(document, { ...variables }, as);
      expect(errors).toEqual([]);
      return data;
    },
    refusal: async (document, variables, as = BOB) =>
      (await gateway.query(document, { ...variables }, as)).errors[0]?.extensions,
    called: (endpoint) => sandbox.calls().filter((call) => call.endpoint === endpoint),
    later: () => store.execute("update report_source set recheck_at = now() - interval '1 second'"),
    rows: async (table, where) => (await store.execute(`select 1 from ${table} where ${where}`)).rows.length,
  };
}
