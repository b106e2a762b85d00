import type { Provider } from "../schema/enums.ts";
import type { Clock } from "../src/clock.ts";
import type { Adapter } from "./adapter.ts";
import type { Http, Wire } from "./http.ts";

/** Upstream credentials, in clear; never logged. */
export interface Credentials {
  clientId: string;
  secret: string;
}

/** What an adapter is made of. */
export interface AdapterDeps {
  http: Http;
  credentials: Credentials;
  clock: Clock;
  sandbox: boolean;
}

/** A published rate limit: calls a minute for one item (or one report, where `per` says so), and for the whole client. Null is none. */
export interface RateLimit {
  perItem: number | null;
  perClient: number | null;
}

/** One aggregator's folder, as the registry lists it. */
export interface Aggregator {
  readonly provider: Provider;
  /** In routes: /webhooks/<slug>. */
  readonly slug: string;
  /** Environment names begin with it: PLAID_BASE_URL. */
  readonly envPrefix: string;
  /** Hosts of its test environments; this machine's (our imitation) go without saying. */
  readonly sandboxHosts: readonly string[];
  /** Published limits by endpoint. */
  readonly limits: Readonly<Record<"production" | "sandbox", Readonly<Record<string, RateLimit>>>>;
  /** What its calls look like over HTTP. */
  wire(credentials: Credentials): Wire;
  create(deps: AdapterDeps): Adapter;
}
