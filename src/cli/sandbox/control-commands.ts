import { readFileSync, statSync } from "node:fs";
import { readCustomUser } from "../../sandbox/custom-users/read-custom-user.ts";

/** What a request or an answer says, by name. */
export type Fields = Record<string, unknown>;

/** What a command sends to /__control. */
export interface Sent {
  method: "GET" | "POST" | "DELETE";
  path: string;
  query?: Fields;
  body?: unknown;
}

/** One command: what it is called with, what it does, and what it sends. */
export interface ControlCommand {
  usage: string;
  does: string;
  /** @throws UsageError, or CustomUserError naming file and key. */
  send(args: readonly string[]): Sent[];
}

/** A command line that cannot be followed. */
export class UsageError extends Error {}

const CLEARED = ["faults", "calls", "webhooks"];

/** The commands that go to a sandbox that runs, by name. */
export const CONTROL_COMMANDS: Readonly<Record<string, ControlCommand>> = {
  clock: { usage: "", does: "tells the sandbox's time", send: () => [{ method: "GET", path: "/clock" }] },
  advance: {
    usage: "3d",
    does: "lets that much time pass (ms, s, m, h, d, w)",
    send: ([by]) => [{ method: "POST", path: "/clock", body: { advance: plainly(given(by, "how long")) } }],
  },
  to: {
    usage: "2027-01-04T09:00:00Z",
    does: "advances to that moment, or day",
    send: ([to]) => [{ method: "POST", path: "/clock", body: { to: given(to, "a moment") } }],
  },
  stop: {
    usage: "",
    does: "has the clock stand still",
    send: () => [{ method: "POST", path: "/clock", body: { still: true } }],
  },
  go: {
    usage: "",
    does: "has it go on",
    send: () => [{ method: "POST", path: "/clock", body: { still: false } }],
  },
  fault: {
    usage: "KIND [KEY=VALUE …] | JSON",
    does: "scripts a fault, e.g. `fault rate-limit endpoint=/accounts/get times=3`",
    send: ([kind, ...more]) => {
      const json = given(kind, "a kind of fault, or JSON");
      const fault = /^\s*[[{]/.test(json) ? parsed(json) : { kind: json, ...fieldsOf(more, plainly) };
      return [{ method: "POST", path: "/faults", body: fault }];
    },
  },
  faults: { usage: "", does: "lists the faults in force", send: () => [{ method: "GET", path: "/faults" }] },
  calls: {
    usage: "[KEY=VALUE …]",
    does: "lists the calls received, e.g. `calls endpoint=/accounts/get status=429`",
    send: (args) => [{ method: "GET", path: "/calls", query: fieldsOf(args) }],
  },
  webhooks: {
    usage: "[KEY=VALUE …]",
    does: "lists the webhooks sent, e.g. `webhooks code=PRODUCT_READY`",
    send: (args) => [{ method: "GET", path: "/webhooks", query: fieldsOf(args) }],
  },
  webhook: {
    usage: "TYPE CODE [KEY=VALUE …]",
    does: "sends a webhook, e.g. `webhook ITEM NEW_ACCOUNTS_AVAILABLE itemId=…`",
    send: ([type, code, ...more]) => {
      const body = { webhook_type: given(type, "a webhook_type"), webhook_code: given(code, "a webhook_code") };
      return [{ method: "POST", path: "/webhooks", body: { body, ...fieldsOf(more, plainly) } }];
    },
  },
  link: {
    usage: "USER|FILE [KEY=VALUE …]",
    does: "links a user, or the custom user of a file, e.g. `link ada.json provider=LINK_MONEY`",
    send: ([whom, ...more]) => {
      const login = { ...loginOf(given(whom, "a user, or the file of one")), ...fieldsOf(more, plainly) };
      const { provider, ...atPlaid } = { provider: "PLAID", ...login };
      const item: Sent = { method: "POST", path: "/items", body: login };
      // public tokens are Plaid's alone
      return provider === "PLAID" ? [{ method: "POST", path: "/public-tokens", body: atPlaid }, item] : [item];
    },
  },
  items: { usage: "", does: "lists the items", send: () => [{ method: "GET", path: "/items" }] },
  item: {
    usage: "[KEY=VALUE …]",
    does: "makes an item, e.g. `item user=large consentDays=30`",
    send: (args) => [{ method: "POST", path: "/items", body: fieldsOf(args, plainly) }],
  },
  reset: {
    usage: "ITEM_ID",
    does: "has an item's login no longer work",
    send: ([itemId]) => [{ method: "POST", path: "/reset", body: { itemId: given(itemId, "an item's id") } }],
  },
  repair: {
    usage: "ITEM_ID",
    does: "gives an item's login anew, as the person would",
    send: ([itemId]) => [{ method: "POST", path: "/repair", body: { itemId: given(itemId, "an item's id") } }],
  },
  clear: {
    usage: `[${CLEARED.join("|")}|ID]`,
    does: "ends all faults and forgets the calls and webhooks, or one of the three; or ends the fault of that id",
    send: ([what]) => {
      if (what === undefined) return CLEARED.map((one) => ({ method: "DELETE", path: `/${one}` }));
      if (CLEARED.includes(what)) return [{ method: "DELETE", path: `/${what}` }];
      if (/^\d+$/.test(what)) return [{ method: "DELETE", path: "/faults", query: { id: what } }];
      throw new UsageError(`"${what}" is none of ${CLEARED.join(", ")}, and no fault's id.`);
    },
  },
};

function given(arg: string | undefined, what: string): string {
  if (arg === undefined) throw new UsageError(`${what} is missing.`);
  return arg;
}

/** A file is told from a name by being there. */
function loginOf(whom: string): Fields {
  if (!statSync(whom, { throwIfNoEntry: false })?.isFile()) return { user: whom };
  const custom = readFileSync(whom, "utf8");
  readCustomUser(custom, whom);
  return { custom };
}

function fieldsOf(args: readonly string[], read: (text: string) => unknown = (text) => text): Fields {
  return Object.fromEntries(
    args.map((arg) => {
      const at = arg.indexOf("=");
      if (at < 1) throw new UsageError(`"${arg}" is not KEY=VALUE.`);
      return [arg.slice(0, at), read(arg.slice(at + 1))];
    }),
  );
}

/** JSON where it is some, else the text itself. */
function plainly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a word without quotes
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The fault is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}
