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

const jwtSecret = "a secret of the benchmark that is long enough";
const sandbox = await startSandbox({
  clock: systemClock,
  log: pino({ level: "silent" }),
  seed: 1,
  reportMs: 1000,
  stateFile: null,
});
const ms = Number(process.argv[2]);
for (const provider of IMITATED) sandbox.faults.script({ kind: "latency", ms, provider });

const { endpoints, demo } = sandbox;
/** One more than the household, of each. */
const MORE: Readonly<Record<Imitated, string>> = { PLAID: "other", LINK_MONEY: "default" };
const items = IMITATED.flatMap((provider) => {
  const tokens = [...demo[provider], sandbox.createItem(provider, { user: MORE[provider] }).accessToken];
  return tokens.map((accessToken) => ({ provider, accessToken }));
});
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
