import type { Provider } from "../../schema/enums.ts";

/** The aggregators that the sandbox imitates. */
export const IMITATED = ["PLAID", "LINK_MONEY"] as const satisfies readonly Provider[];
export type Imitated = (typeof IMITATED)[number];
