import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gunzip, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { renderExplorerPage } from "./explorer-page.ts";

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 22 } };
const ENCODINGS = ["br", "gzip"] as const;

/** The page as it is sent. */
interface PackedPage {
  /** Without the encoding's suffix and quotes. */
  hash: string;
  contentSecurityPolicy: string;
  bytes: Record<(typeof ENCODINGS)[number], Buffer>;
}

/** `GET /graphiql`: the explorer, rendered and compressed once, when it is first asked for. */
export function explorerRoute(app: FastifyInstance, options: { asksForToken: boolean }): void {
  let packing: Promise<PackedPage> | undefined;

  app.get("/graphiql", async (request, reply) => {
    packing ??= pack(options);
    const page = await packing.catch((error) => {
      packing = undefined;
      throw error;
    });
    const accepted = request.headers["accept-encoding"] ?? "";
    const encoding = ENCODINGS.find((name) =>
      new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted),
    );
    const etag = `"${page.hash}-${encoding ?? "identity"}"`;
    reply.headers({
      etag,
      vary: "accept-encoding",
      "cache-control": "no-cache",
      "content-security-policy": page.contentSecurityPolicy,
    });
    if (request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
    reply.type("text/html; charset=utf-8");
    if (!encoding) return reply.send(await promisify(gunzip)(page.bytes.gzip));
    return reply.header("content-encoding", encoding).send(page.bytes[encoding]);
  });
}

async function pack(options: { asksForToken: boolean }): Promise<PackedPage> {
  const { html, contentSecurityPolicy } = await renderExplorerPage(options);
  const [br, gzipped] = await Promise.all([promisify(brotliCompress)(html, BROTLI), promisify(gzip)(html)]);
  const hash = createHash("sha256").update(html).digest("base64url").slice(0, 22);
  return { hash, contentSecurityPolicy, bytes: { br, gzip: gzipped } };
}
