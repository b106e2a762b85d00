import { z } from "zod";
import { CUSTOM_USER_SCHEMA, type CustomUser } from "./custom-user-schema.ts";

/** Something in a custom user that cannot be read: at which key, and why. */
interface CustomUserFault {
  /** E.g. "override_accounts[2].transactions[0].amount"; empty for the whole. */
  key: string;
  problem: string;
}

/** A custom user that cannot be read, with the place it was read from. */
export class CustomUserError extends Error {
  override readonly name = "CustomUserError";
  readonly faults: readonly CustomUserFault[];

  constructor(from: string, faults: readonly CustomUserFault[]) {
    super(faults.map(({ key, problem }) => [from, key, problem].filter(Boolean).join(": ")).join("\n"));
    this.faults = faults;
  }
}

/**
 * The custom user that is written in Plaid's format, as JSON text or parsed.
 * @param from where it comes from, for the error: a file's path, or a request's field
 * @throws CustomUserError naming that place, and each key at fault.
 */
export function readCustomUser(written: unknown, from: string): CustomUser {
  const parsed = CUSTOM_USER_SCHEMA.safeParse(typeof written === "string" ? parse(written, from) : written);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({ key: z.core.toDotPath(path), problem: message }));
  throw new CustomUserError(from, faults);
}

function parse(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CustomUserError(from, [{ key: "", problem: `is not JSON: ${(error as SyntaxError).message}` }]);
  }
}
