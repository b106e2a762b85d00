import type { Vault } from "../vault.ts";

/** Whose token it is: an item, its removal, a report's source, or a share. */
interface TokenRow {
  viewer: string;
  id: string;
}

/** Seals the token of a row for its `token_sealed`. */
export function sealToken(vault: Vault, { viewer, id }: TokenRow, token: string): Buffer {
  return vault.seal(token, { viewer, row: id, field: "token" });
}

/** The token of a row, in clear. @throws GatewayError INTERNAL_SERVER_ERROR when it cannot be opened. */
export function openToken(vault: Vault, { viewer, id, token_sealed }: TokenRow & { token_sealed: Buffer }): string {
  return vault.openText(token_sealed, { viewer, row: id, field: "token" });
}
