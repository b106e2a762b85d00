import type { Adapter } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import type { EventDeps } from "../events/record-event.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Jobs } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";

/** What the report worker works with. */
export interface ReportDeps extends EventDeps {
  store: Store;
  jobs: Jobs;
  adapters: ReadonlyMap<Provider, Adapter>;
  log: Log;
  metrics: Metrics;
  /** Where an aggregator sends its webhooks: the gateway's own public address. */
  webhookUrl: (provider: Provider) => string;
  /** Delay of the first poll, ms. */
  reportPollMs: number;
}
