import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CountryCode, type PlaidApi, Products } from "plaid";
import { sdkClient } from "../../support/sdk-client.ts";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

const HOUR_MS = 3_600_000;

describe("Plaid's link flow", () => {
  let sandbox: TestSandbox;
  let types: SdkTypes;
  let client: PlaidApi;
  let receiver: Receiver;
  beforeAll(async () => {
    types = readSdkTypes();
    [sandbox, receiver] = await Promise.all([startTestSandbox(), startReceiver()]);
    client = sdkClient(sandbox.endpoints.PLAID, types);
  });
  afterAll(() => Promise.all([sandbox.close(), receiver.close()]));

  const link = {
    client_name: "Ledger",
    language: "en",
    country_codes: [CountryCode.Us],
    user: { client_user_id: "u" },
  };
  const invalid = {
    response: { status: 400, data: { error_type: "INVALID_INPUT", error_code: "INVALID_LINK_TOKEN" } },
  };

  it("tells of a link token what it was made for, and what came of it", async () => {
    const asked = { ...link, products: [Products.Auth], webhook: receiver.url, redirect_uri: "https://a.example/back" };
    const { link_token, expiration } = (await client.linkTokenCreate({ ...asked, hosted_link: {} })).data;
    const opened = (await client.linkTokenGet({ link_token })).data;
    expect(opened).toMatchObject({
      ...{ link_token, expiration, created_at: new Date(sandbox.clock.now()).toISOString() },
      metadata: { initial_products: ["auth"], webhook: receiver.url, language: "en", client_name: "Ledger" },
    });
    expect(opened.link_sessions).toBeUndefined();

    const public_token = sandbox.completeLink(link_token, { user: "other", institutionId: "ins_109511" });
    const [session] = (await client.linkTokenGet({ link_token })).data.link_sessions ?? [];
    expect(session?.results?.item_add_results).toMatchObject([{ public_token, institution: { name: "Tartan Bank" } }]);
    await receiver.arrived(1);
    expect(receiver.received[0]?.body).toMatchObject({
      ...{ webhook_code: "SESSION_FINISHED", status: "SUCCESS", link_token, public_tokens: [public_token] },
      link_session_id: session?.link_session_id,
    });
    expect(types.faultsOf("LinkSessionFinishedWebhook", receiver.received[0]?.body)).toEqual([]);
    const { access_token } = (await client.itemPublicTokenExchange({ public_token: public_token ?? "" })).data;
    const { item } = (await client.itemGet({ access_token })).data;
    expect(item).toMatchObject({ institution_id: "ins_109511", webhook: receiver.url, billed_products: ["auth"] });
  });

  it("in update mode gives a lost login anew, and a public token to nobody", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID");
    await client.sandboxItemResetLogin({ access_token });
    const { link_token } = (await client.linkTokenCreate({ ...link, access_token })).data;
    expect((await client.itemGet({ access_token })).data.item.error).toMatchObject({
      error_code: "ITEM_LOGIN_REQUIRED",
    });
    expect(sandbox.completeLink(link_token)).toBeNull();
    expect((await client.itemGet({ access_token })).data.item.error).toBeNull();
    const [session] = (await client.linkTokenGet({ link_token })).data.link_sessions ?? [];
    expect(session?.results?.item_add_results).toEqual([]);
    await client.accountsGet({ access_token });
  });

  it("also to an item whose login never worked here, and its reports", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID", { user: "broken-login" });
    const { link_token } = (await client.linkTokenCreate({ ...link, access_token })).data;
    sandbox.completeLink(link_token);
    const created = await client.assetReportCreate({ access_tokens: [access_token], days_requested: 3 });
    sandbox.clock.advance(2_000);
    const { asset_report_token } = created.data;
    expect((await client.assetReportGet({ asset_report_token })).data.report.items).toHaveLength(1);
  });

  it.each([
    [{}, 4 * HOUR_MS],
    [{ hosted_link: { url_lifetime_seconds: 60 } }, 60_000],
  ])("is good once, until it ends, and known for six hours more: %j", async (more, lasts) => {
    const create = async () =>
      (await client.linkTokenCreate({ ...link, products: [Products.Auth], ...more })).data.link_token;
    const used = await create();
    sandbox.completeLink(used);
    expect(() => sandbox.completeLink(used)).toThrow("invalid link_token");
    const late = await create();
    sandbox.clock.advance(lasts);
    expect(() => sandbox.completeLink(late)).toThrow("invalid link_token");
    sandbox.clock.advance(6 * HOUR_MS - 1);
    expect((await client.linkTokenGet({ link_token: late })).data.link_token).toBe(late);
    sandbox.clock.advance(1);
    await expect(client.linkTokenGet({ link_token: late })).rejects.toMatchObject(invalid);
  });

  it("a hosted one is gone through by opening its address, once", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID");
    await client.sandboxItemResetLogin({ access_token });
    const repair = (await client.linkTokenCreate({ ...link, access_token, hosted_link: {} })).data;
    const url = repair.hosted_link_url ?? "";
    const opened = await fetch(url);
    expect([opened.status, await opened.text()]).toEqual([200, expect.stringContaining("You are signed in")]);
    await client.accountsGet({ access_token });
    const again = await fetch(url);
    expect([again.status, await again.json()]).toMatchObject([400, { error_code: "INVALID_LINK_TOKEN" }]);

    const added = (await client.linkTokenCreate({ ...link, products: [Products.Auth], hosted_link: {} })).data;
    await (await fetch(added.hosted_link_url ?? "")).text();
    const [session] = (await client.linkTokenGet({ link_token: added.link_token })).data.link_sessions ?? [];
    const public_token = session?.results?.item_add_results[0]?.public_token ?? "";
    expect((await client.itemPublicTokenExchange({ public_token })).data.access_token).toMatch(/^access-sandbox-/);
    expect((await fetch(`${sandbox.endpoints.PLAID.baseUrl}/link/elsewhere`)).status).toBe(404);
    const elsewhere = { headers: { origin: "http://evil.example" } };
    expect((await fetch(added.hosted_link_url ?? "", elsewhere)).status).toBe(403);
  });

  it("repairs no item that was removed meanwhile", async () => {
    const { accessToken: access_token } = sandbox.createItem("PLAID");
    const { link_token } = (await client.linkTokenCreate({ ...link, access_token })).data;
    await client.itemRemove({ access_token });
    expect(() => sandbox.completeLink(link_token)).toThrow("access token does not exist");
  });
});
