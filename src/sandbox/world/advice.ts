import type { Cents } from "./cents.ts";
import type { KindName } from "./kinds.ts";

/** Saving advice as FinGoal attaches it to a transaction. */
export interface Advice {
  text: string;
  /** Path below the advice pages. */
  page: string;
  recommendation: string;
  /** What following it would save. */
  saves: Cents;
}

const ADVICE: Partial<Record<KindName, Advice>> = {
  streaming: {
    text: "The yearly plan of this subscription costs two months less.",
    page: "streamly-yearly",
    recommendation: "Streamly, paid yearly",
    saves: 3_098,
  },
  coffee: {
    text: "A refill cup lowers the price of each coffee here.",
    page: "beanery-refill",
    recommendation: "Lakeside Beanery refill cup",
    saves: 50,
  },
  insurance: {
    text: "Drivers like you pay less for the same cover elsewhere.",
    page: "car-insurance",
    recommendation: "Harborline Insurance",
    saves: 4_125,
  },
  telephone: {
    text: "A smaller data plan covers what you use.",
    page: "smaller-plan",
    recommendation: "Signal Mobile Basic",
    saves: 2_500,
  },
};

/** The advice for a transaction of this kind; null for most. */
export function adviceFor(kind: KindName): Advice | null {
  return ADVICE[kind] ?? null;
}
