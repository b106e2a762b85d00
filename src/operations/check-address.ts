import { badInput } from "../errors.ts";
import { isLoopbackHost } from "../loopback.ts";

const LONGEST = 2_000;

/**
 * An address that an aggregator is to call or lead to; on this machine it may be http.
 * @throws GatewayError BAD_USER_INPUT naming the field.
 */
export function checkAddress(field: string, address: string): void {
  const url = URL.parse(address);
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(url.hostname));
  if (!secure || url?.username || url?.password || address.length > LONGEST) {
    throw badInput(field, address, `an https address without credentials, of ${LONGEST} characters at most`);
  }
}
