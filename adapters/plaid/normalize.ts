import { createNormalizers } from "../plaid-format/normalizers.ts";

/** Plaid's answers as records. It is its own format, and adds nothing to transactions. */
export const normalize = createNormalizers("PLAID", () => null);
