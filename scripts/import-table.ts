/** What one room may import: `types` by `import type` only. */
export interface Row {
  /**
   * Paths of the room's parts, without .ts: "src/cache" is src/cache.ts and all of src/cache/; a `*` stands for one folder.
   * Each part may import itself.
   */
  rooms: readonly string[];
  /** The same manner of paths. */
  values: readonly string[];
  types: readonly string[];
}

const LEAVES = ["src/errors", "src/clock", "src/log", "src/metrics", "src/ids", "src/decimal", "src/loopback"];
const HTTP_PARTS = [
  "adapters/breaker",
  "adapters/connection",
  "adapters/exchange",
  "adapters/bounded-stream",
  "adapters/list-cutter",
  "adapters/redact",
];
const WIRE = ["adapters/adapter", "adapters/aggregator", "adapters/http", "adapters/json", ...HTTP_PARTS];
/** Pure helpers that aggregators share: what Plaid's format and its clones' have in common. */
const AGGREGATOR_HELPERS = [
  "adapters/plaid-format",
  "adapters/webhook-verifier",
  "adapters/records",
  "adapters/fields",
  "adapters/webhook-keys",
];
const KEEPERS = ["src/key-file", "src/budget", "src/store"];
const STATE = ["src/cache", "src/events", "src/vault", ...KEEPERS];
const USE_CASES = ["src/loaders", "src/reports", "src/operations"];

/**
 * Who may import whom; a path belongs to the first row that names it. Arrows point one way, so that there are no
 * circles between rooms: what is not listed is forbidden.
 */
export const IMPORT_TABLE: readonly Row[] = [
  { rooms: ["src/clock"], values: ["src/errors"], types: [] },
  { rooms: LEAVES, values: [], types: ["schema"] },
  { rooms: ["schema"], values: [], types: [] },
  { rooms: ["src/config"], values: LEAVES, types: ["schema"] },
  { rooms: ["src/redis"], values: LEAVES, types: [] },
  { rooms: ["src/vault"], values: LEAVES, types: ["src/config", "schema"] },
  { rooms: KEEPERS, values: [...LEAVES, "src/redis"], types: ["src/vault", "src/config", "schema"] },
  {
    rooms: ["src/cache", "src/events"],
    values: ["src/vault", ...KEEPERS, ...LEAVES, "src/redis"],
    types: ["src/config", "schema"],
  },
  { rooms: WIRE, values: [...WIRE, ...LEAVES], types: ["schema"] },
  { rooms: AGGREGATOR_HELPERS, values: [...AGGREGATOR_HELPERS, ...WIRE, ...LEAVES], types: ["schema"] },
  { rooms: ["adapters/adapter-of"], values: LEAVES, types: ["adapters/adapter", "schema"] },
  { rooms: ["adapters/open-adapter"], values: [...WIRE, ...LEAVES], types: ["schema"] },
  { rooms: ["adapters/registry"], values: ["adapters/*/index"], types: ["adapters/aggregator", "schema"] },
  { rooms: ["adapters/*"], values: [...AGGREGATOR_HELPERS, ...WIRE, ...LEAVES], types: ["schema"] },
  { rooms: ["src/sandbox"], values: LEAVES, types: ["adapters/*/wire", "schema"] },
  {
    rooms: ["src/loaders", "src/reports"],
    // what makes two accounts the same is one rule, in reports and out of them
    values: ["src/loaders/same-accounts", "src/loaders/likeness", "adapters/adapter-of", ...STATE, ...LEAVES],
    types: ["src/config", "adapters/adapter", "schema"],
  },
  {
    rooms: ["src/operations"],
    // an event shows its webhook's body, read as exactly as the adapters read it
    values: ["src/loaders", "src/reports", "adapters/adapter-of", "adapters/json", ...STATE, ...LEAVES],
    types: ["src/config", "adapters/adapter", "schema"],
  },
  { rooms: ["src/auth"], values: LEAVES, types: ["src/config"] },
  {
    rooms: ["src/context"],
    values: ["src/auth", "src/loaders", "src/reports", ...LEAVES],
    types: ["src/operations", "schema"],
  },
  {
    rooms: ["resolvers"],
    // rows become nouns by pure functions; everything else comes by the context
    values: [
      "schema",
      "src/auth",
      "src/loaders/item-noun",
      "src/loaders/match-accounts",
      "src/loaders/net-worth",
      "src/loaders/plan",
      "src/loaders/asked-days",
      "src/loaders/transaction-noun",
      "src/events/event-noun",
      "src/reports/report-noun",
      "src/reports/share-noun",
      "src/reports/report-content-noun",
      "src/reports/report-investment-noun",
      "src/reports/missing-records",
      ...LEAVES,
    ],
    types: ["src/context", "src/loaders", "src/operations", "src/reports", "src/store"],
  },
  { rooms: ["src/graphql"], values: ["schema", ...LEAVES], types: [] },
  { rooms: ["src/http"], values: ["src/graphql", "src/auth", ...LEAVES], types: ["src/config"] },
  {
    rooms: ["src/app"],
    values: [
      ...["src/graphql", "src/http", "resolvers/index", "src/context", "src/auth", ...USE_CASES, "src/sandbox"],
      ...["adapters", "src/redis", ...STATE, "src/config", ...LEAVES],
    ],
    types: ["schema"],
  },
  // what front ends copy stands for itself
  { rooms: ["examples"], values: [], types: [] },
  { rooms: ["src/main", "src/cli"], values: ["src", "adapters"], types: ["schema"] },
];
