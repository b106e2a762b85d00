import { describe, expect, it } from "@jest/globals";
import { NOON, startTestSandbox, type TestSandbox, watchedClock } from "./start.ts";

/** Everything that both demo clients can read. */
async function all(sandbox: TestSandbox) {
  const paths = ["/item/get", "/accounts/get", "/liabilities/get", "/investments/holdings/get"];
  const answers = [];
  for (const path of paths) {
    for (const access_token of sandbox.demo.PLAID) answers.push(await sandbox.atPlaid(path, { access_token }));
    for (const token of sandbox.demo.LINK_MONEY) answers.push(await sandbox.atLinkMoney(path, {}, token));
  }
  const request = { access_tokens: sandbox.demo.PLAID, days_requested: 90 };
  const { body } = await sandbox.atPlaid("/asset_report/create", request);
  sandbox.clock.advance(2_000);
  const { asset_report_token } = body;
  answers.push(await sandbox.atPlaid("/asset_report/get", { asset_report_token, include_insights: true }));
  return {
    answers,
    demo: sandbox.demo,
    secrets: [sandbox.endpoints.PLAID.secret, sandbox.endpoints.LINK_MONEY.secret],
  };
}

async function readAll(seed: number, start: number) {
  const sandbox = await startTestSandbox({ seed, clock: watchedClock(start) });
  try {
    return await all(sandbox);
  } finally {
    await sandbox.close();
  }
}

describe("seed and clock", () => {
  it("are all that the data hangs on", async () => {
    expect(await readAll(7, NOON)).toEqual(await readAll(7, NOON));
  });

  it("another seed has other tokens, ids and purchases", async () => {
    const [one, other] = [await readAll(7, NOON), await readAll(8, NOON)];
    expect(one.demo).not.toEqual(other.demo);
    expect(one.secrets).not.toEqual(other.secrets);
    const card = (all: typeof one) => all.answers[3]?.body.accounts?.[3].balances.current;
    expect(card(one)).not.toEqual(card(other));
  });

  it("and the script: advanced and disturbed alike, every byte is the same", async () => {
    const live = async (seed: number) => {
      const sandbox = await startTestSandbox({ seed, clock: watchedClock(NOON) });
      const { baseUrl, clientId, secret } = sandbox.endpoints.PLAID;
      sandbox.faults.scriptPlain([
        { provider: "PLAID", kind: "rate-limit", probability: 0.3, retryAfter: 1 },
        { provider: "PLAID", kind: "mutate", probability: 0.5, changes: [{ path: "accounts.*.mask", value: 1 }] },
        { provider: "PLAID", kind: "cut-off", probability: 0.5 },
      ]);
      const bytes: string[] = [];
      for (let day = 0; day < 12; day += 1) {
        await sandbox.time.advance("30h");
        const answer = await fetch(`${baseUrl}/accounts/get`, {
          method: "POST",
          headers: { "content-type": "application/json", "plaid-client-id": clientId, "plaid-secret": secret },
          body: JSON.stringify({ access_token: sandbox.createItem("PLAID", { user: "other" }).accessToken }),
        });
        bytes.push(`${answer.status} ${await answer.text()}`);
      }
      await sandbox.close();
      return bytes;
    };
    const first = await live(7);
    expect(await live(7)).toEqual(first);
    expect(await live(8)).not.toEqual(first);
    expect(new Set(first.map((text) => text.slice(0, 3)))).toEqual(new Set(["200", "429"]));
  });

  it("many run at once, each by itself", async () => {
    const sandboxes = await Promise.all([1, 2, 3].map((seed) => startTestSandbox({ seed })));
    const urls = sandboxes.flatMap(({ endpoints }) => [endpoints.PLAID.baseUrl, endpoints.LINK_MONEY.baseUrl]);
    expect(new Set(urls).size).toBe(6);
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  });

  it("a taken port is an error, and leaves nothing listening", async () => {
    const first = await startTestSandbox();
    const taken = Number(new URL(first.endpoints.LINK_MONEY.baseUrl).port);
    await expect(startTestSandbox({ ports: { LINK_MONEY: taken } })).rejects.toThrow("EADDRINUSE");
    await first.close();
  });
});
