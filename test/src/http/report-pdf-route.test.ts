import { PassThrough, type Readable } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import type { ErrorCode } from "../../../schema/enums.ts";
import { GatewayError } from "../../../src/errors.ts";
import type { FindPdf, PdfRequest } from "../../../src/http/report-pdf-route.ts";
import { until } from "../../support/until.ts";
import { startServer } from "./test-server.ts";

const PATH = "/reports/r/s.pdf?expires=5&signature=s1gnature";

/** A server whose PDF is `read`; what it was asked for. */
async function serve(read: (signal: AbortSignal) => Promise<Readable>) {
  const asked: PdfRequest[] = [];
  const findPdf: FindPdf = async (address) => {
    asked.push(address);
    return {
      viewer: "alice",
      fileName: "report.pdf",
      read: async (signal) => ({ body: await read(signal) }),
    };
  };
  return { ...(await startServer({ findPdf })), asked };
}

describe("GET /reports/<id>/<source>.pdf", () => {
  it("gives each byte as it comes, under headers that keep it nowhere", async () => {
    const body = new PassThrough();
    const { url, asked, logged } = await serve(async () => body);
    body.write("%PDF-first");
    const answer = await fetch(url + PATH);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": 'attachment; filename="report.pdf"',
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    expect(asked).toEqual([{ report: "r", source: "s", expires: "5", signature: "s1gnature" }]);

    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("%PDF-first");
    body.end("last");
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("last");
    expect((await reader?.read())?.done).toBe(true);
    await until(() => logged().includes("/reports/:report/:source.pdf"));
    expect(logged()).not.toContain("s1gnature");
  });

  it("breaks the connection when the PDF breaks off", async () => {
    const body = new PassThrough();
    const { url, logged } = await serve(async () => body);
    body.write("%PDF-first");
    const answer = await fetch(url + PATH);
    body.destroy(new GatewayError("PROVIDER_BAD_RESPONSE", "the file was cut off"));
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(logged()).not.toContain("s1gnature");
  });

  it.each<[ErrorCode, number]>([
    ["NOT_FOUND", 404],
    ["PROVIDER_TIMEOUT", 504],
    ["PROVIDER_BAD_RESPONSE", 502],
    ["PROVIDER_UNAVAILABLE", 503],
    ["PROVIDER_RATE_LIMITED", 503],
    ["REPORT_NOT_READY", 503],
    ["REPORT_FAILED", 502],
    ["INTERNAL_SERVER_ERROR", 500],
  ])("%s before the first byte is answered with %i", async (code, status) => {
    const { url } = await serve(() => Promise.reject(new GatewayError(code, "why")));
    const answer = await fetch(url + PATH);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-disposition")).toBeNull();
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it("says when to come again, where that is known", async () => {
    const retryAt = Date.parse("2026-03-01T12:00:00.001Z");
    const { url } = await serve(() => Promise.reject(new GatewayError("PROVIDER_RATE_LIMITED", "why", { retryAt })));
    expect((await fetch(url + PATH)).headers.get("retry-after")).toBe("Sun, 01 Mar 2026 12:00:01 GMT");
  });

  it.each(["before the PDF begins", "within the PDF"])(
    "tells the aggregator of a client that leaves %s",
    async (when) => {
      const body = new PassThrough();
      let signal: AbortSignal | undefined;
      const { url, logged } = await serve((given) => {
        signal = given;
        return when === "within the PDF"
          ? Promise.resolve(body)
          : new Promise((_, reject) => given.addEventListener("abort", () => reject(given.reason)));
      });
      body.write("%PDF-first");
      const client = new AbortController();
      const answer = fetch(url + PATH, { signal: client.signal }).catch((error: unknown) => error);
      await until(() => signal !== undefined);
      if (when === "within the PDF") await answer;
      client.abort();
      await until(() => signal?.aborted === true);
      if (when === "within the PDF") await until(() => body.destroyed);
      expect(logged()).not.toContain("s1gnature");
    },
  );

  it("lets a viewer download 4 at a time, and again when one has ended", async () => {
    const bodies: PassThrough[] = [];
    const { url } = await serve(async () => {
      const body = new PassThrough();
      body.write("%PDF-");
      bodies.push(body);
      return body;
    });
    const answers = await Promise.all([1, 2, 3, 4].map(() => fetch(url + PATH)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const fifth = await fetch(url + PATH);
    expect(fifth.status).toBe(429);
    expect(await fifth.json()).toMatchObject({
      errors: [{ extensions: { code: "RATE_LIMITED", limit: "4 at a time" } }],
    });
    bodies[0]?.end();
    await answers[0]?.text();
    const again = await fetch(url + PATH);
    expect(again.status).toBe(200);
    await Promise.all([...answers.slice(1), again].map((answer) => answer.body?.cancel()));
  });

  it("gives a download up after 5 minutes", async () => {
    const body = new PassThrough();
    const { url, clock } = await serve(async () => body);
    body.write("%PDF-first");
    const answer = await fetch(url + PATH);
    clock.advance(5 * 60_000);
    await expect(answer.arrayBuffer()).rejects.toThrow();
    await until(() => body.destroyed);
  });

  it.each([
    ["no query", "/reports/r/s.pdf"],
    ["more in its query", `${PATH}&more=1`],
    ["a part twice", `${PATH}&signature=s1gnature`],
    ["a part missing", "/reports/r/s.pdf?expires=5"],
  ])("believes nothing of an address with %s", async (_name, path) => {
    const { url, asked } = await serve(async () => new PassThrough().end("%PDF-"));
    await (await fetch(url + path)).arrayBuffer();
    expect(asked).toEqual([{ report: "r", source: "s", expires: "", signature: "" }]);
  });

  it("answers GET only: a HEAD asks nobody", async () => {
    const { url, asked } = await serve(async () => new PassThrough());
    expect((await fetch(url + PATH, { method: "HEAD" })).status).toBe(404);
    expect(asked).toEqual([]);
  });
});
