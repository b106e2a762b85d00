import type { Provider } from "../../../schema/enums.ts";

/** Acme is nobody's: it borrows another's value of the enum, for step 2 of docs/adding-an-aggregator.md would show it to every client. */
export const provider: Provider = "PLAID";
