// Asks for one report over every linked item and waits until it is ready: npx node examples/first-report.js [address]
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const address = process.argv[2] ?? "http://127.0.0.1:4000/graphql";

async function ask(query, variables) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

const { items } = await ask("{ items { nodes { id } } }");
const input = { itemIds: items.nodes.map((item) => item.id), daysRequested: 60, clientReportId: "loan-7" };
const { createReport } = await ask(
  "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
  { input },
);
const { id } = createReport.report;

const client = createClient({ url: address.replace(/^http/, "ws"), webSocketImpl: WebSocket });
const query = "subscription ($id: ID!) { reportStatus(id: $id) { status sources { provider status } } }";
for await (const { data } of client.iterate({ query, variables: { id } })) {
  const { status, sources } = data.reportStatus;
  console.log(status.padEnd(8), sources.map((source) => `${source.provider} ${source.status}`).join(", "));
}
await client.dispose();

const { report } = await ask(
  `query ($id: ID!) { report(id: $id) { content { items { institutionName accounts {
    name balances { current currency } transactions(first: 1) { totalCount nodes { date amount name } } } } } } }`,
  { id },
);
for (const { institutionName, accounts } of report.content.items) {
  console.log(institutionName);
  for (const { name, balances, transactions } of accounts) {
    const [newest] = transactions.nodes;
    const last = newest ? `${newest.date} ${newest.amount} ${newest.name}` : "none";
    console.log(
      `  ${name}: ${balances.current} ${balances.currency}, ${transactions.totalCount} transactions, last ${last}`,
    );
  }
}
