import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import { GatewayError } from "../errors.ts";
import { createSlots, type Slots } from "./slots.ts";

/** PDFs of one viewer at a time: each holds a connection to an aggregator. */
const MOST_PDFS = 4;
/** A download that takes longer is given up, ms. */
const DOWNLOAD_MS = 5 * 60_000;

/** The parts of an address, as they came; nothing of it is checked yet. */
export interface PdfRequest {
  report: string;
  source: string;
  expires: string;
  signature: string;
}

/** Finds what an address leads to. @throws GatewayError NOT_FOUND. */
export type FindPdf = (address: PdfRequest) => Promise<{
  viewer: string;
  fileName: string;
  read(signal: AbortSignal): Promise<{ body: Readable }>;
}>;

/** What the route is made of. */
export interface ReportPdfDeps {
  findPdf: FindPdf;
  clock: Clock;
}

interface Route {
  Params: { report: string; source: string };
  Querystring: Record<string, unknown>;
}

/**
 * `GET /reports/:report/:source.pdf?expires=…&signature=…`: the PDF as it comes from the aggregator, kept nowhere. The address is all the
 * authority there is. An error before the first byte is an answer; one after it breaks the connection, so that no half is taken for the whole.
 */
export function reportPdfRoute(app: FastifyInstance, deps: ReportPdfDeps): void {
  const slots = createSlots(MOST_PDFS);
  app.get<Route>("/reports/:report/:source.pdf", { exposeHeadRoute: false }, (request, reply) =>
    answer(deps, slots, request, reply),
  );
}

async function answer(
  { findPdf, clock }: ReportPdfDeps,
  slots: Slots,
  { params, query }: FastifyRequest<Route>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header("cache-control", "no-store");
  const ended = new AbortController();
  reply.raw.once("close", () => ended.abort(new GatewayError("PROVIDER_TIMEOUT", "The client left.")));

  const pdf = await findPdf({ ...params, ...signed(query) });
  if (slots.isFull(pdf.viewer)) {
    const limit = `${MOST_PDFS} at a time`;
    throw new GatewayError("RATE_LIMITED", `This viewer downloads ${MOST_PDFS} PDFs already.`, { limit });
  }
  const free = slots.take(pdf.viewer);
  const cancel = clock.after(DOWNLOAD_MS, () => {
    ended.abort(new GatewayError("PROVIDER_TIMEOUT", `The download took longer than ${DOWNLOAD_MS / 60_000} minutes.`));
    if (reply.raw.headersSent) reply.raw.destroy();
  });
  const giveBack = () => {
    cancel();
    free();
  };
  try {
    const { body } = await pdf.read(ended.signal);
    body.once("close", giveBack);
    return reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="${pdf.fileName}"`)
      .header("x-content-type-options", "nosniff")
      .send(body);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** The query of an address that was given has these two, once each, and nothing else. */
function signed(query: Record<string, unknown>): { expires: string; signature: string } {
  const { expires, signature, ...others } = query;
  const isOurs = typeof expires === "string" && typeof signature === "string" && Object.keys(others).length === 0;
  return isOurs ? { expires, signature } : { expires: "", signature: "" };
}
