import { type Clock, systemClock } from "../clock.ts";
import { createLog, type Log } from "../log.ts";
import { createCalls, type SandboxCall } from "./calls.ts";
import { clientCredentials } from "./client-credentials.ts";
import { createControl } from "./control.ts";
import { readCustomUsers } from "./custom-users/read-custom-users.ts";
import type { Core, Dialect } from "./endpoints.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import { startItemLife } from "./item-life.ts";
import { repairItemLogin, resetItemLogin } from "./item-logins.ts";
import { createItems, type NewItem } from "./items.ts";
import { createLinkMoney } from "./link-money.ts";
import { createLinkSessions } from "./link-sessions.ts";
import type { Login } from "./logins.ts";
import { createNotifier, type Notice } from "./notifier.ts";
import { createPlaid } from "./plaid.ts";
import { limited, type RateLimits } from "./rate-limits.ts";
import { readScript } from "./read-script.ts";
import { createReports } from "./reports.ts";
import { createSandboxClock, type SandboxTime } from "./sandbox-clock.ts";
import { createSentWebhooks, type SentWebhook } from "./sent-webhooks.ts";
import { type SandboxServer, serve } from "./server.ts";
import { createSigningKeys } from "./signing-keys.ts";
import { openState } from "./state.ts";
import { createUnderWay } from "./under-way.ts";
import { createWebhooks, type WebhookOptions } from "./webhooks.ts";

/** How a sandbox may differ from the usual one, all of it optional. */
export interface SandboxOptions {
  /** The clock behind the sandbox's own; the system's unless given. */
  clock?: Clock;
  /** Silent unless given. */
  log?: Log;
  /** Same seed and clock, same data, ids and tokens; 1 unless given. */
  seed?: number;
  /** Ports on 127.0.0.1; 0 is any free one, and so is none. */
  ports?: Readonly<Partial<Record<Imitated, number>>>;
  /** How long a report takes to generate, ms; 2000 unless given. */
  reportMs?: number;
  /** Limits that each aggregator holds its clients to, as Plaid's published ones; none when absent. */
  limits?: Readonly<Partial<Record<Imitated, RateLimits>>>;
  /** JSON file that keeps what clients changed, so that a restart forgets nothing; in memory only when null or absent. */
  stateFile?: string | null;
  /** Folder of custom users, each a .json file in Plaid's format and a user by the file's name; none when absent. */
  usersFolder?: string | null;
  /** JSON file with the clock to begin by and the faults to script (docs/sandbox.md); none when absent. */
  scriptFile?: string | null;
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
  /**
   * Makes another item of a user ("default" unless given), or of a custom user as it is written here.
   * @throws Error naming the users there are, or the key of the custom user that cannot be read.
   */
  createItem(provider: Imitated, login?: Omit<NewItem, "demo">): { accessToken: string; itemId: string };
  /** A public token of Plaid's, as Link would give it: good once, for 30 minutes. @throws Error as `createItem`, or the error that the custom user forces. */
  createPublicToken(login?: Login): string;
  /**
   * Does what a person does in Plaid's link flow: signs in as this user ("default" unless given), or gives the login of an item
   * anew. The public token, null after a repair. @throws Error as `createPublicToken`, or when the link token is no longer good.
   */
  completeLink(linkToken: string, login?: Login): string | null;
  /** Has an item's login no longer work, until it is given anew; its webhook is told. @throws Error when there is no such item. */
  resetItem(itemId: string): void;
  /** Gives an item's login anew, as a person may at the bank itself: Plaid sends LOGIN_REPAIRED then. @throws Error when there is no such item. */
  repairItem(itemId: string): void;
  /** Signs and sends this webhook, once; resolves to the receiver's HTTP status, rejects when it could not be reached. */
  sendWebhook(provider: Imitated, url: string, body: object, options?: WebhookOptions): Promise<number>;
  /** Its clock: that of everything it does but for signatures, which carry the time of the clock behind it. */
  time: SandboxTime;
  faults: Faults;
  /** The requests received, oldest first (the latest 10,000). */
  calls(): SandboxCall[];
  clearCalls(): void;
  /** The webhooks sent, each attempt, oldest first (the latest 10,000). */
  webhooks(): SentWebhook[];
  /** Ends sockets, timers and unanswered requests at once. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const DIALECTS: Readonly<Record<Imitated, (core: Core) => Dialect>> = {
  PLAID: createPlaid,
  LINK_MONEY: createLinkMoney,
};

/**
 * Starts both imitated aggregators. @throws Error when a port is taken, or naming the state file, custom user or script that cannot
 * be read.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock: realClock = systemClock, seed = 1, reportMs = 2_000, stateFile = null } = options;
  const log = (options.log ?? createLog({ level: "silent" })).child({ part: "sandbox" });
  const store = openState(stateFile);
  const underWay = createUnderWay();
  const clock = createSandboxClock({ clock: realClock, store, underWay });
  const script = options.scriptFile ? await readScript(options.scriptFile) : null;
  await script?.setClock(clock);
  const faults = createFaults(seed, (provider, path) => Object.hasOwn(dialects[provider].endpoints, path));
  const calls = createCalls();
  const sent = createSentWebhooks();
  const customUsers = options.usersFolder ? readCustomUsers(options.usersFolder) : new Map<string, object>();
  const items = createItems({ store, clock, seed, customUsers });
  const keys = createSigningKeys({ store, clock: realClock, seed });
  const webhooks = createWebhooks({ clock, realClock, log, keys, underWay });
  const notifier = createNotifier({ clock, realClock, faults, webhooks, sent, underWay });
  const reports = createReports({ store, clock, log, seed, items, faults, notifier, reportMs });

  const send = ({ body, ...notice }: Notice, done = () => {}) => {
    const environment = notice.provider === "PLAID" && { environment: "sandbox" };
    notifier
      .notify({ ...notice, body: { ...body, ...environment } })
      .then((delivered) => delivered && done())
      .catch((err: unknown) => log.error({ err, code: codeOf(body) }, "a webhook could not be sent"));
  };
  const tell: Core["tell"] = (item, url, body) =>
    send({ provider: item.provider, itemIds: [item.itemId], url, body }, () => items.noteWebhook(item, codeOf(body)));
  const links = createLinkSessions({
    ...{ store, clock, seed, items },
    send: (url, body) => send({ provider: "PLAID", itemIds: [], url, body }),
  });
  const endItemLife = startItemLife({ store, clock, items, tell });

  const itemOf = (itemId: string) => {
    const item = items.byId(itemId);
    if (!item || item.removed) throw new Error(`the sandbox has no item "${itemId}"`);
    return item;
  };
  const resetItem: Sandbox["resetItem"] = (itemId) => resetItemLogin(itemOf(itemId), { items, tell });
  const repairItem: Sandbox["repairItem"] = (itemId) => repairItemLogin(itemOf(itemId), { items, tell });

  const sendWebhook: Sandbox["sendWebhook"] = async (provider, url, body, options) => {
    const { item_id: itemId, webhook_code: code } = body as Record<string, unknown>;
    const item = typeof itemId === "string" ? items.byId(itemId) : null;
    const itemIds = item ? [item.itemId] : [];
    const status = await notifier.sendOnce({ provider, itemIds, url, body }, options);
    if (item && typeof code === "string") items.noteWebhook(item, code);
    return status;
  };

  const ofItems = { items, links, resetItem, repairItem };
  const control = createControl({ ...ofItems, seed, clock, faults, calls, sent, sendWebhook });
  const shared = { seed, clock, realClock, log, items, faults, calls, control };
  const servers: SandboxServer[] = [];
  const speaking = (provider: Imitated): Dialect => {
    const credentials = clientCredentials(provider, seed);
    const whole = DIALECTS[provider]({ clock, items, reports, links, tell, keys, ...credentials });
    const limits = options.limits?.[provider];
    return limits ? limited(whole, limits, clock) : whole;
  };
  const dialects: Readonly<Record<Imitated, Dialect>> = {
    PLAID: speaking("PLAID"),
    LINK_MONEY: speaking("LINK_MONEY"),
  };
  const open = async (provider: Imitated): Promise<SandboxEndpoint> => {
    const server = await serve({ ...shared, dialect: dialects[provider], port: options.ports?.[provider] ?? 0 });
    servers.push(server);
    return { baseUrl: server.baseUrl, ...clientCredentials(provider, seed) };
  };
  const close = async () => {
    clock.close();
    endItemLife();
    reports.close();
    notifier.close();
    webhooks.close();
    await Promise.all(servers.map((server) => server.close()));
  };
  let endpoints: Sandbox["endpoints"];
  try {
    script?.scriptFaults(faults);
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
    createItem(provider, login = {}) {
      const { accessToken, itemId } = items.create(provider, login);
      return { accessToken, itemId };
    },
    createPublicToken: (login = {}) => items.createPublicToken(login),
    completeLink: links.complete,
    resetItem,
    repairItem,
    sendWebhook,
    time: clock,
    faults,
    calls: calls.list,
    clearCalls: calls.clear,
    webhooks: sent.list,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function codeOf(webhook: object): string {
  return String((webhook as Record<string, unknown>).webhook_code);
}
