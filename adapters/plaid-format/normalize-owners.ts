import type { AccountIdentity } from "plaid";
import type { LeftOut, OwnersRecord } from "../adapter.ts";
import { text } from "../fields.ts";
import { raw, readList, readRequiredList, required } from "../records.ts";
import { ownerOf } from "./owner-of.ts";

/** The answer of /identity/get. @throws GatewayError PROVIDER_BAD_RESPONSE without accounts. */
export function normalizeOwners(body: Record<string, unknown>, leftOut: LeftOut[]): OwnersRecord[] {
  return readRequiredList(body.accounts, "accounts", leftOut, (value, path) => {
    const { account_id, owners } = raw<AccountIdentity>(value);
    const list = readList(owners, `${path}.owners`, leftOut, (owner, at) => ownerOf(owner, at, leftOut));
    return {
      remoteAccountId: required(text(account_id), account_id, `${path}.account_id`, "a string"),
      owners: Array.isArray(owners) ? list : null,
    };
  });
}
