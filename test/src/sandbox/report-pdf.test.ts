import { inflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { IMITATED, type Imitated } from "../../../src/sandbox/imitated.ts";
import { REPORT_MS, startTestSandbox, type TestSandbox } from "./start.ts";

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const at = (provider: Imitated) => (provider === "PLAID" ? sandbox.atPlaid : sandbox.atLinkMoney);

/** The answer of /asset_report/pdf/get as it came. */
async function pdfOf(provider: Imitated, asset_report_token: string) {
  const { baseUrl, clientId: client_id, secret } = sandbox.endpoints[provider];
  const answer = await fetch(`${baseUrl}${provider === "PLAID" ? "" : "/v1/plaid"}/asset_report/pdf/get`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id, secret, asset_report_token }),
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** What is written on a PDF's pages, in its order, without the gaps between words. */
function textOf(pdf: Buffer): string {
  const pages = pdf.toString("latin1").matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g);
  const drawn = [...pages].map(([, packed = ""]) => inflateSync(Buffer.from(packed, "latin1")).toString("latin1"));
  const letters = drawn.join("").matchAll(/<([0-9a-f]+)>/g);
  return [...letters].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1")).join("");
}

describe.each(IMITATED)("a report's PDF at %s", (provider) => {
  async function create(days_requested = 30) {
    const request = { access_tokens: sandbox.demo[provider], days_requested };
    return (await at(provider)("/asset_report/create", request)).body;
  }

  it("is not ready before the report is, and gone with it", async () => {
    const { asset_report_token } = await create();
    const get = () => at(provider)("/asset_report/pdf/get", { asset_report_token });
    expect(await get()).toMatchObject({ status: 400, body: { error_code: "PRODUCT_NOT_READY" } });
    sandbox.clock.advance(REPORT_MS);
    expect((await pdfOf(provider, asset_report_token)).status).toBe(200);
    await at(provider)("/asset_report/remove", { asset_report_token });
    expect(await get()).toMatchObject({ status: 400, body: { error_code: "INVALID_ASSET_REPORT_TOKEN" } });
  });

  it("has the report's title, accounts and transactions, and is the same each time", async () => {
    const { asset_report_id, asset_report_token } = await create();
    sandbox.clock.advance(REPORT_MS);
    const { headers, bytes } = await pdfOf(provider, asset_report_token);
    expect(headers.get("content-type")).toBe("application/pdf");
    expect(headers.get("plaid-request-id")).toMatch(/^\w+$/);
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const text = textOf(bytes);
    expect(text).toContain(`Asset Report ${asset_report_id}`);
    const { body } = await at(provider)("/asset_report/get", { asset_report_token });
    for (const { institution_name, accounts } of body.report.items) {
      expect(text).toContain(institution_name);
      for (const { name, mask, transactions } of accounts) {
        expect(text).toContain(name);
        expect(text).toContain(mask);
        for (const { date, amount } of transactions) {
          expect(text).toContain(date);
          expect(text).toContain(amount.toFixed(2));
        }
      }
    }
    sandbox.clock.advance(60_000);
    expect((await pdfOf(provider, asset_report_token)).bytes.equals(bytes)).toBe(true);
  });

  it("holds two years on as many pages as it takes", async () => {
    const { asset_report_token } = await create(731);
    sandbox.clock.advance(REPORT_MS);
    const { bytes } = await pdfOf(provider, asset_report_token);
    const pages = bytes.toString("latin1").match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.length).toBeLessThan(300);
  });
});
