import { describe, expect, it } from "@jest/globals";
import { webhookNotice } from "../../../adapters/plaid-format/webhook-notice.ts";
import { fixtureText } from "../../support/fixture.ts";

const ITEM = "wz666MBjYWTp2PDzzggYhM6oWWmBb";
const REPORT = "47dfc92b-bba3-4583-809e-ce871b321f05";

describe("a webhook of the aggregators' documents tells what it is about", () => {
  it.each([
    ["plaid/webhook-product-ready", "ASSETS", "PRODUCT_READY", null, REPORT],
    ["plaid/webhook-error", "ASSETS", "ERROR", null, REPORT],
    ["link-money/webhook-item-error", "ITEM", "ERROR", ITEM, null],
    [
      "link-money/webhook-user-permission-revoked",
      "ITEM",
      "USER_PERMISSION_REVOKED",
      "gAXlMgVEw5uEGoQnnXZ6tn9E7Mn3LBc4PJVKZ",
      null,
    ],
    ["link-money/webhook-transactions-default-update", "TRANSACTIONS", "DEFAULT_UPDATE", ITEM, null],
    ["link-money/webhook-holdings-default-update", "HOLDINGS", "DEFAULT_UPDATE", ITEM, null],
    [
      "link-money/webhook-investments-transactions-default-update",
      "INVESTMENTS_TRANSACTIONS",
      "DEFAULT_UPDATE",
      ITEM,
      null,
    ],
    ["link-money/webhook-liabilities-default-update", "LIABILITIES", "DEFAULT_UPDATE", ITEM, null],
  ])("%s", (name, type, code, remoteItemId, remoteReportId) => {
    expect(webhookNotice(Buffer.from(fixtureText(name)))).toEqual({ type, code, remoteItemId, remoteReportId });
  });
});
