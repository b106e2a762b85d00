import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Fault } from "../../../src/sandbox/faults.ts";
import { until } from "../../support/until.ts";
import { control } from "./control.ts";
import { type Answer, startTestSandbox, type TestSandbox } from "./start.ts";

/** What a client sees of one answer. */
interface Seen {
  status: number | null;
  retryAfter?: string | null;
  text?: string;
  /** Why there was no whole answer. */
  failed?: string;
}

type Kind = Record<string, unknown> & { kind: Fault["kind"] };

const WAYS: Record<string, (sandbox: TestSandbox, fault: Kind) => Promise<void>> = {
  "by code": async (sandbox, fault) => {
    sandbox.faults.script({ provider: "PLAID", ...fault } as Fault);
  },
  "over /__control": async (sandbox, fault) => {
    expect(await control(sandbox, "POST /faults", fault)).toEqual({ status: 200, body: { ids: [expect.any(Number)] } });
  },
};

describe.each(Object.keys(WAYS))("a fault scripted %s", (way) => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.clearCalls();
  });
  afterAll(() => sandbox.close());
  const script = (fault: Kind) => WAYS[way]?.(sandbox, fault);

  const read = async (path = "/accounts/get"): Promise<Seen> => {
    const { baseUrl, clientId, secret } = sandbox.endpoints.PLAID;
    try {
      const answer = await fetch(baseUrl + path, {
        method: "POST",
        headers: { "content-type": "application/json", "plaid-client-id": clientId, "plaid-secret": secret },
        body: JSON.stringify({ access_token: sandbox.demo.PLAID[0] }),
      });
      const seen = { status: answer.status, retryAfter: answer.headers.get("retry-after") };
      return { ...seen, text: await answer.text() };
    } catch (error) {
      return { status: null, failed: String((error as Error).cause ?? error) };
    }
  };
  const isJson = ({ text = "" }: Seen) => {
    try {
      return typeof JSON.parse(text) === "object";
    } catch {
      return false; // what the test asks
    }
  };

  it.each<[Kind, Partial<Seen>, text: RegExp | null, json: boolean]>([
    [{ kind: "rate-limit", retryAfter: 7 }, { status: 429, retryAfter: "7" }, /RATE_LIMIT/, true],
    [{ kind: "rate-limit" }, { status: 429, retryAfter: null }, /RATE_LIMIT/, true],
    [{ kind: "server-error" }, { status: 500 }, /API_ERROR/, true],
    [{ kind: "server-error", status: 502, html: true }, { status: 502 }, /^<!DOCTYPE/, false],
    [{ kind: "error", code: "INSTITUTION_DOWN" }, { status: 400 }, /INSTITUTION_ERROR/, true],
    [{ kind: "error", code: "NEW", type: "NEWER", status: 418 }, { status: 418 }, /"NEWER"/, true],
    [{ kind: "reset" }, { status: null }, null, false],
    [{ kind: "refuse" }, { status: null }, null, false],
    [{ kind: "cut-off" }, { status: 200 }, /^\{"accounts"/, false],
    [{ kind: "html" }, { status: 200 }, /^<!DOCTYPE/, false],
    [
      { kind: "mutate", changes: [{ path: "accounts.*.name", value: 7 }, { path: "item" }] },
      { status: 200 },
      /^(?!.*"item").*"name":7/,
      true,
    ],
    [{ kind: "drip", ms: 10, bytes: 1_000_000 }, { status: 200 }, /^\{"accounts".*\}$/, true],
  ])("%j strikes once, and is told", async (fault, seen, text, json) => {
    await script({ ...fault, times: 1 });
    const found = await read();
    expect(found).toMatchObject(seen);
    if (text) expect(found.text).toMatch(text);
    expect(isJson(found)).toBe(json);
    expect(sandbox.calls()).toMatchObject([{ fault: fault.kind, status: seen.status }]);
    expect((await read()).status).toBe(200);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it.each<[Kind, least: number, most: number]>([
    [{ kind: "latency", ms: 700 }, 700, 700],
    [{ kind: "latency", ms: 100, upToMs: 900 }, 100, 900],
  ])("%j delays the answer, in real time though the sandbox's stands still", async (fault, least, most) => {
    await script(fault);
    await sandbox.time.stop();
    const answer = read();
    while (sandbox.calls().length === 0 || !sandbox.faults.list()[0]?.struck) await new Promise(setImmediate);
    sandbox.clock.advance(least - 1);
    expect(sandbox.calls()[0]?.status).toBeNull();
    sandbox.clock.advance(most - least + 1);
    expect((await answer).status).toBe(200);
    expect(sandbox.calls()[0]?.ms).toBe(most);
    await sandbox.time.go();
  });

  it("a hanging answer ends with the client's patience", async () => {
    await script({ kind: "hang" });
    const patience = new AbortController();
    const answer = fetch(`${sandbox.endpoints.PLAID.baseUrl}/item/get`, post(patience.signal));
    await until(() => sandbox.calls().length === 1);
    patience.abort();
    await expect(answer).rejects.toThrow("aborted");
    expect(sandbox.calls()[0]).toMatchObject({ fault: "hang", status: null, ms: null });
  });
  const post = (signal: AbortSignal) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal,
  });

  it("a dripping answer comes a byte at a time", async () => {
    await script({ kind: "drip", ms: 10 });
    const answer = await fetch(`${sandbox.endpoints.PLAID.baseUrl}/none`, post(AbortSignal.timeout(10_000)));
    const reader = answer.body?.getReader();
    const next = async () => Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(await next()).toBe("{");
    await sandbox.clock.awaited(10);
    sandbox.clock.advance(10);
    expect(await next()).toBe('"');
  });

  it("strikes an endpoint, an item, so many times, or by chance", async () => {
    await script({ kind: "server-error", endpoint: "/item/get" });
    expect([(await read()).status, (await read("/item/get")).status]).toEqual([200, 500]);
    sandbox.faults.clear();
    sandbox.faults.script({ kind: "server-error", provider: "PLAID", itemId: "another" });
    expect((await read()).status).toBe(200);
    sandbox.faults.clear();
    sandbox.faults.script({ kind: "server-error", provider: "PLAID", probability: 0.5 });
    const statuses = [];
    for (let time = 0; time < 40; time += 1) statuses.push((await read()).status);
    const struck = statuses.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(32);
    expect(sandbox.faults.list()).toMatchObject([{ struck }]);
  });
});

describe("a change of an answer", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.clearCalls();
  });
  afterAll(() => sandbox.close());

  it.each<[string, object[], (body: Answer["body"]) => unknown, unknown]>([
    [
      "a value of another type",
      [{ path: "accounts.0.balances", value: "none" }],
      (b) => b.accounts?.[0]?.balances,
      "none",
    ],
    ["null", [{ path: "item.institution_id", value: null }], (b) => b.item?.institution_id, null],
    ["without a value, the field is gone", [{ path: "item.institution_id" }], (b) => b.item?.institution_id, undefined],
    ["each element", [{ path: "accounts.*.mask", value: [] }], (b) => b.accounts?.[6]?.mask, []],
    ["an element less", [{ path: "accounts.0" }], (b) => b.accounts?.length, 6],
    ["no element left", [{ path: "accounts.*" }], (b) => b.accounts?.length, 0],
    ["a field that was not there", [{ path: "surprise", value: { deep: 1 } }], (b) => b.surprise, { deep: 1 }],
    ["nothing, where there is no such place", [{ path: "no.such.place", value: 1 }], (b) => Object.keys(b).length, 3],
  ])("%s", async (_, changes, look, expected) => {
    await control(sandbox, "POST /faults", { kind: "mutate", changes });
    const { body } = await sandbox.atPlaid("/accounts/get", { access_token: sandbox.demo.PLAID[0] });
    expect(look(body)).toEqual(expected);
  });
});

describe("scripting over /__control", () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterEach(() => {
    sandbox.faults.clear();
    sandbox.clearCalls();
  });
  afterAll(() => sandbox.close());

  it.each<[unknown, RegExp]>([
    [{}, /^kind: /],
    [{ kind: "latncy" }, /^kind: .*'latency' \| 'rate-limit'/],
    [{ kind: "latency" }, /^ms: /],
    [{ kind: "latency", ms: -1 }, /^ms: /],
    [{ kind: "latency", ms: 5, upToMs: 4 }, /^upToMs: wanted at least ms/],
    [{ kind: "html", tmies: 3 }, /Unrecognized key: "tmies"/],
    [{ kind: "html", times: 0 }, /^times: /],
    [{ kind: "html", probability: 2 }, /^probability: /],
    [{ kind: "rate-limit", retryAfter: "7\r\nx: y" }, /^retryAfter: /],
    [{ kind: "rate-limit", retryAfter: "" }, /^retryAfter: /],
    [{ kind: "html", provider: "MX" }, /^provider: /],
    [{ kind: "html", endpoint: "accounts" }, /^endpoint: PLAID has no endpoint "accounts"/],
    [{ kind: "refuse", endpoint: "/acounts/get" }, /^endpoint: PLAID has no endpoint "\/acounts\/get"/],
    [{ kind: "html", endpoint: "/webhook__verification_key" }, /^endpoint: PLAID has no endpoint/],
    [{ kind: "html", provider: "LINK_MONEY", endpoint: "/identity/get" }, /^endpoint: LINK_MONEY has no endpoint/],
    [[{ kind: "html" }, { kind: "html", endpoint: "/constructor" }], /^\[1\]\.endpoint: /],
    [{ kind: "refuse", itemId: "x" }, /"itemId"/],
    [{ kind: "webhook-lost", endpoint: "/item/get" }, /"endpoint"/],
    [{ kind: "webhook-badly-signed", how: "well" }, /^how: /],
    [{ kind: "mutate", changes: [] }, /^changes: /],
    [{ kind: "mutate", changes: [{ path: "a..b" }] }, /^changes\[0\]\.path: wanted names/],
    [{ kind: "report-warning", codes: ["X"] }, /^codes\[0\]: /],
    [[{ kind: "html" }, { kind: "drip" }], /^\[1\]\.ms: /],
    ["{", /not JSON/],
  ])("refuses %j, naming the key, and scripts none", async (fault, says) => {
    const { status, body } = await control(sandbox, "POST /faults", fault);
    expect(status).toBe(400);
    expect(body.error).toMatch(says);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it("takes several at once; without an aggregator the port's own; lists and ends them", async () => {
    const given = [{ kind: "html" }, { kind: "hang", provider: "PLAID", times: 2 }];
    const [one, two] = (await control(sandbox, "POST /faults", given, "LINK_MONEY")).body.ids;
    expect((await control(sandbox, "GET /faults")).body.faults).toEqual([
      { id: one, fault: { kind: "html", provider: "LINK_MONEY" }, struck: 0 },
      { id: two, fault: { kind: "hang", provider: "PLAID", times: 2 }, struck: 0 },
    ]);
    expect((await control(sandbox, `DELETE /faults?id=${one}`)).body.faults).toMatchObject([{ id: two }]);
    expect((await control(sandbox, `DELETE /faults?id=${one}`)).body.error).toBe(`id: there is no fault ${one}`);
    expect((await control(sandbox, "DELETE /faults")).body).toEqual({ faults: [] });
  });
});
