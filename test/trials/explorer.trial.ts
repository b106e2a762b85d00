import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CHROMIUM, openPage, type Page } from "../support/browser.ts";
import { type GatewayProcess, startProcess } from "../support/process.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the explorer in a browser that reaches nothing but the gateway", () => {
  let dataDir: string;
  let gateway: GatewayProcess;
  let page: Page;

  beforeAll(async () => {
    if (!CHROMIUM) throw new Error("Chromium is not installed: apt-get install -y chromium");
    execFileSync(process.execPath, ["scripts/build-if-needed.js"], { cwd: ROOT });
    dataDir = await mkdtemp(join(tmpdir(), "tributary-trial-"));
    gateway = await startProcess({ DATA_DIR: dataDir });
    page = await openPage(CHROMIUM);
  });
  afterAll(async () => {
    await page.close();
    await gateway.kill("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  });

  const text = () => page.evaluate<string>("document.body.innerText");

  it("loads, with example operations in its tabs", async () => {
    await page.goto(`${gateway.url}/graphiql`);
    await until(
      async () => (await page.evaluate<number>(`document.querySelectorAll(".graphiql-execute-button").length`)) === 1,
      60_000,
    );
    await until(async () => (await text()).includes("Portfolio"), 60_000);
  });

  it("runs the first example against the gateway", async () => {
    await page.evaluate(`document.querySelector(".graphiql-execute-button").click()`);
    // the editor that shows the answer writes spaces as no-break spaces
    const answer = () =>
      page.evaluate<string>(`document.querySelector(".result-window").innerText.replaceAll("\\u00a0", " ")`);
    await until(async () => (await answer()).includes("First Platypus Bank"), 60_000);
  });

  it("may open a WebSocket to the gateway, and to nobody else", async () => {
    const open = (url: string) =>
      page.evaluate<string>(`new Promise((done) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => done(effectiveDirective));
        const socket = new WebSocket(${JSON.stringify(url)}, "graphql-transport-ws");
        socket.onopen = () => socket.send('{"type":"connection_init"}');
        socket.onmessage = ({ data }) => done(data);
      })`);
    const address = `${gateway.url.replace(/^http/, "ws")}/graphql`;
    expect(await open(address)).toBe('{"type":"connection_ack"}');
    const elsewhere = address.replace("127.0.0.1", "localhost");
    expect(elsewhere).not.toBe(address);
    expect(await open(elsewhere)).toBe("connect-src");
  });

  it("asked nobody else for anything", () => {
    const elsewhere = page.requested.filter(
      (address) => !address.startsWith(gateway.url) && !/^(blob|data|about):/.test(address),
    );
    expect(elsewhere).toEqual([]);
    expect(page.requested).toContain(`${gateway.url}/graphql`);
  });
});
