import { badInput } from "../../src/errors.ts";
import type { WebhookNotice } from "../adapter.ts";
import { text } from "../fields.ts";
import { parseJson } from "../json.ts";

/** Reads a webhook's body. @throws GatewayError BAD_USER_INPUT when it has no type and code. */
export function webhookNotice(body: Buffer): WebhookNotice {
  const reading = parseJson(body.toString("utf8"));
  if (reading.body === null) throw badInput("body", reading.problem, "a JSON object");
  const { webhook_type, webhook_code, item_id, asset_report_id } = reading.body;
  const type = text(webhook_type);
  const code = text(webhook_code);
  if (type === null) throw badInput("body.webhook_type", typeof webhook_type, "a string");
  if (code === null) throw badInput("body.webhook_code", typeof webhook_code, "a string");
  return { type, code, remoteItemId: text(item_id), remoteReportId: text(asset_report_id) };
}
