import type { Answer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import type { Calls } from "./calls.ts";
import { CONTROL_REQUESTS } from "./control-requests.ts";
import type { OwnFaults } from "./faults.ts";
import type { Imitated } from "./imitated.ts";
import type { ItemRecord, Items } from "./items.ts";
import type { LinkSessions } from "./link-sessions.ts";
import { PlainError, readPlain } from "./read-plain.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { SentWebhooks } from "./sent-webhooks.ts";
import type { WebhookOptions } from "./webhooks.ts";

/** Paths below it control the sandbox, at the port of each aggregator; no aggregator has such ones. */
export const CONTROL_PREFIX = "/__control";

/** A request to the sandbox itself. */
export interface ControlRequest {
  method: string;
  /** Behind the prefix, e.g. "/clock". */
  path: string;
  query: Record<string, string>;
  /** The body's text; null when it is too large. */
  body: string | null;
  /** Whose port it came to: meant wherever a request names no aggregator. */
  provider: Imitated;
}

/** Answers a request to the sandbox itself: what it cannot read is a 400 that names each key at fault. */
export type Control = (request: ControlRequest) => Promise<Answer>;

/** What is controlled. */
export interface ControlDeps {
  seed: number;
  clock: SandboxClock;
  items: Items;
  faults: OwnFaults;
  calls: Calls;
  sent: SentWebhooks;
  links: LinkSessions;
  /** @throws Error when there is no such item; `repairItem` too. */
  resetItem(itemId: string): void;
  repairItem(itemId: string): void;
  /** Rejects when the receiver is not reached. */
  sendWebhook(provider: Imitated, url: string, body: object, options?: WebhookOptions): Promise<number>;
}

type Handler = (request: ControlRequest) => object | Promise<object>;

/** The sandbox in the hands of whoever reaches its ports. */
export function createControl(deps: ControlDeps): Control {
  const { seed, clock, items, faults, calls, sent, sendWebhook, links, resetItem, repairItem } = deps;
  const time = () => ({ now: new Date(clock.now()).toISOString(), ms: clock.now(), still: clock.isStill() });

  const routes: Readonly<Record<string, Handler>> = {
    "GET ": () => ({
      ...{ seed, clock: time(), items: items.all().length, faults: faults.list().length },
      control: Object.keys(routes).map((route) => route.replace(" ", ` ${CONTROL_PREFIX}`)),
    }),
    "GET /clock": time,
    "POST /clock": async ({ body }) => {
      const { advance, to, still } = readPlain(CONTROL_REQUESTS.clock, parsed(body));
      if (still) await clock.stop();
      if (advance !== undefined) await clock.advance(advance);
      if (to !== undefined) await clock.advanceTo(to);
      if (still === false) await clock.go();
      return time();
    },
    "GET /faults": () => ({ faults: faults.list() }),
    "POST /faults": ({ body, provider: own }) => {
      const given = parsed(body);
      const from = (fault: unknown) => ({ provider: own, ...Object(fault) });
      return { ids: faults.scriptPlain(Array.isArray(given) ? given.map(from) : from(given)) };
    },
    "DELETE /faults": ({ query }) => {
      const { id } = readPlain(CONTROL_REQUESTS.someFaults, query);
      const isKnown = id === undefined || faults.list().some((fault) => fault.id === id);
      if (!isKnown) throw new PlainError(`id: there is no fault ${id}`);
      faults.clear(id);
      return { faults: faults.list() };
    },
    "GET /calls": ({ query }) => {
      const { limit, since = 0, ...same } = readPlain(CONTROL_REQUESTS.someCalls, query);
      return {
        calls: latest(
          calls.list().filter((call) => call.at >= since && agrees(call, same)),
          limit,
        ),
      };
    },
    "DELETE /calls": () => {
      calls.clear();
      return { calls: [] };
    },
    "GET /webhooks": ({ query }) => {
      const { limit, itemId, ...same } = readPlain(CONTROL_REQUESTS.someWebhooks, query);
      const about = sent.list().filter(({ itemIds }) => itemId === undefined || itemIds.includes(itemId));
      return {
        webhooks: latest(
          about.filter((webhook) => agrees(webhook, same)),
          limit,
        ),
      };
    },
    "POST /webhooks": async ({ body, provider: own }) => {
      const { itemId, signed, ...wish } = readPlain(CONTROL_REQUESTS.webhook, parsed(body));
      const item = itemId === undefined ? null : items.byId(itemId);
      if (itemId !== undefined && !item) throw new PlainError(`itemId: there is no item ${itemId}`);
      const url = wish.url ?? item?.webhook;
      if (!url) throw new PlainError("url: wanted one, for there is no item with a webhook of its own");
      const from = item?.provider ?? wish.provider ?? own;
      const about = { ...(item && { item_id: item.itemId }), ...(from === "PLAID" && { environment: "sandbox" }) };
      const status = await sendWebhook(from, url, { ...about, ...wish.body }, signed).catch((error: unknown) => {
        throw new PlainError(`url: not reached: ${error}`);
      });
      return { status };
    },
    "DELETE /webhooks": () => {
      sent.clear();
      return { webhooks: [] };
    },
    "GET /items": () => ({ items: items.all().map(shownItem) }),
    "POST /items": ({ body, provider: own }) => {
      const { provider: wanted = own, ...options } = readPlain(CONTROL_REQUESTS.item, parsed(body));
      return { item: shownItem(told(() => items.create(wanted, options))) };
    },
    "POST /public-tokens": ({ body }) => {
      const login = readPlain(CONTROL_REQUESTS.publicToken, parsed(body));
      return { publicToken: told(() => items.createPublicToken(login)) };
    },
    "POST /link": ({ body }) => {
      const { linkToken, ...login } = readPlain(CONTROL_REQUESTS.link, parsed(body));
      return { publicToken: told(() => links.complete(linkToken, login)) };
    },
    "POST /reset": ({ body }) => {
      const { itemId } = readPlain(CONTROL_REQUESTS.itemId, parsed(body));
      told(() => resetItem(itemId));
      return {};
    },
    "POST /repair": ({ body }) => {
      const { itemId } = readPlain(CONTROL_REQUESTS.itemId, parsed(body));
      told(() => repairItem(itemId));
      return {};
    },
  };

  return async (request) => {
    const route = `${request.method} ${request.path}`;
    const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
    if (!handler) return refusal(404, `there is no ${route}; GET ${CONTROL_PREFIX} tells what there is`);
    try {
      return { status: 200, body: await handler(request) };
    } catch (error) {
      if (error instanceof PlainError) return refusal(400, error.message);
      throw error;
    }
  };
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error: message } };
}

/** What the work gives. @throws PlainError with the reason why the sandbox cannot do it. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof ApiError ? `${error.code}: ` : "";
    throw new PlainError(code + (error as Error).message);
  }
}

function parsed(body: string | null): unknown {
  if (body === null)
    throw new PlainError("the body is too large; in a folder SANDBOX_USERS a custom user may be larger");
  try {
    return JSON.parse(body || "{}");
  } catch {
    throw new PlainError("the body is not JSON");
  }
}

/** Whether the record has these values, where they are given. */
function agrees(record: object, wanted: object): boolean {
  const values = record as Record<string, unknown>;
  return Object.entries(wanted).every(([key, value]) => value === undefined || values[key] === value);
}

function latest<T>(list: T[], limit = list.length): T[] {
  return limit === 0 ? [] : list.slice(-limit);
}

/** An item as control tells it; the tokens are made up, and no secrets. */
function shownItem({ provider, itemId, accessToken, user, linkedAt, webhook, removed }: ItemRecord) {
  return { provider, itemId, accessToken, user, linkedAt: new Date(linkedAt).toISOString(), webhook, removed };
}
