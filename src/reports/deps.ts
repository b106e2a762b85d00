import type { Adapter } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import type { Clock } from "../clock.ts";
import type { Hub } from "../events.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Jobs } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../vault.ts";

/** What the report worker works with. */
export interface ReportDeps {
  store: Store;
  vault: Vault;
  jobs: Jobs;
  hub: Hub;
  adapters: ReadonlyMap<Provider, Adapter>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Where an aggregator sends its webhooks: the gateway's own public address. */
  webhookUrl: (provider: Provider) => string;
  /** Delay of the first poll, ms. */
  reportPollMs: number;
}
