import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/** Debian's Chromium; null where it is not installed. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync) ?? null;

/** One page in a headless Chromium that reaches 127.0.0.1 and nothing else. */
export interface Page {
  goto(url: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate<T>(expression: string): Promise<T>;
  /** Requests that the page made or tried to make, by address. */
  requested: string[];
  close(): Promise<void>;
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--remote-debugging-port=0",
];

interface Message {
  id?: number;
  method?: string;
  params?: { request?: { url: string } };
  result?: { targetId?: string; sessionId?: string; result?: { value: unknown }; exceptionDetails?: { text: string } };
}

/** Opens a page by Chromium's own debugging protocol. */
export async function openPage(chromium: string): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), "tributary-browser-"));
  const child = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"]);
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    child.once("exit", () => reject(new Error(`Chromium ended: ${said}`)));
  });
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

  const requested: string[] = [];
  const waiting = new Map<number, (result: Message["result"]) => void>();
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message.result);
    if (message.method === "Network.requestWillBeSent") requested.push(message.params?.request?.url ?? "");
  });
  let last = 0;
  let sessionId: string | undefined;
  const call = (method: string, params: object = {}) =>
    new Promise<NonNullable<Message["result"]>>((resolve) => {
      const id = ++last;
      waiting.set(id, (result) => resolve(result ?? {}));
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });

  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  sessionId = (await call("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await call("Network.enable");
  await call("Page.enable");
  return {
    requested,
    goto: async (url) => void (await call("Page.navigate", { url })),
    async evaluate<T>(expression: string) {
      const answer = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
      return answer.result?.value as T;
    },
    async close() {
      socket.close();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
