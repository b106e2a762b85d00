import { z } from "zod";
import { DURATION } from "./duration.ts";
import { IMITATED } from "./imitated.ts";
import { MOMENT } from "./moment.ts";

const provider = z.enum(IMITATED).optional();
const count = z.coerce.number().pipe(z.int().min(1));
const flag = z.boolean().optional();
const webhook = z.url({ protocol: /^https?$/ }).optional();

const LOGIN = {
  user: z.string().optional(),
  custom: z.union([z.string(), z.looseObject({})]).optional(),
  institutionId: z.string().optional(),
};

/** What requests to the sandbox itself may say, in their bodies or, of what begins with "some", in their queries. */
export const CONTROL_REQUESTS = {
  clock: z
    .strictObject({ advance: DURATION.optional(), to: MOMENT.optional(), still: flag })
    .refine((wish) => Object.keys(wish).length > 0, "wanted advance, to or still"),
  someFaults: z.strictObject({ id: count.optional() }),
  someCalls: z.strictObject({
    provider,
    endpoint: z.string().optional(),
    itemId: z.string().optional(),
    user: z.string().optional(),
    status: z.coerce.number().optional(),
    fault: z.string().optional(),
    since: z.preprocess((text) => (/^\d+$/.test(String(text)) ? Number(text) : text), MOMENT).optional(),
    limit: count.optional(),
  }),
  someWebhooks: z.strictObject({
    provider,
    itemId: z.string().optional(),
    type: z.string().optional(),
    code: z.string().optional(),
    limit: count.optional(),
  }),
  item: z.strictObject({
    ...LOGIN,
    provider,
    webhook,
    consentDays: z.int().min(1).max(3_650).optional(),
  }),
  publicToken: z.strictObject({ ...LOGIN, webhook }),
  link: z.strictObject({ ...LOGIN, linkToken: z.string() }),
  itemId: z.strictObject({ itemId: z.string() }),
  webhook: z.strictObject({
    provider,
    itemId: z.string().optional(),
    url: webhook,
    body: z.looseObject({ webhook_type: z.string(), webhook_code: z.string() }),
    signed: z
      .strictObject({
        badSignature: flag,
        expiredKey: flag,
        unknownKey: flag,
        otherBody: flag,
        unsigned: flag,
        ageS: z.int().optional(),
      })
      .optional(),
  }),
};
