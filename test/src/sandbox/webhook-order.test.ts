import { afterEach, describe, expect, it } from "@jest/globals";
import { type Receiver, startReceiver } from "./receiver.ts";
import { startTestSandbox } from "./start.ts";

describe("webhooks of one moment", () => {
  const receivers: Receiver[] = [];
  afterEach(async () => {
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  });
  const receiver = async () => {
    const started = await startReceiver();
    receivers.push(started);
    return started;
  };

  /** What a receiver was told in three days, of items at both aggregators, and what the log says of it. */
  async function threeDays() {
    const { url, received } = await receiver();
    await using sandbox = await startTestSandbox();
    for (const user of ["other", "default", "other", "brokerage"]) {
      const { accessToken } = sandbox.createItem("PLAID", { user, webhook: url });
      await sandbox.atPlaid("/transactions/sync", { access_token: accessToken });
      sandbox.createItem("LINK_MONEY", { user: "default", webhook: url });
    }
    await sandbox.time.advance("3d");
    return {
      arrived: received.map(({ body }) => [body.item_id, body.webhook_type, body.webhook_code]),
      logged: sandbox.webhooks().map(({ itemIds, type, code }) => [itemIds[0], type, code]),
    };
  }

  it("arrive, and are logged, in the order in which they came about, the same each time", async () => {
    const first = await threeDays();
    expect(first.arrived.length).toBeGreaterThan(20);
    expect(first.logged).toEqual(first.arrived);
    expect(await threeDays()).toEqual(first);
  });

  it("do not wait for a receiver that takes its time", async () => {
    const [slow, quick] = [await receiver(), await receiver()];
    slow.holds = true;
    await using sandbox = await startTestSandbox();
    const send = async ({ url }: Receiver) => {
      const { accessToken: access_token } = sandbox.createItem("PLAID", { webhook: url });
      await sandbox.atPlaid("/sandbox/item/fire_webhook", { access_token, webhook_code: "NEW_ACCOUNTS_AVAILABLE" });
    };
    await send(slow);
    await send(quick);
    await slow.arrived(1);
    await sandbox.clock.awaited(500);
    sandbox.clock.advance(500);
    await quick.arrived(1);
    expect([slow, quick].map(({ received }) => received.length)).toEqual([1, 1]);
  });
});
