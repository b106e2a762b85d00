import { z } from "zod";
import { CHANGE } from "./change.ts";
import { IMITATED, type Imitated } from "./imitated.ts";

const milliseconds = z.int().min(0).max(86_400_000);
const done = z.boolean().optional();

const OFTEN = {
  provider: z.enum(IMITATED),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
};
const REQUEST = { ...OFTEN, endpoint: z.string().optional(), itemId: z.string().optional() };
const REPORT = { ...OFTEN, itemId: z.string().optional() };
const WEBHOOK = { ...REPORT, webhook: z.string().optional() };

const OF_REQUESTS = [
  z
    .strictObject({ ...REQUEST, kind: z.literal("latency"), ms: milliseconds, upToMs: milliseconds.optional() })
    .refine(({ ms, upToMs = ms }) => upToMs >= ms, { path: ["upToMs"], error: "wanted at least ms" }),
  z.strictObject({
    ...REQUEST,
    kind: z.literal("rate-limit"),
    retryAfter: z.union([z.int().min(0), z.string().regex(/^[ -~]+$/, "wanted what a header may say")]).optional(),
  }),
  z.strictObject({
    ...REQUEST,
    kind: z.literal("server-error"),
    status: z.literal([500, 502, 503, 504]).optional(),
    html: z.boolean().optional(),
    done,
  }),
  z.strictObject({
    ...REQUEST,
    kind: z.literal("error"),
    code: z.string().min(1),
    type: z.string().min(1).optional(),
    status: z.int().min(400).max(599).optional(),
  }),
  z.strictObject({ ...REQUEST, kind: z.literal("hang"), done }),
  z.strictObject({ ...REQUEST, kind: z.literal("drip"), ms: milliseconds, bytes: z.int().min(1).optional() }),
  z.strictObject({ ...REQUEST, kind: z.literal("reset"), done }),
  z.strictObject({ ...OFTEN, endpoint: REQUEST.endpoint, kind: z.literal("refuse") }),
  z.strictObject({ ...REQUEST, kind: z.literal("cut-off") }),
  z.strictObject({ ...REQUEST, kind: z.literal("html") }),
  z.strictObject({ ...REQUEST, kind: z.literal("mutate"), changes: z.array(CHANGE).min(1) }),
] as const;

const OF_REPORTS = [
  z.strictObject({ ...REPORT, kind: z.literal("report-failure"), code: z.string().min(1).optional() }),
  z.strictObject({
    ...REPORT,
    kind: z.literal("report-warning"),
    codes: z.array(z.enum(["OWNERS_UNAVAILABLE", "INVESTMENTS_UNAVAILABLE", "TRANSACTIONS_UNAVAILABLE"])).min(1),
  }),
  z.strictObject({ ...REPORT, kind: z.literal("webhook-early"), before: z.enum(["answer", "state"]).optional() }),
] as const;

const OF_WEBHOOKS = [
  z.strictObject({ ...WEBHOOK, kind: z.literal("webhook-lost") }),
  z.strictObject({ ...WEBHOOK, kind: z.literal("webhook-doubled"), signedAgain: z.boolean().optional() }),
  z.strictObject({ ...WEBHOOK, kind: z.literal("webhook-late"), ms: milliseconds }),
  z.strictObject({ ...WEBHOOK, kind: z.literal("webhook-out-of-order") }),
  z.strictObject({
    ...WEBHOOK,
    kind: z.literal("webhook-badly-signed"),
    how: z.enum(["wrong-key", "expired-key", "unknown-key", "altered-body", "old", "unsigned"]).optional(),
  }),
] as const;

/** A fault that is written as plain JSON, but for whether there is its endpoint; what each kind does is said in faults.ts. */
export const FAULT_SHAPE = z.discriminatedUnion("kind", [...OF_REQUESTS, ...OF_REPORTS, ...OF_WEBHOOKS]);

/** Judges it whole: where there is no such endpoint it would never strike. @param hasEndpoint whether the aggregator has one of this path */
export function faultSchema(hasEndpoint: (provider: Imitated, path: string) => boolean) {
  return FAULT_SHAPE.superRefine((fault, { addIssue }) => {
    if (!("endpoint" in fault) || fault.endpoint === undefined || hasEndpoint(fault.provider, fault.endpoint)) return;
    const message = `${fault.provider} has no endpoint "${fault.endpoint}" here; docs/sandbox.md lists those that it has`;
    addIssue({ code: "custom", path: ["endpoint"], message });
  });
}
