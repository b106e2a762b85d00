import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { delay, systemClock } from "../../src/clock.ts";
import type { Imitated } from "../../src/sandbox/imitated.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { aggregatorEnv } from "./aggregator-env.ts";
import { askAt } from "./ask-at.ts";
import { SECRET, testSandbox } from "./gateway.ts";
import { type GatewayProcess, startProcess } from "./process.ts";
import { type RowChange, rowMoments } from "./row-moment.ts";
import { until } from "./until.ts";

/** A moment of the gateway's work on one viewer's items, seen from outside. */
export type Moment = { name: string } & (
  | { row: RowChange }
  /** The aggregator has the request, has done it but not answered, or has answered. */
  | { provider: Imitated; endpoint: string; at: "asked" | "done" | "answered" }
  /** The trial's own: what it did was answered. */
  | { answers: number }
);

/** An item by its id here, and the aggregator's. */
export interface LinkedItem {
  id: string;
  remoteId: string;
  provider: Imitated;
}

/** A gateway on PostgreSQL that is killed and comes back at the same address. Its database and its aggregators live on. */
export interface MortalGateway {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** When it was killed, and then ready again, the last time; ms since the epoch. */
  readonly killedAt: number;
  readonly readyAt: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected
  ask(viewer: string, query: string, variables?: object): Promise<any>;
  /** Links a new item for `viewer`. */
  link(viewer: string, provider: Imitated): Promise<LinkedItem>;
  /** Kills it at that moment of `work`, which says by `answered` what was answered; then starts it again. */
  killAt(moment: Moment, items: LinkedItem[], work: (answered: () => void) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Time for the aggregator, which is imitated in this process, to do what it was asked. */
const DONE_MS = 30;

/** Starts it on the database at `url`. */
export async function mortalGateway(url: string, options: { reportMs: number }): Promise<MortalGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
  const sandbox = await testSandbox(options);
  const moments = await rowMoments(url);
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    AUTH_JWT_SECRET: SECRET,
    ...aggregatorEnv(sandbox),
    REPORT_POLL_MS: "1000",
  };
  let gateway: GatewayProcess = await startProcess(env);
  let killedAt = 0;
  let readyAt = Date.now();

  const ask: MortalGateway["ask"] = (viewer, query, variables) => askAt(gateway.url, viewer, query, variables);

  /** Expects the moment; the function returned waits for it. */
  async function expectMoment(moment: Moment, items: LinkedItem[], answers: () => number) {
    if ("row" in moment) return (await moments.expect(moment.row)).reached;
    if ("answers" in moment) return () => until(() => answers() >= moment.answers);
    const { provider, endpoint, at } = moment;
    // a webhook's key is asked for by nobody's item
    const itemId = endpoint.startsWith("/asset_report/")
      ? items.find((item) => item.provider === provider)?.remoteId
      : undefined;
    const scope = { provider, endpoint, times: 1, ...(itemId && { itemId }) };
    if (at !== "answered") sandbox.faults.script({ kind: "hang", done: at === "done", ...scope });
    const from = sandbox.calls().length;
    return async () => {
      await until(() =>
        sandbox
          .calls()
          .slice(from)
          .some(
            (call) =>
              call.provider === provider &&
              call.endpoint === endpoint &&
              (itemId === undefined || call.itemId === itemId) &&
              (at !== "answered" || call.status !== null),
          ),
      );
      if (at === "done") await delay(systemClock, DONE_MS);
    };
  }

  return {
    sandbox,
    get url() {
      return gateway.url;
    },
    get killedAt() {
      return killedAt;
    },
    get readyAt() {
      return readyAt;
    },
    ask,
    async link(viewer, provider) {
      const { accessToken, itemId } = sandbox.createItem(provider);
      const { importItem } = (await ask(
        viewer,
        "mutation ($input: ImportItemInput!) { importItem(input: $input) { item { id } } }",
        { input: { provider, accessToken } },
      )) as { importItem: { item: { id: string } } };
      return { id: importItem.item.id, remoteId: itemId, provider };
    },
    async killAt(moment, items, work) {
      let answers = 0;
      const reached = await expectMoment(moment, items, () => answers);
      const working = work(() => {
        answers += 1;
      });
      await reached().catch((cause) => {
        throw new Error(`${moment.name}: it was never reached`, { cause });
      });
      const { port } = new URL(gateway.url);
      await gateway.kill("SIGKILL");
      killedAt = Date.now();
      await working;
      sandbox.faults.clear();
      await moments.clear();
      gateway = await startProcess({ ...env, PORT: port });
      readyAt = Date.now();
    },
    async close() {
      await gateway.kill("SIGKILL");
      await moments.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
