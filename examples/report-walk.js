// A report's whole life, step by step, with the calls upstream of each: npx node examples/report-walk.js [address]
// Its output stands in docs/reports.md. Run it as the only client of a gateway: the calls are read from its /metrics.
import { createClient as createStreamClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";

const address = process.argv[2] ?? "http://127.0.0.1:4000/graphql";
const socket = createSocketClient({ url: address.replace(/^http/, "ws"), webSocketImpl: WebSocket });
const stream = createStreamClient({ url: `${address}/stream` });

const CREATE = "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }";
const STATUS = "subscription ($id: ID!) { reportStatus(id: $id) { status sources { provider status } } }";
const ENDS = "[REPORT_READY, REPORT_PARTIAL, REPORT_FAILED, REPORT_REMOVED]";
const EVENTS = `subscription ($after: String) { events(after: $after, types: ${ENDS}) { cursor type report { id } } }`;
const LEDGER = `query ($id: ID!) { report(id: $id) {
  auditCopies { id auditorId createdAt removedAt auditCopyToken source { provider } }
  relays { id secondaryClientId createdAt removedAt relayToken source { provider } } } }`;

const REFRESH = "mutation ($input: RefreshReportInput!) { made: refreshReport(input: $input) { report { id } } }";
const RELAYED = "query ($token: String!) { opened: relayedReport(relayToken: $token) { id } }";
const AUDITED = `query ($token: String!, $provider: Provider! = PLAID) {
  opened: auditCopyReport(provider: $provider, auditCopyToken: $token) { id } }`;

// what the walk calls its reports, by id
const names = new Map();
// how often each endpoint has been called before this step
const seen = new Map();
for (const [endpoint, count] of await calls()) seen.set(endpoint, count);

step("Create a report over all items");
const { events } = await ask("{ events(first: 1) { nodes { cursor } } }");
const { items } = await ask("{ items { nodes { id provider institutionName } } }");
for (const { provider, institutionName } of items.nodes) console.log(`item      ${institutionName} (${provider})`);
const input = { itemIds: items.nodes.map(({ id }) => id), daysRequested: 60, idempotencyKey: crypto.randomUUID() };
const base = (await ask(CREATE, { input })).createReport.report.id;
names.set(base, "base");
await watch(base, socket);
await upstream();

step("Read it page by page");
const before = await summary(base);
const { id: accountId } = before.accounts[0];
let after = null;
for (let page = 1; page <= 2; page++) {
  const { node } = await ask(
    `query ($id: ID!, $after: String) { node(id: $id) { ... on ReportAccount { name
      transactions(first: 3, after: $after) { totalCount nodes { date amount } pageInfo { endCursor } } } } }`,
    { id: accountId, after },
  );
  const { totalCount, nodes, pageInfo } = node.transactions;
  const shown = nodes.map(({ date, amount }) => `${date} ${amount}`).join(", ");
  console.log(`page ${page}    ${node.name}, ${nodes.length} of ${totalCount}: ${shown}`);
  after = pageInfo.endCursor;
}
await upstream();

step("Read names too, which are insights, twice");
for (let time = 1; time <= 2; time++) {
  const { node } = await ask(
    `query ($id: ID!) { node(id: $id) { ... on ReportAccount { name transactions(first: 3) { nodes { name } } } } }`,
    { id: accountId },
  );
  const named = node.transactions.nodes.filter(({ name }) => name !== null).length;
  console.log(`time ${time}    ${node.name}, ${named} names`);
  await upstream();
}

step("Send the same key again, then with other input");
const again = (await ask(CREATE, { input })).createReport.report.id;
console.log(`same      ${again === base ? "the same report" : "another report"}`);
console.log(`other     ${await refusal(CREATE, { input: { ...input, daysRequested: 61 } })}`);
await upstream();

step("Refresh base with other days");
const refreshed = await made("refreshed", REFRESH, { id: base, daysRequested: 30 });
await summary(refreshed);
await upstream();

step("Filter an account out of base");
const filtered = await made(
  "filtered",
  "mutation ($input: FilterReportInput!) { made: filterReport(input: $input) { report { id } } }",
  { id: base, excludeAccountIds: [accountId] },
);
const { sources } = await summary(filtered);
for (const [index, { provider, remoteId }] of sources.entries()) {
  const same = remoteId === before.sources[index].remoteId;
  console.log(`source    ${provider}: ${same ? "the upstream report of base" : "an upstream report of its own"}`);
}
await upstream();

step("Share base with an auditor and a partner");
const { createAuditCopy } = await ask(
  "mutation ($input: CreateAuditCopyInput!) { createAuditCopy(input: $input) { auditCopies { id } unavailable { provider action error { code } } } }",
  { input: { reportId: base, auditorId: "fannie_mae" } },
);
unavailable(createAuditCopy);
const { createRelay } = await ask(
  "mutation ($input: CreateRelayInput!) { createRelay(input: $input) { relays { id } unavailable { provider action error { code } } } }",
  { input: { reportId: base, secondaryClientId: "partner-1" } },
);
unavailable(createRelay);
await ledger();
await upstream();

step("Open the relay and the audit copy, as those who are given the tokens do");
const { report: given } = await ask(LEDGER, { id: base });
const relayed = await open("relayed", RELAYED, { token: given.relays[0].relayToken });
const copyOf = (provider) => given.auditCopies.find(({ source }) => source.provider === provider).auditCopyToken;
const audited = await open("audited", AUDITED, { token: copyOf("PLAID") });
const twice = (await ask(RELAYED, { token: given.relays[0].relayToken })).opened.id;
console.log(`again     ${twice === relayed ? "the same report" : "another report"}`);
console.log(`other     ${await refusal(AUDITED, { provider: "LINK_MONEY", token: copyOf("LINK_MONEY") })}`);
await upstream();

step("Refresh the relayed report");
const newer = await made("newer", REFRESH, { id: relayed });
await summary(newer);
await upstream();

step("Take the first audit copy back");
await ask("mutation ($id: ID!) { removeAuditCopy(id: $id) { auditCopy { id } } }", {
  id: createAuditCopy.auditCopies[0].id,
});
await ledger();
await upstream();

step("Remove base: its shares end, filtered stays");
await remove(base);
await ledger();
await summary(filtered);
await upstream({ "/asset_report/remove": 1, "/asset_report/audit_copy/remove": 1, "/credit/relay/remove": 1 });

step("Remove the others");
await remove(refreshed);
await remove(filtered);
console.log(`refresh   ${await refusal(REFRESH, { input: { id: base } })}`);
await upstream({ "/asset_report/remove": 4 });

step("Forget what was opened: it is others' to remove");
for (const id of [relayed, audited, newer]) await remove(id);
await upstream();

step("Resume the event feed from its first cursor");
let missed = 12;
for await (const { data } of stream.iterate({ query: EVENTS, variables: { after: events.nodes[0].cursor } })) {
  const name = names.get(data.events.report.id);
  if (name) console.log(`missed    ${data.events.type} of ${name}`); // else it is of an earlier walk
  if (name && --missed === 0) break;
}
await upstream();
stream.dispose();
await socket.dispose();

function step(title) {
  step.number = (step.number ?? 0) + 1;
  console.log(`${step.number > 1 ? "\n" : ""}${step.number}. ${title}`);
}

async function post(query, variables) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function ask(query, variables) {
  const { data, errors } = await post(query, variables);
  if (errors) throw new Error(errors[0].message);
  return data;
}

async function refusal(query, variables) {
  const { errors } = await post(query, variables);
  return `${errors[0].extensions.code} ${errors[0].message}`;
}

/** Prints each status of a report until its last; over either transport. */
async function watch(id, client) {
  for await (const { data } of client.iterate({ query: STATUS, variables: { id } })) {
    const { status, sources } = data.reportStatus;
    const each = sources.map((source) => `${source.provider} ${source.status}`).join(", ");
    console.log(`${status.padEnd(9)} ${names.get(id)}: ${each}`);
  }
}

/** Makes a report from another, waits for it over server-sent events and gives its id. */
async function made(name, query, input) {
  const { id } = (await ask(query, { input })).made.report;
  names.set(id, name);
  await watch(id, stream);
  return id;
}

/** Opens a shared report and gives its id. */
async function open(name, query, variables) {
  const { id } = (await ask(query, variables)).opened;
  names.set(id, name);
  await summary(id);
  return id;
}

/** Prints what a report holds. */
async function summary(id) {
  const { report } = await ask(
    `query ($id: ID!) { report(id: $id) { status origin basedOn { id } daysRequested sources { provider remoteId }
      content { items { accounts { id transactions(first: 1) { totalCount } } } } } }`,
    { id },
  );
  const accounts = report.content.items.flatMap((item) => item.accounts);
  const transactions = accounts.reduce((sum, account) => sum + account.transactions.totalCount, 0);
  const origin = report.basedOn ? `${report.origin} from ${names.get(report.basedOn.id)}` : report.origin;
  const holds = `${accounts.length} accounts, ${transactions} transactions of ${report.daysRequested} days`;
  console.log(`report    ${names.get(id)}: ${report.status}, ${origin}, ${holds}`);
  return { accounts, sources: report.sources };
}

function unavailable({ unavailable: entries }) {
  for (const { provider, action, error } of entries) console.log(`without   ${provider}: ${error.code}, ${action}`);
}

/** Prints with whom base is, or was, shared. */
async function ledger() {
  const { report } = await ask(LEDGER, { id: base });
  for (const { auditorId, secondaryClientId, createdAt, removedAt, source, ...share } of [
    ...report.auditCopies,
    ...report.relays,
  ]) {
    const whom = `${auditorId ? "audit copy" : "relay"} of ${source.provider} for ${auditorId ?? secondaryClientId}`;
    const token = (share.auditCopyToken ?? share.relayToken) ? "with a token" : "its token is gone";
    const when = removedAt ? `${createdAt} to ${removedAt}` : `since ${createdAt}`;
    console.log(`ledger    ${whom}, ${when}, ${token}`);
  }
}

async function remove(id) {
  const { removeReport } = await ask(
    "mutation ($id: ID!) { removeReport(id: $id) { report { status content { id } sources { provider status } } } }",
    { id },
  );
  const { status, content, sources } = removeReport.report;
  const each = sources.map((source) => `${source.provider} ${source.status}`).join(", ");
  console.log(`${status.padEnd(9)} ${names.get(id)}: ${each}, content ${content === null ? "null" : "still there"}`);
}

/** Prints the calls on reports that the step cost, once those that it `wants` at the least are made. */
async function upstream(wants = {}) {
  let cost;
  do {
    if (cost) await new Promise((resolve) => setTimeout(resolve, 100));
    cost = await calls();
  } while (Object.entries(wants).some(([endpoint, count]) => (cost.get(endpoint) ?? 0) < count));
  for (const [endpoint, count] of cost) seen.set(endpoint, (seen.get(endpoint) ?? 0) + count);
  const shown = [...cost].map(([endpoint, count]) => `${endpoint} ${count}`).join(", ");
  console.log(`upstream  ${shown || "nothing"}`);
}

/** How often each endpoint was called since the last step. */
async function calls() {
  const text = await (await fetch(new URL("/metrics", address))).text();
  const totals = new Map();
  for (const [, labels, count] of text.matchAll(/^tributary_upstream_calls_total\{(.*)\} (\d+)$/gm)) {
    const [, endpoint] = /endpoint="([^"]*)"/.exec(labels);
    if (/report|relay/.test(endpoint)) totals.set(endpoint, (totals.get(endpoint) ?? 0) + Number(count));
  }
  const cost = [...totals].map(([endpoint, count]) => [endpoint, count - (seen.get(endpoint) ?? 0)]);
  return new Map(cost.filter(([, count]) => count > 0).sort());
}
