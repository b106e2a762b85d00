import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SCOPES } from "../../src/auth.ts";
import { encodeId } from "../../src/ids.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { capturedLog, type Gateway, linkHousehold, startGateway, testSandbox, tokenOf } from "../support/gateway.ts";

const NOWHERE = "00000000-0000-4000-8000-000000000000";
const ABSENT = encodeId("Item", NOWHERE);

describe("bad input", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  let mine: string[];
  let theirs: string[];
  let theirAccount: string;
  let theirReport: string;
  const { log, lines } = capturedLog();

  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox, { log });
    theirs = await linkHousehold(gateway, sandbox, { viewer: "bob" });
    const { data } = await gateway.query("{ accounts(first: 1) { nodes { id } } }", {}, { viewer: "bob" });
    theirAccount = data.accounts.nodes[0].id;
    const made = await gateway.query(
      "mutation ($input: CreateReportInput!) { createReport(input: $input) { report { id } } }",
      { input: { itemIds: theirs, daysRequested: 1 } },
      { viewer: "bob" },
    );
    theirReport = made.data.createReport.report.id;
    const { accessToken } = sandbox.createItem("PLAID", { user: "other" });
    const linked = await gateway.query(
      "mutation ($t: String!) { importItem(input: { provider: PLAID, accessToken: $t }) { item { id } } }",
      { t: accessToken },
    );
    mine = [linked.data.importItem.item.id];
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  describe("answers absent and another viewer's alike", () => {
    const absent = {
      item: encodeId("Item", NOWHERE),
      account: encodeId("Account", NOWHERE, "x"),
      report: encodeId("Report", NOWHERE),
    };
    it.each([
      ["item", "query ($id: ID!) { item(id: $id) { id } }", () => absent.item, () => theirs[0]],
      ["account", "query ($id: ID!) { account(id: $id) { id } }", () => absent.account, () => theirAccount],
      ["report", "query ($id: ID!) { report(id: $id) { id } }", () => absent.report, () => theirReport],
      ["node of an item", "query ($id: ID!) { node(id: $id) { id } }", () => absent.item, () => theirs[0]],
      ["node of an account", "query ($id: ID!) { node(id: $id) { id } }", () => absent.account, () => theirAccount],
      ["node of a report", "query ($id: ID!) { node(id: $id) { id } }", () => absent.report, () => theirReport],
      [
        "removeItem",
        "mutation ($id: ID!) { removeItem(id: $id) { removedItemId } }",
        () => absent.item,
        () => theirs[0],
      ],
      [
        "removeReport",
        "mutation ($id: ID!) { removeReport(id: $id) { report { id } } }",
        () => absent.report,
        () => theirReport,
      ],
      [
        "createReport",
        "mutation ($id: ID!) { createReport(input: { itemIds: [$id], daysRequested: 1 }) { report { id } } }",
        () => absent.item,
        () => theirs[0],
      ],
    ])("%s", async (_, document, absentId, foreignId) => {
      const first = await gateway.query(document, { id: absentId() });
      const second = await gateway.query(document, { id: foreignId() });
      expect(first.errors).toHaveLength(1);
      expect(first.errors[0]?.extensions.code).toBe("NOT_FOUND");
      expect(second.errors.map(withoutRequest)).toEqual(first.errors.map(withoutRequest));
      expect(second.data).toEqual(first.data);
    });

    it("in a subscription", async () => {
      const watch = async (id: string | undefined) => {
        for await (const _ of gateway.subscribe("subscription ($id: ID!) { reportStatus(id: $id) { id } }", { id }));
      };
      await expect(watch(absent.report)).rejects.toThrow("There is no such report.");
      await expect(watch(theirReport)).rejects.toThrow("There is no such report.");
    });

    it("in filters, which then match nothing", async () => {
      const { data, errors } = await gateway.query(
        "query ($ids: [ID!]) { accounts(filter: { itemIds: $ids }) { totalCount } reports(filter: { itemIds: $ids }) { totalCount } }",
        { ids: theirs },
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({ accounts: { totalCount: 0 }, reports: { totalCount: 0 } });
    });
  });

  describe("is refused, naming field and limit", () => {
    it.each([
      ["a malformed id", '{ item(id: "nonsense") { id } }', "id", "the id of an Item"],
      ["an id of another type", `{ account(id: "${encodeId("Item", NOWHERE)}") { id } }`, "id", "the id of an Account"],
      ["a malformed id of a node", '{ node(id: "%%%") { id } }', "id", "an id that this gateway gave"],
      [
        "a malformed id in a filter",
        '{ accounts(filter: { itemIds: ["x"] }) { totalCount } }',
        "filter.itemIds[0]",
        "the id of an Item",
      ],
      ["first 0", "{ items(first: 0) { totalCount } }", "first", "1 to 500"],
      ["first 501", "{ accounts(first: 501) { totalCount } }", "first", "1 to 500"],
      ["a cursor of another list", '{ reports(after: "WyJhIl0") { totalCount } }', "after", "a cursor of this list"],
      [
        "no items",
        "mutation { createReport(input: { itemIds: [], daysRequested: 1 }) { report { id } } }",
        "input.itemIds",
        "1 to 990 item ids",
      ],
      [
        "days -1",
        `mutation { createReport(input: { itemIds: ["${ABSENT}"], daysRequested: -1 }) { report { id } } }`,
        "input.daysRequested",
        "0 to 731",
      ],
      [
        "days 732",
        `mutation { createReport(input: { itemIds: ["${ABSENT}"], daysRequested: 732 }) { report { id } } }`,
        "input.daysRequested",
        "0 to 731",
      ],
      [
        "an SSN in another form",
        `mutation { createReport(input: { itemIds: ["${ABSENT}"], daysRequested: 1, user: { ssn: "987654321" } }) { report { id } } }`,
        "input.user.ssn",
        "ddd-dd-dddd",
      ],
    ])("%s", async (_, document, field, limit) => {
      const { data, errors } = await gateway.query(document);
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field, limit });
      expect(errors[0]?.message).toContain(field);
      expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    });

    it.each([
      ["a wrong enum value", '{ institution(provider: YODLEE, remoteId: "x") { id } }'],
      ["an unknown field", "{ items { secrets } }"],
      ["a missing argument", "{ item { id } }"],
    ])("%s, by validation", async (_, document) => {
      const { errors, status } = await gateway.query(document);
      expect(status).toBe(400);
      expect(errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    });

    it("a wrong enum value in a variable", async () => {
      const { errors } = await gateway.query(
        'query ($p: Provider!) { institution(provider: $p, remoteId: "x") { id } }',
        { p: "YODLEE" },
      );
      expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
      expect(errors[0]?.message).toContain("YODLEE");
    });

    it("an access token that the aggregator does not know, without showing it", async () => {
      const { errors } = await gateway.query(
        'mutation { importItem(input: { provider: PLAID, accessToken: "access-sandbox-no-such-token" }) { item { id } } }',
      );
      expect(errors[0]?.extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.accessToken",
        errorCode: "INVALID_ACCESS_TOKEN",
      });
      expect(JSON.stringify(errors)).not.toContain("no-such-token");
    });

    it("a public token at an aggregator that has none", async () => {
      const { errors } = await gateway.query(
        'mutation { linkItem(input: { provider: LINK_MONEY, publicToken: "x" }) { item { id } } }',
      );
      expect(errors[0]?.extensions).toMatchObject({ code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED" });
    });

    it("an item that another viewer has linked", async () => {
      const { errors } = await gateway.query(
        "mutation ($t: String!) { importItem(input: { provider: PLAID, accessToken: $t }) { item { id } } }",
        { t: sandbox.demo.PLAID[0] },
      );
      expect(errors[0]?.extensions.code).toBe("CONFLICT");
    });
  });

  describe("without the scope", () => {
    it.each([
      ["reports:write", "mutation { createReport(input: { itemIds: [], daysRequested: 1 }) { report { id } } }"],
      ["reports:write", 'mutation { removeReport(id: "x") { report { id } } }'],
      ["items:import", 'mutation { importItem(input: { provider: PLAID, accessToken: "x" }) { item { id } } }'],
    ])("%s, the mutation is refused before anything happens", async (scope, document) => {
      sandbox.clearCalls();
      const { errors } = await gateway.query(document, {}, { scopes: SCOPES.filter((each) => each !== scope) });
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
      expect(errors[0]?.message).toContain(scope);
      expect(sandbox.calls()).toEqual([]);
    });

    it("a field is null with one FORBIDDEN for the field, not one for each record", async () => {
      const { data, errors } = await gateway.query(
        "{ accounts { nodes { name raw } } liabilities { nodes { ... on MortgageLiability { accountNumber } ... on StudentLoanLiability { accountNumber } } } }",
        {},
        { viewer: "bob", scopes: [] },
      );
      expect(data.accounts.nodes.length).toBeGreaterThan(3);
      expect(data.accounts.nodes.every(({ raw }: { raw: unknown }) => raw === null)).toBe(true);
      expect(
        errors.map((error) => [error.extensions.code, error.path?.filter((key) => typeof key === "string").join(".")]),
      ).toEqual([
        ["FORBIDDEN", "accounts.nodes.raw"],
        ["FORBIDDEN", "liabilities.nodes.accountNumber"],
      ]);
    });
  });

  describe("in the request itself", () => {
    const post = async (body: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${gateway.app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf()}`, ...headers },
        body,
      });
      return {
        status: response.status,
        body: (await response.json()) as { errors?: { extensions: { code: string } }[] },
      };
    };

    it.each([
      ["no token", "", 401],
      ["a malformed token", "Bearer nonsense", 401],
      ["a token of another scheme", "Basic YTpi", 401],
    ])("%s", async (_, authorization, status) => {
      const answer = await post('{"query":"{ items { totalCount } }"}', { authorization });
      expect(answer.status).toBe(status);
      expect(answer.body.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    });

    it("an expired token", async () => {
      const { status, errors } = await gateway.query("{ items { totalCount } }", {}, { expiresInS: -60 });
      expect(status).toBe(401);
      expect(errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
    });

    it("malformed JSON", async () => {
      const answer = await post('{"query":');
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ extensions: { code: "BAD_REQUEST" } }] } });
    });

    it("an oversized body", async () => {
      const answer = await post(JSON.stringify({ query: `{ items { totalCount } } #${"x".repeat(2 ** 21)}` }));
      expect(answer.status).toBe(413);
      expect(answer.body.errors?.[0]?.extensions.code).toBeDefined();
    });

    it.each([
      ["unsigned", {}],
      ["with a signature that is none", { "plaid-verification": "x.y.z" }],
    ])("a webhook %s", async (_, headers) => {
      const response = await fetch(`${gateway.app.url}/webhooks/plaid`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: '{"webhook_type":"ASSETS","webhook_code":"PRODUCT_READY","asset_report_id":"x"}',
      });
      expect(response.status).toBe(401);
    });

    it("a webhook signed by another key", async () => {
      const status = await sandbox.sendWebhook(
        "PLAID",
        `${gateway.app.url}/webhooks/plaid`,
        { webhook_type: "ITEM", webhook_code: "ERROR", item_id: "x" },
        { badSignature: true },
      );
      expect(status).toBe(401);
    });

    it("a webhook that is too old", async () => {
      const status = await sandbox.sendWebhook(
        "PLAID",
        `${gateway.app.url}/webhooks/plaid`,
        { webhook_type: "ITEM", webhook_code: "ERROR", item_id: "x" },
        { iat: Math.floor(Date.now() / 1000) - 400 },
      );
      expect(status).toBe(401);
    });

    it("a webhook of an aggregator that there is not", async () => {
      const response = await fetch(`${gateway.app.url}/webhooks/yodlee`, { method: "POST", body: "{}" });
      expect(response.status).toBe(404);
    });
  });

  it("changes nothing", async () => {
    const { data } = await gateway.query("{ items { nodes { id } } reports { totalCount } }");
    expect(data).toEqual({ items: { nodes: mine.map((id) => ({ id })) }, reports: { totalCount: 0 } });
    const bobs = await gateway.query("{ items { totalCount } reports { nodes { id } } }", {}, { viewer: "bob" });
    expect(bobs.data).toEqual({ items: { totalCount: 3 }, reports: { nodes: [{ id: theirReport }] } });
  });

  it("leaves nothing secret in the log", () => {
    const text = lines.join("");
    for (const secret of [
      ...sandbox.demo.PLAID,
      ...sandbox.demo.LINK_MONEY,
      sandbox.endpoints.PLAID.secret,
      "no-such-token",
      "987654321",
      "a secret of the tests",
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

function withoutRequest({
  extensions: { requestId: _, ...extensions },
  message,
  path,
}: {
  message: string;
  path?: unknown;
  extensions: Record<string, unknown>;
}) {
  return { message, path, extensions };
}
