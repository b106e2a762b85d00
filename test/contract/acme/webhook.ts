import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Webhooks } from "../../../adapters/adapter/webhooks.ts";
import { text } from "../../../adapters/fields.ts";
import { parseJson } from "../../../adapters/json.ts";
import { raw } from "../../../adapters/records.ts";
import type { Clock } from "../../../src/clock.ts";
import { badInput, GatewayError } from "../../../src/errors.ts";
import type { AcmeCall } from "./wire.ts";

const SIGNATURE = /^t=(\d{10}),mac=([0-9a-f]{64})$/;

/** Acme's webhooks: `acme-signature: t=<seconds>,mac=<HMAC-SHA256 of "t.body" by the client's secret>`. */
export function createWebhooks(secret: string, clock: Clock): Webhooks {
  return {
    async verify({ headers, body }) {
      const signature = headers["acme-signature"];
      const [, time, mac] = (typeof signature === "string" && SIGNATURE.exec(signature)) || [];
      if (!time || !mac) throw notGenuine("it has no signature");
      const age = clock.now() / 1000 - Number(time);
      if (age > 300 || age < -60) throw notGenuine("it was not signed just now");
      const own = createHmac("sha256", secret).update(`${time}.`).update(body).digest();
      if (!timingSafeEqual(own, Buffer.from(mac, "hex"))) throw notGenuine("its signature is another's");
      return createHash("sha256").update(`${time},${mac}`).digest("hex");
    },
    parse(bytes) {
      const reading = parseJson(bytes.toString("utf8"));
      if (reading.body === null) throw badInput("body", reading.problem, "a JSON object");
      const { about, news, login_ref } = raw<AcmeCall>(reading.body);
      const type = text(about);
      const code = text(news);
      if (type === null) throw badInput("body.about", typeof about, "a string");
      if (code === null) throw badInput("body.news", typeof news, "a string");
      return {
        ...{ type, code, remoteItemId: text(login_ref), remoteReportId: null, event: "OTHER" },
        ...{ accessReduced: code === "grant_ended", error: null, newCount: null, updatedCount: null },
        ...{ removedCount: null, remoteAccountIds: [], remoteTransactionIds: [] },
        ...{ consentExpiresAt: null, newWebhookUrl: null },
      };
    },
  };
}

function notGenuine(why: string): GatewayError {
  return new GatewayError("UNAUTHENTICATED", `The webhook is not genuine: ${why}.`);
}
