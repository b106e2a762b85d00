import type { Provider } from "../../schema/enums.ts";
import type { Cache } from "../cache.ts";
import type { ReportDeps } from "../reports/deps.ts";

/** What the use cases work with. */
export interface OperationDeps extends ReportDeps {
  cache: Cache;
  /** Where clients reach this gateway, e.g. https://gateway.example.com. */
  publicUrl: () => string;
  /** The aggregator whose webhooks come to /webhooks/<slug>; null for any other name. */
  providerOfSlug: (slug: string) => Provider | null;
}
