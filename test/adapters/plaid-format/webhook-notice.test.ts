import { globSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { WebhookNotice } from "../../../adapters/adapter/webhooks.ts";
import { WEBHOOK_EVENTS } from "../../../adapters/plaid-format/webhook-events.ts";
import { webhookNotice } from "../../../adapters/plaid-format/webhook-notice.ts";
import { fixture, fixtureText } from "../../support/fixture.ts";

const ITEM = "wz666MBjYWTp2PDzzggYhM6oWWmBb";
const OTHER_ITEM = "gAXlMgVEw5uEGoQnnXZ6tn9E7Mn3LBc4PJVKZ";
const VERIFIED_ITEM = "eVBnVMp7zdTJLkRNr33Rs6zr7KNJqBFL9DrE6";
const REPORT = "47dfc92b-bba3-4583-809e-ce871b321f05";
const LIABLE = ["XMBvvyMGQ1UoLbKByoMqH3nXMj84ALSdE5B58", "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"];
const REMOVED = ["yBVBEwrPyJs8GvR77N7QTxnGg6wG74H7dEDN6", "kgygNvAVPzSX9KkddNdWHaVGRVex1MHm3k9no"];

const BLANK: Omit<WebhookNotice, "type" | "code"> = {
  remoteItemId: null,
  remoteReportId: null,
  event: null,
  accessReduced: false,
  error: null,
  newCount: null,
  updatedCount: null,
  removedCount: null,
  remoteAccountIds: [],
  remoteTransactionIds: [],
  consentExpiresAt: null,
  newWebhookUrl: null,
};
const error = (code: string, errorCode: string) =>
  expect.objectContaining({
    code,
    options: expect.objectContaining({ upstream: expect.objectContaining({ errorCode, errorType: "ITEM_ERROR" }) }),
  });
const removed = { event: "TRANSACTIONS_REMOVED", removedCount: 2, remoteTransactionIds: REMOVED } as const;
const liable = { event: "LIABILITIES_UPDATED", remoteAccountIds: LIABLE } as const;

/** What both aggregators send, by the fixtures' name: of an ITEM unless said. */
const BOTH: Record<string, Record<string, unknown>> = {
  "item-error": { event: "ITEM_ERROR", error: error("ITEM_LOGIN_REQUIRED", "ITEM_LOGIN_REQUIRED") },
  "item-pending-expiration": { event: "ITEM_PENDING_EXPIRATION", consentExpiresAt: "2020-01-15T13:25:17.766Z" },
  "item-webhook-update-acknowledged": {
    event: "ITEM_WEBHOOK_UPDATED",
    newWebhookUrl: "https://plaid.com/example/webhook",
  },
  "transactions-initial-update": { event: "TRANSACTIONS_INITIAL_UPDATE", newCount: 19 },
  "transactions-historical-update": { event: "TRANSACTIONS_HISTORICAL_UPDATE", newCount: 231 },
  "transactions-default-update": { event: "TRANSACTIONS_DEFAULT_UPDATE", newCount: 3 },
  "holdings-default-update": { event: "HOLDINGS_UPDATED", newCount: 19, updatedCount: 0 },
  "investments-transactions-default-update": {
    event: "INVESTMENT_TRANSACTIONS_UPDATED",
    newCount: 16,
    removedCount: 0,
  },
  "liabilities-default-update": liable,
  "auth-automatically-verified": {
    event: "AUTH_AUTOMATICALLY_VERIFIED",
    remoteItemId: VERIFIED_ITEM,
    remoteAccountIds: ["dVzbVMLjrxTnLjX4G66XUp5GLklm4oiZy88yK"],
  },
  "auth-verification-expired": {
    event: "AUTH_VERIFICATION_EXPIRED",
    remoteItemId: VERIFIED_ITEM,
    remoteAccountIds: ["BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"],
  },
};
const revoked = {
  event: "ITEM_PERMISSION_REVOKED",
  remoteItemId: OTHER_ITEM,
  error: error("ITEM_REVOKED", "USER_PERMISSION_REVOKED"),
};

const WANTED: Record<string, Record<string, unknown>> = {
  ...Object.fromEntries(
    ["plaid", "link-money"].flatMap((folder) =>
      Object.entries(BOTH).map(([name, notice]) => [`${folder}/webhook-${name}`, notice]),
    ),
  ),
  "link-money/webhook-user-permission-revoked": revoked,
  "link-money/webhook-item-transactions-removed": removed,
  "plaid/webhook-item-user-permission-revoked": revoked,
  "plaid/webhook-transactions-removed": removed,
  "plaid/webhook-item-login-repaired": { event: "ITEM_REPAIRED" },
  "plaid/webhook-item-new-accounts-available": { event: "ITEM_NEW_ACCOUNTS", remoteItemId: OTHER_ITEM },
  "plaid/webhook-item-user-account-revoked": {
    event: "OTHER",
    accessReduced: true,
    remoteItemId: OTHER_ITEM,
    remoteAccountIds: ["BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"],
  },
  "plaid/webhook-item-pending-disconnect": { event: "ITEM_PENDING_EXPIRATION" },
  "plaid/webhook-transactions-sync-updates-available": { event: "TRANSACTIONS_DEFAULT_UPDATE" },
  "plaid/webhook-investments-transactions-historical-update": {
    event: "INVESTMENT_TRANSACTIONS_UPDATED",
    newCount: 16,
    removedCount: 0,
  },
  "plaid/webhook-product-ready": { remoteItemId: null, remoteReportId: REPORT },
  "plaid/webhook-error": {
    remoteItemId: null,
    remoteReportId: REPORT,
    error: expect.objectContaining({ code: "REPORT_FAILED" }),
  },
};

const read = (text: string, provider: "PLAID" | "LINK_MONEY" = "PLAID") => webhookNotice(provider)(Buffer.from(text));

describe("a webhook of the aggregators' documents", () => {
  it.each(Object.entries(WANTED))("%s", (name, notice) => {
    const { webhook_type: type, webhook_code: code } = fixture(name);
    const provider = name.startsWith("plaid/") ? "PLAID" : "LINK_MONEY";
    expect(read(fixtureText(name), provider)).toEqual({ ...BLANK, type, code, remoteItemId: ITEM, ...notice });
  });

  it("is a fixture each, and each fixture is read", () => {
    const there = globSync("test/fixtures/*/webhook-*.json")
      .map((path) => path.slice("test/fixtures/".length, -".json".length))
      .filter((name) => !name.includes("verification-key"));
    expect(Object.keys(WANTED).sort()).toEqual(there.sort());
  });

  it("stands for every type and code of the table", () => {
    const read = new Set(
      Object.keys(WANTED).map((name) => `${fixture(name).webhook_type} ${fixture(name).webhook_code}`),
    );
    const known = Object.entries(WEBHOOK_EVENTS).flatMap(([type, codes]) =>
      Object.keys(codes).map((code) => `${type} ${code}`),
    );
    expect([...read].sort()).toEqual(known.sort());
  });
});

describe("a webhook otherwise than documented", () => {
  it.each([
    ['{"webhook_type":"OF_THE","webhook_code":"FUTURE"}', { event: "OTHER" }],
    ['{"webhook_type":"constructor","webhook_code":"name"}', { event: "OTHER" }],
    [
      '{"webhook_type":"ASSETS","webhook_code":"FUTURE","asset_report_id":"r"}',
      { event: "OTHER", remoteReportId: "r" },
    ],
    [
      '{"webhook_type":"INVESTMENTS_TRANSACTIONS","webhook_code":"DEFAULT_UPDATE","cancelled_investments_transactions":4,"new_investments_transactions":"x"}',
      { removedCount: 4, newCount: null },
    ],
    [
      '{"webhook_type":"LIABILITIES","webhook_code":"DEFAULT_UPDATE","account_ids_with_new_liabilities":[1,"a",null],"account_ids_with_updated_liabilities":["a","b"]}',
      { remoteAccountIds: ["a", "b"] },
    ],
    [
      '{"webhook_type":"TRANSACTIONS","webhook_code":"TRANSACTIONS_REMOVED","removed_transactions":{}}',
      { removedCount: null },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"ERROR","error":"down"}',
      { error: expect.objectContaining({ code: "PROVIDER_ERROR" }) },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"ERROR","error":{}}',
      { error: expect.objectContaining({ code: "PROVIDER_ERROR" }) },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"USER_PERMISSION_REVOKED","error":{"error_code":7}}',
      { error: expect.objectContaining({ code: "ITEM_REVOKED" }) },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"USER_PERMISSION_REVOKED"}',
      { error: expect.objectContaining({ code: "ITEM_REVOKED" }) },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"ERROR","error_link_money":{"error_type":"ITEM_ERROR","error_code":"ITEM_LOGIN_REQUIRED"}}',
      { error: expect.objectContaining({ code: "ITEM_LOGIN_REQUIRED" }) },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"PENDING_EXPIRATION","consent_expiration_time":"soon"}',
      { consentExpiresAt: null },
    ],
    [
      '{"webhook_type":"ITEM","webhook_code":"WEBHOOK_UPDATE_ACKNOWLEDGED","new_webhook_url":"javascript:1"}',
      { newWebhookUrl: null },
    ],
  ])("%s", (text, notice) => {
    expect(read(text)).toMatchObject(notice);
  });

  it("carries ten thousand ids at most, and counts the rest", () => {
    const removed_transactions = Array.from({ length: 10_001 }, (_, index) => `t${index}`);
    const body = { webhook_type: "TRANSACTIONS", webhook_code: "TRANSACTIONS_REMOVED", removed_transactions };
    const notice = read(JSON.stringify(body));
    expect(notice.remoteTransactionIds).toHaveLength(10_000);
    expect(notice.removedCount).toBe(10_001);
  });
});
