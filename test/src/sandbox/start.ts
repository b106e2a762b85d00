import { pino } from "pino";
import { type Clock, manualClock } from "../../../src/clock.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/sandbox.ts";

/** Noon of an ordinary Wednesday. */
export const NOON = Date.UTC(2026, 5, 17, 12);
export const REPORT_MS = 2_000;

/** A clock that a test turns, and that tells when something waits on it. */
export interface WatchedClock extends Clock {
  advance(ms: number): void;
  /** Resolves once someone has begun to wait for exactly `ms`, now or since the last call. */
  awaited(ms: number): Promise<void>;
}

export function watchedClock(start = NOON): WatchedClock {
  const clock = manualClock(start);
  const begun: number[] = [];
  let changed = () => {};
  return {
    ...clock,
    after(ms, task) {
      begun.push(ms);
      changed();
      return clock.after(ms, task);
    },
    async awaited(ms) {
      while (!begun.includes(ms)) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
      begun.splice(begun.indexOf(ms), 1);
    },
  };
}

/** An answer as a client sees it. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** A sandbox under test, its clock, and clients that hold the right credentials. */
export interface TestSandbox extends Sandbox {
  clock: WatchedClock;
  atPlaid(path: string, body: object): Promise<Answer>;
  atLinkMoney(path: string, body: object, token?: string): Promise<Answer>;
}

export async function startTestSandbox(
  options: Partial<SandboxOptions> & { clock?: WatchedClock } = {},
): Promise<TestSandbox> {
  const clock = options.clock ?? watchedClock();
  const log = pino({ level: "silent" });
  const fixed = { clock, log, seed: 1, reportMs: REPORT_MS, stateFile: null };
  const sandbox = await startSandbox({ ...fixed, ...options });
  const { PLAID: plaid, LINK_MONEY: linkMoney } = sandbox.endpoints;
  return Object.assign(Object.create(sandbox, {}) as Sandbox, {
    clock,
    atPlaid: (path: string, body: object) =>
      post(plaid.baseUrl + path, body, { "plaid-client-id": plaid.clientId, "plaid-secret": plaid.secret }),
    atLinkMoney: (path: string, body: object, token?: string) => {
      const credentials = token ? {} : { client_id: linkMoney.clientId, secret: linkMoney.secret };
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      return post(`${linkMoney.baseUrl}/v1/plaid${path}`, { ...credentials, ...body }, headers);
    },
  });
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
