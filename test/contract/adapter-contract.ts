import { text as textOf } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { ErrorCode } from "../../schema/enums.ts";
import { GatewayError } from "../../src/errors.ts";
import { fixture } from "../support/fixture.ts";
import { startUpstream, type UpstreamAnswer } from "../support/upstream.ts";
import { ownWebhookContract } from "./own-webhook-contract.ts";
import {
  type ContractCall,
  type ContractSubject,
  everythingOf,
  failure,
  openStage,
  SECRETS,
  type Stage,
} from "./subject.ts";
import { webhookContract } from "./webhook-contract.ts";

const never = () => new AbortController().signal;
const notYet = (error_code: string) => ({ status: 400, json: { error_type: "ASSET_REPORT_ERROR", error_code } });

/** What every adapter promises, whoever it speaks to: run it on each. */
export function adapterContract(name: string, subject: ContractSubject): void {
  const { provider } = subject.aggregator;
  const { words } = subject;
  const { read: READ, write: WRITE } = words;
  const error = ([type, code]: readonly [string, string], said = "x") => words.error(type, code, said);
  const callOf = (endpoint: string): ContractCall => {
    const call = subject.calls.find((one) => one.endpoint === endpoint);
    if (!call) throw new Error(`${name} has no ${endpoint}`);
    return call;
  };

  describe(`the adapter of ${name}`, () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await openStage(subject);
    });
    afterEach(() => stage.close());

    const answer = (endpoint: string, ...answers: UpstreamAnswer[]) =>
      stage.upstream.answer(subject.prefix + endpoint, ...answers);
    const good = ({ fixture: file }: ContractCall) => ({ json: fixture(`${subject.fixtures}/${file}`) });
    const run = (endpoint: string, signal = never()) => callOf(endpoint).run(stage.adapter, signal);

    it("is idle, available and of its kind before anything is asked", () => {
      expect(stage.adapter.provider).toBe(provider);
      expect(stage.adapter.sandbox).toBe(true);
      expect(stage.adapter.availability()).toEqual({ available: true, retryAt: null });
      expect(stage.upstream.requests).toEqual([]);
    });

    describe.each(subject.calls.map((call) => [call.endpoint, call] as const))("%s", (endpoint, call) => {
      it("is asked as its documents say, and its answer is understood", async () => {
        answer(endpoint, good(call));
        expect(await run(endpoint)).toEqual(call.gives);
        const [request, ...more] = stage.upstream.requests;
        expect(more).toEqual([]);
        expect(request).toEqual({
          method: "POST",
          path: subject.prefix + endpoint,
          headers: expect.objectContaining({ "content-type": "application/json", ...call.headers }),
          port: expect.any(Number),
          body: call.body,
        });
        expect(stage.counted).toEqual([`${endpoint} OK`]);
      });

      it(`is ${call.kind === "read" ? "repeated" : "never repeated"} after a broken connection`, async () => {
        answer(endpoint, "reset");
        expect((await failure(run(endpoint))).code).toBe("PROVIDER_UNAVAILABLE");
        expect(stage.upstream.requests).toHaveLength(call.kind === "read" ? 3 : 1);
      });

      it("shows no secret in error or log, whatever the aggregator quotes", async () => {
        const quoted = Object.values(SECRETS).join(" and ");
        answer(endpoint, { status: 400, json: error(["X", "NEWS"], quoted) });
        const thrown = await failure(run(endpoint));
        expect(thrown.code).toBe("PROVIDER_ERROR");
        const seen = everythingOf(thrown) + stage.logged.join("");
        // an opaque token that the call did not carry is a word like any other
        const known =
          JSON.stringify(call.headers).includes(SECRETS.token) || JSON.stringify(call.body).includes(SECRETS.token);
        for (const secret of Object.values(SECRETS))
          if (known || secret !== SECRETS.token) expect(seen).not.toContain(secret);
        expect(thrown.options.upstream).toMatchObject({ provider, errorType: "X", errorCode: "NEWS", httpStatus: 400 });
      });
    });

    describe("a call that fails", () => {
      const html = { headers: { "content-type": "text/html" }, text: "<html>Bad gateway</html>" };
      const rateLimit = error(words.rateLimit);
      const login = error(words.login);
      const internal = error(words.internal);

      it.each<[string, UpstreamAnswer, ErrorCode, { tries: number; nothingDone?: boolean; retryAt?: number }]>([
        ["a reset connection", "reset", "PROVIDER_UNAVAILABLE", { tries: 3 }],
        ["an answer cut off by the connection", "cut", "PROVIDER_BAD_RESPONSE", { tries: 3 }],
        ["500", { status: 500, json: internal }, "PROVIDER_UNAVAILABLE", { tries: 3 }],
        ["502 with a page", { status: 502, ...html }, "PROVIDER_UNAVAILABLE", { tries: 3 }],
        [
          "503 with a long Retry-After",
          { status: 503, json: {}, headers: { "retry-after": "30" } },
          "PROVIDER_UNAVAILABLE",
          { tries: 1, retryAt: 30_000 },
        ],
        [
          "429 without Retry-After",
          { status: 429, json: rateLimit },
          "PROVIDER_RATE_LIMITED",
          { tries: 1, nothingDone: true, retryAt: 60_000 },
        ],
        [
          "429 with a long Retry-After",
          { status: 429, json: rateLimit, headers: { "retry-after": "Sun, 01 Mar 2026 12:00:20 GMT" } },
          "PROVIDER_RATE_LIMITED",
          { tries: 1, nothingDone: true, retryAt: 20_000 },
        ],
        [
          "429 with a page and a short Retry-After",
          { status: 429, ...html, headers: { "retry-after": "1" } },
          "PROVIDER_RATE_LIMITED",
          { tries: 3, nothingDone: true },
        ],
        ["an error of the item", { status: 400, json: login }, "ITEM_LOGIN_REQUIRED", { tries: 1 }],
        ["an HTML page where JSON should be", html, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["cut-off JSON", { text: '{"accounts":[{"account_id":"a' }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["an answer without what it must have", { json: { request_id: "r" } }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["a list", { json: [] }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["204", { status: 204, text: "" }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["404 with a page", { status: 404, ...html }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
        ["a body over the limit", { json: { accounts: "x".repeat(200_000) } }, "PROVIDER_BAD_RESPONSE", { tries: 1 }],
      ])("%s", async (_name, upstreamAnswer, code, { tries, nothingDone, retryAt }) => {
        answer(READ, upstreamAnswer);
        const error = await failure(run(READ));
        expect({ code: error.code, provider: error.options.upstream?.provider }).toEqual({ code, provider });
        expect(stage.upstream.requests).toHaveLength(tries);
        expect(error.options.nothingDone ?? false).toBe(nothingDone ?? false);
        if (retryAt !== undefined) expect(error.options.retryAt).toBe(stage.clock.now() + retryAt);

        answer(WRITE, upstreamAnswer);
        const write = await failure(run(WRITE));
        expect(write.code).toBe(code);
        expect(write.options.nothingDone ?? false).toBe(nothingDone ?? false);
        expect(stage.upstream.requests).toHaveLength(tries + 1);
      });

      it("a refused connection proves that nothing was done", async () => {
        const closed = await startUpstream();
        await closed.close();
        const nowhere = await openStage(subject, closed.url);
        for (const endpoint of [READ, WRITE]) {
          const error = await failure(callOf(endpoint).run(nowhere.adapter, never()));
          expect(error).toMatchObject({ code: "PROVIDER_UNAVAILABLE", options: { nothingDone: true } });
        }
        expect(nowhere.counted).toHaveLength(3 + 1);
        await nowhere.close();
      });

      it("a redirect is not followed: nothing is sent anywhere else", async () => {
        const elsewhere = await startUpstream();
        for (const status of [301, 302, 303, 307, 308]) {
          answer(READ, { status, json: {}, headers: { location: `${elsewhere.url}${subject.prefix}${READ}` } });
          const error = await failure(run(READ));
          expect(error).toMatchObject({ code: "PROVIDER_BAD_RESPONSE", options: { upstream: { httpStatus: status } } });
        }
        expect(stage.upstream.requests).toHaveLength(5);
        expect(elsewhere.requests).toEqual([]);
        await elsewhere.close();
      });

      it("a passing trouble is got over by repeats, each out of the budget", async () => {
        answer(READ, "reset", { status: 503, json: {} }, good(callOf(READ)));
        expect(await run(READ)).toEqual(callOf(READ).gives);
        expect(stage.taken).toHaveLength(3);
        expect(stage.counted.map((line) => line.split(" ")[1])).toEqual([
          "PROVIDER_UNAVAILABLE",
          "PROVIDER_UNAVAILABLE",
          "OK",
        ]);
        expect(stage.clock.waits).toEqual([expect.any(Number), expect.any(Number)]);
        expect(stage.clock.waits.every((ms) => ms >= 100 && ms <= 400)).toBe(true);
      });

      it("a short Retry-After is waited for", async () => {
        answer(READ, { status: 429, json: {}, headers: { "retry-after": "2" } }, good(callOf(READ)));
        expect(await run(READ)).toEqual(callOf(READ).gives);
        expect(stage.clock.waits).toEqual([2000]);
      });
    });

    describe("a call that hangs", () => {
      it.each<[string, UpstreamAnswer]>([
        ["before the answer", "hang"],
        ["within the answer, a byte at a time", "drip"],
      ])("%s: ends at its deadline, and the connection with it", async (_name, upstreamAnswer) => {
        answer(READ, upstreamAnswer);
        const call = failure(run(READ));
        await stage.upstream.received(1);
        stage.clock.advance(10_000);
        expect(await call).toMatchObject({ code: "PROVIDER_TIMEOUT", options: { nothingDone: false } });
        await stage.upstream.dropped();
        expect(stage.upstream.requests).toHaveLength(1);
      });

      it("ends with its caller, for the caller's reason", async () => {
        answer(READ, "hang");
        const reasons = [new GatewayError("RATE_LIMITED", "the operation was too slow"), new Error("gone")];
        for (const [index, reason] of reasons.entries()) {
          const caller = new AbortController();
          const call = failure(run(READ, caller.signal));
          await stage.upstream.received(index + 1);
          caller.abort(reason);
          const error = await call;
          if (reason instanceof GatewayError) expect(error).toBe(reason);
          else expect(error.code).toBe("PROVIDER_TIMEOUT");
        }
      });

      it("is not even begun for a caller who has left", async () => {
        const error = await failure(run(READ, AbortSignal.abort()));
        expect(error).toMatchObject({ code: "PROVIDER_TIMEOUT", options: { nothingDone: true } });
        expect(stage.upstream.requests).toEqual([]);
      });
    });

    describe("the budget", () => {
      it("is taken by item or report, or for the client alone", async () => {
        for (const { endpoint } of subject.calls) {
          answer(endpoint, good(callOf(endpoint)));
          await run(endpoint);
        }
        expect(Object.fromEntries(stage.taken)).toMatchObject(words.budgetKeys);
      });

      it("that is used up ends the call before anything is sent", async () => {
        const options = { retryAt: stage.clock.now() + 5, nothingDone: true };
        stage.budget.refuse = new GatewayError("PROVIDER_RATE_LIMITED", "15 a minute", options);
        const error = await failure(run(WRITE));
        expect(error).toMatchObject({ code: "PROVIDER_RATE_LIMITED", options });
        expect(stage.upstream.requests).toEqual([]);
      });

      it("that hangs ends with the call's deadline", async () => {
        stage.budget.hang = true;
        const call = failure(run(READ));
        stage.clock.advance(10_000);
        expect(await call).toMatchObject({ code: "PROVIDER_TIMEOUT", options: { nothingDone: true } });
      });
    });

    describe("what the aggregator calls an error, but is none", () => {
      if (words.empty.length > 0) {
        it.each(words.empty)("%s: %s %s is an empty answer", async (endpoint, type, code, data) => {
          answer(endpoint, { status: 400, json: { ...error([type, code]), request_id: "r9" } });
          expect(await run(endpoint)).toEqual({
            data,
            origin: { endpoint, requestId: "r9", fetchedAt: "2026-03-01T12:00:00.000Z" },
            leftOut: [],
            itemError: null,
          });
        });
      }

      it.each(words.removed)("%s: %s %s means that it is removed", async (endpoint, type, code) => {
        answer(endpoint, { status: 400, json: error([type, code]) });
        expect(await run(endpoint)).toBeUndefined();
      });

      it.each(words.notRemoved)("but a removal refused with %i %j has not happened", async (status, json) => {
        for (const endpoint of new Set(words.removed.map(([removal]) => removal))) {
          answer(endpoint, { status, json });
          await failure(run(endpoint));
        }
      });
    });

    // reports are tried as Plaid's format has them
    if (!subject.calls.some(({ endpoint }) => endpoint === "/asset_report/get")) return;

    describe("an asset report", () => {
      it.each<[string, string, ErrorCode]>([
        ["ASSET_REPORT_ERROR", "PRODUCT_NOT_READY", "REPORT_NOT_READY"],
        ["ASSET_REPORT_ERROR", "ASSET_REPORT_GENERATION_FAILED", "REPORT_FAILED"],
        ["ASSET_REPORT_ERROR", "INSIGHTS_NOT_ENABLED", "PRODUCT_UNSUPPORTED"],
        ["INVALID_INPUT", "INVALID_ASSET_REPORT_TOKEN", "GONE"],
        ["ITEM_ERROR", "PRODUCT_NOT_READY", "ITEM_NOT_READY"],
      ])("%s %s is %s", async (error_type, error_code, code) => {
        answer("/asset_report/get", { status: 400, json: { error_type, error_code } });
        expect((await failure(run("/asset_report/get"))).code).toBe(code);
      });

      describe("as a PDF", () => {
        const endpoint = "/asset_report/pdf/get";
        const pdf = (text: string) => ({ text, headers: { "content-type": "application/pdf" } });
        const open = async (signal = never()) => {
          const call = { token: SECRETS.reportToken, budgetKey: "source-1", signal };
          const opened = await stage.adapter.readReportPdf?.(call);
          if (!opened) throw new Error(`${name} gives no PDFs`);
          return opened;
        };
        const read = async (signal = never()) => textOf((await open(signal)).body);

        it("is asked for by its token and comes byte for byte, out of the source's budget", async () => {
          const text = `%PDF-1.7 ${"x".repeat(200_000)}`; // larger than any other answer may be here
          answer(endpoint, pdf(text));
          expect(await read()).toBe(text);
          const { calls } = subject;
          const like = calls.find((one) => one.endpoint === "/asset_report/remove");
          expect(stage.upstream.requests).toEqual([
            expect.objectContaining({
              path: subject.prefix + endpoint,
              headers: expect.objectContaining({ accept: "application/pdf", ...like?.headers }),
              body: like?.body,
            }),
          ]);
          expect(stage.taken).toEqual([[endpoint, "source-1"]]);
          expect(stage.counted).toEqual([`${endpoint} OK`]);
        });

        it.each<[string, UpstreamAnswer, ErrorCode, number]>([
          ["not ready", notYet("PRODUCT_NOT_READY"), "REPORT_NOT_READY", 1],
          ["an error in a 200", { ...notYet("PRODUCT_NOT_READY"), status: 200 }, "REPORT_NOT_READY", 1],
          ["failed", notYet("ASSET_REPORT_GENERATION_FAILED"), "REPORT_FAILED", 1],
          ["JSON that is no error", { json: { request_id: "r" } }, "PROVIDER_BAD_RESPONSE", 1],
          ["a page that calls itself a PDF", pdf("<html>Welcome</html>"), "PROVIDER_BAD_RESPONSE", 1],
          ["nothing", pdf(""), "PROVIDER_BAD_RESPONSE", 1],
          ["503", { status: 503, json: {} }, "PROVIDER_UNAVAILABLE", 3],
          ["429", { status: 429, json: {} }, "PROVIDER_RATE_LIMITED", 1],
          ["a reset connection", "reset", "PROVIDER_UNAVAILABLE", 3],
          ["an end before it began", "cut", "PROVIDER_BAD_RESPONSE", 3],
        ])("%s is an error before anything of it is given", async (_name, upstreamAnswer, code, tries) => {
          answer(endpoint, upstreamAnswer);
          expect((await failure(open())).code).toBe(code);
          expect(stage.upstream.requests).toHaveLength(tries);
          expect(stage.counted).toEqual(Array.from({ length: tries }, () => `${endpoint} ${code}`));
        });

        it("that breaks off ends in an error, and is counted as one", async () => {
          answer(endpoint, { begins: "%PDF-1.7", next: "cut" });
          expect((await failure(read())).code).toBe("PROVIDER_BAD_RESPONSE");
          expect(stage.counted).toEqual([`${endpoint} PROVIDER_BAD_RESPONSE`]);
        });

        it("that falls silent is given up after 15 s, and the connection with it", async () => {
          answer(endpoint, { begins: "%PDF-1.7", next: "hang" });
          const { body } = await open();
          const chunks = body[Symbol.asyncIterator]();
          expect(String((await chunks.next()).value)).toBe("%PDF-1.7");
          const rest = failure(chunks.next());
          stage.clock.advance(14_999);
          stage.clock.advance(1);
          expect((await rest).code).toBe("PROVIDER_TIMEOUT");
          await stage.upstream.dropped();
        });

        it.each([["leaves", "leaves"] as const, ["destroys it", "destroys"] as const])(
          "ends upstream when its reader %s",
          async (_name, how) => {
            answer(endpoint, { begins: "%PDF-1.7", next: "hang" });
            const reader = new AbortController();
            const { body } = await open(reader.signal);
            const ended = new Promise((resolve) => body.once("close", resolve).once("error", resolve));
            body.resume();
            if (how === "leaves") reader.abort();
            else {
              body.destroy();
              reader.abort();
            }
            await ended;
            await stage.upstream.dropped();
            expect(stage.adapter.availability().available).toBe(true);
          },
        );

        it("shows no secret in error or log", async () => {
          const quoted = Object.values(SECRETS).join(" and ");
          answer(endpoint, { status: 400, json: { error_type: "X", error_code: "NEWS", error_message: quoted } });
          const seen = everythingOf(await failure(open())) + stage.logged.join("");
          const { token: _opaque, ...known } = SECRETS;
          for (const secret of Object.values(known)) expect(seen).not.toContain(secret);
        });
      });

      it("may take longer to come than other answers, 27 s", async () => {
        answer("/asset_report/get", "hang");
        let ended = false;
        const call = failure(run("/asset_report/get")).finally(() => {
          ended = true;
        });
        await stage.upstream.received(1);
        stage.clock.advance(26_999);
        await new Promise(setImmediate);
        expect(ended).toBe(false);
        stage.clock.advance(1);
        expect((await call).code).toBe("PROVIDER_TIMEOUT");
      });
    });
  });

  const { webhook } = subject;
  if ("sign" in webhook) ownWebhookContract(name, subject, webhook);
  else webhookContract(name, subject, webhook);
}
