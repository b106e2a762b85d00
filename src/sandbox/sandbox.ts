import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { createCalls, type SandboxCall } from "./calls.ts";
import type { Core, Dialect } from "./endpoints.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
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
  /** Ports on 127.0.0.1; 0 is any free one, and so is none. */
  ports?: Readonly<Partial<Record<Imitated, number>>>;
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
  readonly endpoints: Readonly<Record<Imitated, SandboxEndpoint>>;
  /** Access tokens of the demo household as long as they are good: two Plaid items, one Link Money item. */
  readonly demo: Readonly<Record<Imitated, string[]>>;
  /** Makes another item of a named user ("default" unless given). @throws Error naming the users there are. */
  createItem(provider: Imitated, options?: { user?: string }): { accessToken: string; itemId: string };
  /** A public token of Plaid's, as Link would give it: good once, for 30 minutes. @throws Error as `createItem`. */
  createPublicToken(options?: { user?: string }): string;
  /** Signs and sends this webhook, once; resolves to the receiver's HTTP status, rejects when it could not be reached. */
  sendWebhook(provider: Imitated, url: string, body: object, options?: WebhookOptions): Promise<number>;
  faults: Faults;
  /** The requests received, oldest first (the latest 10,000). */
  calls(): SandboxCall[];
  clearCalls(): void;
  /** Ends sockets, timers and unanswered requests at once. */
  close(): Promise<void>;
}

const DIALECTS: Readonly<Record<Imitated, (core: Core) => Dialect>> = {
  PLAID: createPlaid,
  LINK_MONEY: createLinkMoney,
};

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

  const tell: Core["tell"] = (item, url, body) => {
    const environment = item.provider === "PLAID" && { environment: "sandbox" };
    webhooks
      .sign(item.provider, url, { ...body, ...environment })
      .then((signed) => webhooks.deliver(signed))
      .then((delivered) => delivered && items.noteWebhook(item, String((body as Record<string, unknown>).webhook_code)))
      .catch((err: unknown) => log.error({ err, itemId: item.itemId }, "an item's webhook could not be sent"));
  };

  const shared = { seed, clock, log, faults, calls };
  const servers: SandboxServer[] = [];
  const open = async (provider: Imitated): Promise<SandboxEndpoint> => {
    const chance = createChance(seed, provider, "client");
    const credentials = { clientId: chance.hex(24), secret: chance.hex(30) };
    const dialect = DIALECTS[provider]({ clock, items, reports, tell, keys, ...credentials });
    const server = await serve({ ...shared, dialect, port: options.ports?.[provider] ?? 0 });
    servers.push(server);
    return { baseUrl: server.baseUrl, ...credentials };
  };
  const close = async () => {
    reports.close();
    webhooks.close();
    await Promise.all(servers.map((server) => server.close()));
  };
  let endpoints: Sandbox["endpoints"];
  try {
    endpoints = { PLAID: await open("PLAID"), LINK_MONEY: await open("LINK_MONEY") };
  } catch (error) {
    await close();
    throw error;
  }

  const tokens = (provider: Imitated) => items.demo(provider).flatMap((item) => (item.removed ? [] : item.accessToken));
  return {
    endpoints,
    get demo() {
      return { PLAID: tokens("PLAID"), LINK_MONEY: tokens("LINK_MONEY") };
    },
    createItem(provider, { user = "default" } = {}) {
      const { accessToken, itemId } = items.create(provider, { user });
      return { accessToken, itemId };
    },
    createPublicToken: ({ user = "default" } = {}) => items.createPublicToken({ user }),
    async sendWebhook(provider, url, body, webhookOptions) {
      const status = await webhooks.send(await webhooks.sign(provider, url, body, webhookOptions));
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
