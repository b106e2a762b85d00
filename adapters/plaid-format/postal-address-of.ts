import type { AddressData } from "plaid";
import type { PostalAddress } from "../../schema/liability.ts";
import { text } from "../fields.ts";
import { nullWhenEmpty, raw } from "../records.ts";

/** An address, by either spelling: region and postal_code, or state and zip as before 2019. Null when there is none. */
export function postalAddressOf(value: unknown): PostalAddress | null {
  const address = raw<AddressData & { state: string; zip: string }>(value);
  return nullWhenEmpty({
    street: text(address.street),
    city: text(address.city),
    region: text(address.region) ?? text(address.state),
    postalCode: text(address.postal_code) ?? text(address.zip),
    country: text(address.country),
  });
}
