import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SignJWT } from "jose";
import { pino } from "pino";
import { aggregatorOf } from "../adapters/registry.ts";
import { SCOPES } from "../src/auth.ts";
import { systemClock } from "../src/clock.ts";
import { IMITATED, type Imitated } from "../src/sandbox/imitated.ts";
import { type Sandbox, startSandbox } from "../src/sandbox/sandbox.ts";

/** What the benchmark's parent is told of its aggregators. */
export interface Upstream {
  endpoints: Sandbox["endpoints"];
  items: { provider: Imitated; accessToken: string }[];
  /** The calls that a cold query makes, one by one. */
  calls: { url: string; headers: Record<string, string>; body: string }[];
  jwtSecret: string;
  jwt: string;
}

const [latencyMs, itemCount] = process.argv.slice(2).map(Number);
const jwtSecret = "a secret of the benchmark that is long enough";
const sandbox = await startSandbox({
  clock: systemClock,
  log: pino({ level: "silent" }),
  seed: 1,
  reportMs: 1000,
  stateFile: null,
});

/** An aggregator before which answers are kept: what it takes to make one is not the gateway's. */
async function quick(baseUrl: string): Promise<string> {
  const kept = new Map<string, { status: number; body: Buffer }>();
  async function answer({ url = "", headers }: IncomingMessage, body: Buffer) {
    const key = [url, headers.authorization, body].join("\n");
    const known = kept.get(key);
    if (known) return known;
    const { host, connection, "content-length": length, ...passed } = headers;
    const response = await fetch(baseUrl + url, { method: "POST", headers: passed as Record<string, string>, body });
    const made = { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
    if (response.ok) kept.set(key, made);
    return made;
  }
  const server = createServer(async (request, response) => {
    const asked = performance.now();
    const { status, body } = await answer(request, await buffer(request));
    setTimeout(
      () => response.writeHead(status, { "content-type": "application/json" }).end(body),
      Math.max(0, (latencyMs ?? 0) - (performance.now() - asked)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const endpoints = { ...sandbox.endpoints };
for (const provider of IMITATED) {
  endpoints[provider] = { ...endpoints[provider], baseUrl: await quick(endpoints[provider].baseUrl) };
}

/** The household, and as many more, of each in turn. */
const MORE: readonly [Imitated, string][] = [
  ["PLAID", "other"],
  ["LINK_MONEY", "default"],
];
const items = IMITATED.flatMap((provider) => sandbox.demo[provider].map((accessToken) => ({ provider, accessToken })));
for (let more = 0; items.length < (itemCount ?? 0); more++) {
  const [provider, user] = MORE[more % MORE.length] ?? ["PLAID", "other"];
  items.push({ provider, accessToken: sandbox.createItem(provider, { user }).accessToken });
}
const PATHS = ["/accounts/get", "/investments/holdings/get", "/liabilities/get"];

/** One call as the gateway makes it, but that Link Money's imitation takes the token in the body too. */
function callOf(path: string, { provider, accessToken }: Upstream["items"][number]): Upstream["calls"][number] {
  const { baseUrl, ...credentials } = endpoints[provider];
  const { pathPrefix, headers } = aggregatorOf(provider).wire(credentials);
  return {
    url: baseUrl + pathPrefix + path,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ access_token: accessToken }),
  };
}

const upstream: Upstream = {
  endpoints,
  items,
  calls: PATHS.flatMap((path) => items.map((item) => callOf(path, item))),
  jwtSecret,
  jwt: await new SignJWT({ scope: SCOPES.join(" ") })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("bench")
    .setExpirationTime("1h")
    .sign(Buffer.from(jwtSecret)),
};
process.send?.(upstream);
