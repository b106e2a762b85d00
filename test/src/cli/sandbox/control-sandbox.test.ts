import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { sandbox as command } from "../../../../src/cli/sandbox.ts";
import { type Receiver, startReceiver } from "../../sandbox/receiver.ts";
import { NOON, startTestSandbox, type TestSandbox } from "../../sandbox/start.ts";

describe("tributary sandbox with a command", () => {
  let sandbox: TestSandbox;
  let receiver: Receiver;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
    receiver = await startReceiver();
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
    const lines: string[] = [];
    const port = new URL(sandbox.endpoints.PLAID.baseUrl).port;
    const code = await command({ SANDBOX_PLAID_PORT: port }, (line) => lines.push(line), args);
    return { code, lines };
  }
  const told = async (...args: string[]) => {
    const { code, lines } = await run(...args);
    expect(code).toBe(0);
    return lines.map((line) => JSON.parse(line));
  };

  it("turns the clock", async () => {
    expect(await told("clock")).toEqual([{ now: "2026-06-17T12:00:00.000Z", ms: NOON, still: false }]);
    expect(await told("advance", "3d")).toMatchObject([{ now: "2026-06-20T12:00:00.000Z" }]);
    expect(await told("advance", "1000")).toMatchObject([{ now: "2026-06-20T12:00:01.000Z" }]);
    expect(await told("stop")).toMatchObject([{ still: true }]);
    expect(await told("to", "2026-07-01")).toMatchObject([{ now: "2026-07-01T00:00:00.000Z", still: true }]);
    expect(await told("go")).toMatchObject([{ still: false }]);
  });

  it.each<[string[], object]>([
    [
      ["rate-limit", "endpoint=/accounts/get", "times=3", "retryAfter=7"],
      { kind: "rate-limit", provider: "PLAID", endpoint: "/accounts/get", times: 3, retryAfter: 7 },
    ],
    [["webhook-lost", "provider=LINK_MONEY"], { kind: "webhook-lost", provider: "LINK_MONEY" }],
    [
      ["mutate", 'changes=[{"path":"accounts"}]'],
      { kind: "mutate", provider: "PLAID", changes: [{ path: "accounts" }] },
    ],
    [['{"kind": "html", "probability": 0.5}'], { kind: "html", provider: "PLAID", probability: 0.5 }],
  ])("scripts the fault %j", async (args, fault) => {
    const [first] = await told("fault", ...args);
    const [second] = await told("fault", ...args);
    expect(await told("clear", String(first))).toEqual([{ id: second, fault, struck: 0 }]);
    expect(await told("faults")).toEqual([{ id: second, fault, struck: 0 }]);
    await told("clear", "faults");
    expect(await told("faults")).toEqual([]);
  });

  it("makes items, fires webhooks, and reads the logs", async () => {
    const [{ item }] = await told("item", "user=other", `webhook=${receiver.url}`);
    expect(await told("items")).toHaveLength(4);
    expect(await told("webhook", "ITEM", "NEW_ACCOUNTS_AVAILABLE", `itemId=${item.itemId}`)).toEqual([{ status: 200 }]);
    expect(receiver.received[0]?.body).toMatchObject({ item_id: item.itemId, webhook_code: "NEW_ACCOUNTS_AVAILABLE" });
    await told("reset", item.itemId);
    const lost = await sandbox.atPlaid("/accounts/get", { access_token: item.accessToken });
    expect(lost.body.error_code).toBe("ITEM_LOGIN_REQUIRED");
    await told("repair", item.itemId);
    await sandbox.atPlaid("/item/get", { access_token: item.accessToken });
    await sandbox.atPlaid("/item/get", {});
    expect(await told("calls", "status=200", "user=other")).toMatchObject([{ endpoint: "/item/get" }]);
    expect(await told("webhooks", "code=NEW_ACCOUNTS_AVAILABLE")).toMatchObject([{ status: 200 }]);
    await told("clear");
    expect([...(await told("calls")), ...(await told("webhooks"))]).toEqual([]);
  });

  it.each<[string[], string]>([
    [["forward"], '"forward" is no command of the sandbox.'],
    [["advance"], "how long is missing."],
    [["to"], "a moment is missing."],
    [["repair"], "an item's id is missing."],
    [["reset"], "an item's id is missing."],
    [["fault"], "a kind of fault, or JSON is missing."],
    [["fault", "html", "times"], '"times" is not KEY=VALUE.'],
    [["fault", "{"], "The fault is not JSON: "],
    [["clear", "items"], '"items" is none of faults, calls, webhooks, and no fault\'s id.'],
  ])("cannot follow %j, and says what there is", async (args, says) => {
    const { code, lines } = await run(...args);
    expect(code).toBe(2);
    expect(lines[0]?.startsWith(says)).toBe(true);
    expect(lines[1]).toBe("Usage: tributary sandbox");
    expect(lines.some((line) => line.startsWith("  advance 3d"))).toBe(true);
  });

  it.each<[string[], string]>([
    [["advance", "soon"], "advance: wanted milliseconds"],
    [["fault", "drip"], "ms: Invalid input"],
    [["item", "user=nobody"], 'the sandbox has no user "nobody"'],
    [["calls", "colour=red"], 'Unrecognized key: "colour"'],
  ])("tells why the sandbox refuses %j", async (args, says) => {
    const { code, lines } = await run(...args);
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]?.startsWith(says)).toBe(true);
  });

  it("says where it looked when no sandbox answers", async () => {
    const lines: string[] = [];
    expect(await command({ SANDBOX_PLAID_PORT: "1" }, (line) => lines.push(line), ["clock"])).toBe(1);
    expect(lines).toEqual([
      "No sandbox answers at http://127.0.0.1:1: start one with `npm run sandbox`, or say by SANDBOX_PLAID_PORT where one runs.",
    ]);
  });

  it("helps", async () => {
    const { code, lines } = await run("help");
    expect([code, lines[0]]).toEqual([0, "Usage: tributary sandbox"]);
  });
});
