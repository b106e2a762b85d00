import { SignJWT } from "jose";
import { pino } from "pino";
import { SCOPES } from "../src/auth.ts";
import { systemClock } from "../src/clock.ts";
import { type SandboxEndpoint, startSandbox } from "../src/sandbox/sandbox.ts";

/** What the benchmark's parent is told of its aggregators. */
export interface Upstream {
  plaid: SandboxEndpoint;
  linkMoney: SandboxEndpoint;
  items: { provider: "PLAID" | "LINK_MONEY"; accessToken: string }[];
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
  plaidPort: 0,
  linkMoneyPort: 0,
  reportMs: 1000,
  stateFile: null,
});
const ms = Number(process.argv[2]);
sandbox.faults.script({ kind: "latency", ms, aggregator: "plaid" });
sandbox.faults.script({ kind: "latency", ms, aggregator: "link-money" });

const { plaid, linkMoney, demo } = sandbox;
const plaidTokens = [...demo.plaid, sandbox.createItem("plaid", { user: "other" }).accessToken];
const linkMoneyTokens = [...demo.linkMoney, sandbox.createItem("link-money").accessToken];
const paths = ["/accounts/get", "/investments/holdings/get", "/liabilities/get"];
const json = { "content-type": "application/json" };

const upstream: Upstream = {
  plaid,
  linkMoney,
  items: [
    ...plaidTokens.map((accessToken) => ({ provider: "PLAID" as const, accessToken })),
    ...linkMoneyTokens.map((accessToken) => ({ provider: "LINK_MONEY" as const, accessToken })),
  ],
  calls: paths.flatMap((path) => [
    ...plaidTokens.map((token) => ({
      url: plaid.baseUrl + path,
      headers: { ...json, "plaid-client-id": plaid.clientId, "plaid-secret": plaid.secret },
      body: JSON.stringify({ access_token: token }),
    })),
    ...linkMoneyTokens.map((token) => ({
      url: `${linkMoney.baseUrl}/v1/plaid${path}`,
      headers: { ...json, authorization: `Bearer ${token}` },
      body: "{}",
    })),
  ]),
  jwtSecret,
  jwt: await new SignJWT({ scope: SCOPES.join(" ") })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("bench")
    .setExpirationTime("1h")
    .sign(Buffer.from(jwtSecret)),
};
process.send?.(upstream);
