import { describe, expect, it } from "@jest/globals";
import { eachDatabase } from "../support/database.ts";
import { tokenOf } from "../support/gateway.ts";
import {
  BOB,
  CAROL,
  IDS,
  KINDS,
  NAMES,
  OWNER,
  READ,
  REMOVE,
  STATUS,
  sharingStage,
  type TransactionPage,
} from "../support/sharing-stage.ts";
import { until } from "../support/until.ts";

eachDatabase((_, open) => {
  const stage = sharingStage(open);
  const { start, asked, refusal, called, later, rows } = stage;

  describe.each(KINDS)(
    "a report shared by $kind",
    ({ kind, open: document, field, argument, origin, get, takeBack }) => {
      it("is a report of the reader's own, the same one each time, read from here", async () => {
        const { own, shares } = await start();
        const { token } = shares[kind];
        const report = (await asked(document, { token }))[field];
        expect(report).toMatchObject({
          ...{ status: "READY", origin, daysRequested: 30, clientReportId: null, basedOn: null },
          ...{ auditCopies: [], relays: [] },
          sources: [{ provider: "PLAID", status: "READY", remoteId: own.sources[0]?.remoteId, itemIds: [] }],
          content: { daysRequested: 30, unavailable: [], items: [{ item: null }] },
        });
        expect(report.id).not.toBe(own.id);
        expect(report.content.items[0].accounts.map(({ remoteId }: { remoteId: string }) => remoteId)).toEqual(
          (own.content.items as { accounts: { remoteId: string }[] }[])[0]?.accounts.map(({ remoteId }) => remoteId),
        );
        expect((await asked(document, { token }))[field]).toEqual({ ...report, sources: expect.anything() });
        expect((await asked(READ, { id: report.id })).report.id).toBe(report.id);
        expect((await asked("query ($id: ID!) { node(id: $id) { id } }", { id: report.id })).node.id).toBe(report.id);
        const listed = await asked(`{ reports(filter: { origins: [${origin}] }) { nodes { id status } } }`, {});
        expect(listed.reports.nodes).toEqual([{ id: report.id, status: "READY" }]);
        const { events } = await asked("{ events(types: [REPORT_READY]) { nodes { report { id } } } }", {});
        expect(events.nodes).toEqual([{ report: { id: report.id } }]);
        const seen: string[] = [];
        for await (const { reportStatus } of stage.gateway.subscribe(STATUS, { id: report.id }, BOB))
          seen.push(reportStatus.status);
        expect(seen).toEqual(["READY"]);
        expect(called(get)).toHaveLength(1);
        expect(called("/asset_report/get")).toEqual([]);
        // the token is kept sealed only, and in no log line
        const kept = JSON.stringify((await stage.store.execute("select * from report_source")).rows);
        expect(kept).not.toContain(token);
        expect(stage.lines.join("")).not.toContain(token);
      });

      it("is paged like any other, and is nobody else's", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        const ids: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const page: { node: { transactions: TransactionPage } } = await asked(IDS, { id: account.id, after });
          const { nodes, pageInfo } = page.node.transactions;
          ids.push(...nodes.map(({ id }) => id));
          after = pageInfo.endCursor;
          more = pageInfo.hasNextPage;
        }
        expect(new Set(ids).size).toBe(account.transactions.totalCount);
        expect(called(get)).toHaveLength(1);
        for (const who of [OWNER, CAROL])
          expect(await refusal(READ, { id: report.id }, who)).toMatchObject({ code: "NOT_FOUND" });
        const hers = (await asked(document, shares[kind], CAROL))[field];
        expect(hers.id).not.toBe(report.id);
        expect(hers.content.items).toHaveLength(1);
      });

      it("is GONE once its owner has taken it back, and leaves nothing here", async () => {
        const { own, shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        await asked(takeBack, { id: shares[kind].id }, OWNER);
        // asked for again after five minutes only
        expect((await asked(READ, { id: report.id })).report.status).toBe("READY");
        expect(called(get)).toHaveLength(1);
        await later();
        expect(await refusal(document, shares[kind])).toMatchObject({ code: "GONE", action: "NONE" });
        expect(called(get)).toHaveLength(2);
        for (const id of [report.id, account.id]) {
          expect(await refusal("query ($id: ID!) { node(id: $id) { id } }", { id })).toMatchObject({ code: "GONE" });
        }
        expect(await refusal(READ, { id: report.id })).toMatchObject({ code: "GONE" });
        expect(await refusal(document, shares[kind])).toMatchObject({ code: "GONE" });
        expect(called(get)).toHaveLength(2);
        const { reports } = await asked("{ reports { nodes { id status content { id } } } }", {});
        expect(reports.nodes).toEqual([{ id: report.id, status: "REMOVED", content: null }]);
        expect(await rows("report_source", "viewer = 'bob' and token_sealed is not null")).toBe(0);
        for (const table of ["report_head", "report_page"]) {
          expect(await rows(table, "source_id in (select id from report_source where viewer = 'bob')")).toBe(0);
        }
        const { events } = await asked("{ events(types: [REPORT_REMOVED]) { nodes { report { id } } } }", {});
        expect(events.nodes).toHaveLength(1);
        expect((await asked(READ, { id: own.id }, OWNER)).report.status).toBe("READY");
      });

      it.each(["report", "node of an account", "content of a list"])(
        "is found to be taken back by a read of its %s",
        async (how) => {
          const { shares } = await start();
          const report = (await asked(document, shares[kind]))[field];
          await asked(takeBack, { id: shares[kind].id }, OWNER);
          await later();
          if (how === "content of a list") {
            const { reports } = await asked("{ reports { nodes { content { id } } } }", {});
            expect(reports.nodes).toEqual([{ content: null }]);
          } else {
            const [account] = report.content.items[0].accounts;
            const code =
              how === "report" ? await refusal(READ, { id: report.id }) : await refusal(NAMES, { id: account.id });
            expect(code).toMatchObject({ code: "GONE" });
          }
          expect(await rows("report_source", "viewer = 'bob' and state = 'REMOVED'")).toBe(1);
        },
      );

      it("stays readable while the aggregator cannot be asked", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        stage.sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: get });
        await later();
        expect((await asked(READ, { id: report.id })).report).toMatchObject({
          status: "READY",
          content: { unavailable: [] },
        });
        const tried = called(get).length;
        expect((await asked(READ, { id: report.id })).report.status).toBe("READY");
        expect(called(get)).toHaveLength(tried); // not before a minute
      });

      it("comes PENDING where it cannot be read now, and settles by itself", async () => {
        const { shares } = await start();
        stage.sandbox.faults.script({ kind: "server-error", provider: "PLAID", endpoint: get, times: 3 });
        const report = (await asked(document, shares[kind]))[field];
        expect(report).toMatchObject({ status: "PENDING", daysRequested: null, content: null });
        expect((await asked(document, shares[kind]))[field].id).toBe(report.id);
        await stage.store.execute("update pgboss.job set start_after = now() where name = 'check-report-source'");
        for await (const _ of stage.gateway.subscribe(STATUS, { id: report.id }, BOB));
        expect((await asked(READ, { id: report.id })).report).toMatchObject({ status: "READY", daysRequested: 30 });
      });

      it("is only forgotten here when its reader removes it, and can be opened again", async () => {
        const { own, shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        expect((await asked(REMOVE, { id: report.id })).removeReport.report.status).toBe("REMOVED");
        await until(async () => (await rows("report_source", "viewer = 'bob' and token_sealed is not null")) === 0);
        expect(await rows("report_head", "source_id in (select id from report_source where viewer = 'bob')")).toBe(0);
        expect(stage.sandbox.calls().filter(({ endpoint }) => endpoint.endsWith("/remove"))).toEqual([]);
        expect((await asked(READ, { id: report.id })).report).toMatchObject({ status: "REMOVED", content: null });
        const again = (await asked(document, shares[kind]))[field];
        expect(again.id).not.toBe(report.id);
        expect(again.status).toBe("READY");
        // nor does it keep the owner's from being removed upstream
        await asked(REMOVE, { id: own.id }, OWNER);
        await until(() => called("/asset_report/remove").length === 1);
      });

      it("is refused what only its owner may do", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const [account] = report.content.items[0].accounts;
        const refusals = [
          ["filterReport", "FilterReportInput", { id: report.id, excludeAccountIds: [account.id] }],
          ["createAuditCopy", "CreateAuditCopyInput", { reportId: report.id, auditorId: "a" }],
          ["createRelay", "CreateRelayInput", { reportId: report.id, secondaryClientId: "p" }],
        ] as const;
        for (const [name, type, input] of refusals) {
          const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) { report { id } } }`;
          expect(await refusal(mutation, { input })).toMatchObject({
            code: "PRODUCT_UNSUPPORTED",
            action: "UNSUPPORTED",
          });
        }
      });

      it("is opened with the scope only, by POST only, and by its own token only", async () => {
        const { shares } = await start();
        const { token } = shares[kind];
        const without = await stage.gateway.query(
          document,
          { token },
          { ...BOB, scopes: ["reports:write", "shares:write"] },
        );
        expect(without.data).toEqual({ [field]: null });
        expect(without.errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
        const query = new URLSearchParams({ query: `{ ${field}(${argument}: "${token}") { id } }` });
        const headers = { authorization: `Bearer ${await tokenOf(BOB)}`, "apollo-require-preflight": "yes" };
        const answer = await fetch(`${stage.gateway.app.url}/graphql?${query}`, { headers });
        const overGet = (await answer.json()) as { data: unknown; errors: { extensions: object }[] };
        expect(overGet.data).toEqual({ [field]: null });
        expect(overGet.errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: argument });
        expect(stage.sandbox.calls()).toEqual([]);

        const other = shares[kind === "relay" ? "audit copy" : "relay"].token;
        for (const wrong of [other, `${token}x`, "nothing"]) {
          expect(await refusal(document, { token: wrong })).toMatchObject({ code: "NOT_FOUND", field: argument });
        }
        for (const malformed of ["", "two words", "x".repeat(256), "ü"]) {
          expect(await refusal(document, { token: malformed })).toMatchObject({
            code: "BAD_USER_INPUT",
            field: argument,
          });
        }
        expect(await refusal(document, { token, provider: "LINK_MONEY" })).toMatchObject({
          ...{ code: "PRODUCT_UNSUPPORTED", action: "UNSUPPORTED", provider: "LINK_MONEY" },
        });
        expect(await rows("report", "viewer = 'bob'")).toBe(0);
      });

      it("is downloaded as the provider's PDF, until it is taken back", async () => {
        const { shares } = await start();
        const report = (await asked(document, shares[kind]))[field];
        const { url } = report.sources[0].pdf;
        const pdf = await fetch(url);
        expect([pdf.status, (await pdf.text()).slice(0, 5)]).toEqual([200, "%PDF-"]);
        expect(called(get.replace("/get", "/pdf/get"))).toHaveLength(1);
        await asked(takeBack, { id: shares[kind].id }, OWNER);
        expect((await fetch(url)).status).toBe(404);
      });
    },
  );
});
