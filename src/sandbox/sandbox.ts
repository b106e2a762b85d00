import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Aggregator } from "./aggregator.ts";
import { createCalls, type SandboxCall } from "./calls.ts";
import type { Core, Dialect } from "./endpoints.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createItems } from "./items.ts";
import { createLinkMoney } from "./link-money.ts";
import { createPlaid } from "./plaid.ts";
import { createReports } from "./reports.ts";
import { type SandboxServer, serve } from "./server.ts";
import { createSigningKeys } from "./signing-keys.ts";
import { openState } from "./state.ts";
import { createWebhooks, type WebhookOptions } from "./webhooks.ts";
import { createChance } from "./world/chance.ts";

export interface SandboxOptions {
  clock: Clock;
  log: Log;
  /** Same seed and clock, same data, ids and tokens. */
  seed: number;
  /** Ports on 127.0.0.1; 0 is any free one. */
  plaidPort: number;
  linkMoneyPort: number;
  /** How long a report takes to generate, ms. */
  reportMs: number;
  /** JSON file that keeps what clients changed, so that a restart forgets nothing; null keeps it in memory only. */
  stateFile: string | null;
}

/** Where one imitated aggregator is, and what it accepts. */
export interface SandboxEndpoint {
  /** e.g. "http://127.0.0.1:4101". Link Money's paths are under /v1/plaid of it. */
  baseUrl: string;
  clientId: string;
  secret: string;
}

/** Both imitated aggregators, listening. */
export interface Sandbox {
  plaid: SandboxEndpoint;
  linkMoney: SandboxEndpoint;
  /** Access tokens of the demo household as long as they are good: two Plaid items, one Link Money item. */
  readonly demo: { plaid: string[]; linkMoney: string[] };
  /** Makes another item of a named user ("default" unless given). @throws Error naming the users there are. */
  createItem(aggregator: Aggregator, options?: { user?: string }): { accessToken: string; itemId: string };
  /** A public token of Plaid's, as Link would give it: good once, for 30 minutes. @throws Error as `createItem`. */
  createPublicToken(options?: { user?: string }): string;
  /** Signs and sends this webhook, once; resolves to the receiver's HTTP status, rejects when it could not be reached. */
  sendWebhook(aggregator: Aggregator, url: string, body: object, options?: WebhookOptions): Promise<number>;
  faults: Faults;
  /** The requests received, oldest first (the latest 10,000). */
  calls(): SandboxCall[];
  clearCalls(): void;
  /** Ends sockets, timers and unanswered requests at once. */
  close(): Promise<void>;
}

/** Starts both imitated aggregators. @throws Error when a port is taken or the state file cannot be read. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, seed, reportMs } = options;
  const log = options.log.child({ part: "sandbox" });
  const store = openState(options.stateFile);
  const faults = createFaults();
  const calls = createCalls();
  const items = createItems({ store, clock, seed });
  const keys = createSigningKeys({ store, clock, seed });
  const webhooks = createWebhooks({ clock, log, keys });
  const reports = createReports({ store, clock, log, seed, items, faults, webhooks, reportMs });

  const coreOf = (aggregator: Aggregator): Core => {
    const chance = createChance(seed, aggregator, "client");
    return { clock, items, reports, keys, clientId: chance.hex(24), secret: chance.hex(30) };
  };
  const plaidCore = coreOf("plaid");
  const linkMoneyCore = coreOf("link-money");
  const shared = { seed, clock, log, faults, calls };
  const servers: SandboxServer[] = [];
  const listen = async (dialect: Dialect, port: number) => {
    const server = await serve({ ...shared, dialect, port });
    servers.push(server);
    return server.baseUrl;
  };
  const close = async () => {
    reports.close();
    webhooks.close();
    await Promise.all(servers.map((server) => server.close()));
  };
  let plaidUrl: string;
  let linkMoneyUrl: string;
  try {
    plaidUrl = await listen(createPlaid(plaidCore), options.plaidPort);
    linkMoneyUrl = await listen(createLinkMoney(linkMoneyCore), options.linkMoneyPort);
  } catch (error) {
    await close();
    throw error;
  }

  const tokens = (aggregator: Aggregator) =>
    items.demo(aggregator).flatMap((item) => (item.removed ? [] : item.accessToken));
  return {
    plaid: { baseUrl: plaidUrl, clientId: plaidCore.clientId, secret: plaidCore.secret },
    linkMoney: { baseUrl: linkMoneyUrl, clientId: linkMoneyCore.clientId, secret: linkMoneyCore.secret },
    get demo() {
      return { plaid: tokens("plaid"), linkMoney: tokens("link-money") };
    },
    createItem(aggregator, { user = "default" } = {}) {
      const { accessToken, itemId } = items.create(aggregator, { user });
      return { accessToken, itemId };
    },
    createPublicToken: ({ user = "default" } = {}) => items.createPublicToken({ user }),
    async sendWebhook(aggregator, url, body, webhookOptions) {
      const status = await webhooks.send(await webhooks.sign(aggregator, url, body, webhookOptions));
      const { item_id: itemId, webhook_code: code } = body as Record<string, unknown>;
      const item = typeof itemId === "string" ? items.byId(itemId) : null;
      if (item && typeof code === "string") items.noteWebhook(item, code);
      return status;
    },
    faults,
    calls: calls.list,
    clearCalls: calls.clear,
    close,
  };
}
