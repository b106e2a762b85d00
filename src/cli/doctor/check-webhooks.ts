import type { Config } from "../../config.ts";
import { isLoopbackHost } from "../../loopback.ts";
import { type Finding, wordsOf } from "./finding.ts";

const ANSWER_MS = 5_000;

/** Whether PUBLIC_URL leads to a running gateway: tried from this machine, which may see more than the aggregators do. */
export async function checkWebhooks(config: Pick<Config, "publicUrl" | "sandbox" | "aggregators">): Promise<Finding[]> {
  const check = "webhooks";
  const { publicUrl } = config;
  if (config.sandbox) return [{ check, state: "ok", says: "The sandbox reaches the gateway on loopback." }];
  if (publicUrl === null || isLoopbackHost(new URL(publicUrl).hostname)) {
    return [
      {
        check,
        state: "note",
        says: `No aggregator can reach ${publicUrl ?? "the gateway: PUBLIC_URL is unset"}; reports become ready by polling only.`,
        mend: "Set PUBLIC_URL to the address under which the internet reaches the gateway.",
      },
    ];
  }
  return Promise.all(config.aggregators.map(({ slug }) => checkRoute(`${publicUrl}/webhooks/${slug}`)));
}

/** A running gateway refuses an unsigned webhook with a 4xx of its own; a proxy that leads elsewhere gives 404 or 5xx. */
async function checkRoute(url: string): Promise<Finding> {
  const check = "webhooks";
  const mend = "Start the gateway, and check PUBLIC_URL, DNS and the proxy before it.";
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.body?.cancel();
    if (answer.status === 400 || answer.status === 401) {
      return { check, state: "ok", says: `${url} is reached from here, and refuses an unsigned webhook.` };
    }
    return {
      check,
      state: "fault",
      says: `${url} answers ${answer.status}; a gateway would refuse this with 401.`,
      mend,
    };
  } catch (error) {
    return { check, state: "fault", says: `${url} cannot be reached from here: ${wordsOf(error)}.`, mend };
  }
}
