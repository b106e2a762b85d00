import type { Plain } from "../plain.ts";
import type { PlainOwner } from "../world/owners.ts";
import type { CustomAccount } from "./custom-user-schema.ts";

type Identity = NonNullable<CustomAccount["identity"]>;

/** Who holds an account, as far as it is told; null when nothing is. */
export function customOwner(identity: Identity | undefined): PlainOwner | null {
  if (!identity) return null;
  const { names = [], phone_numbers = [], emails = [], addresses = [] } = identity;
  const owner: PlainOwner = {
    names,
    phone_numbers: phone_numbers.flatMap(({ data, primary = false, type = "mobile" }) =>
      data === undefined ? [] : [{ data, primary, type }],
    ),
    emails: emails.flatMap(({ data, primary = false, type = "primary" }) =>
      data === undefined ? [] : [{ data, primary, type }],
    ),
    addresses: addresses.flatMap((address) => {
      const data = addressData(address);
      return data ? [{ data, primary: address?.primary ?? false }] : [];
    }),
  };
  return Object.values(owner).some((list) => list.length > 0) ? owner : null;
}

/** An address with null for what is not told; null when nothing is. */
export function addressData(address: NonNullable<Identity["addresses"]>[number]): AddressData | null {
  const data = address?.data;
  if (!data || Object.values(data).every((part) => part === undefined)) return null;
  const { street = "", city = null, region = null, postal_code = null, country = null } = data;
  return { street, city, region, postal_code, country };
}

type AddressData = Plain<PlainOwner["addresses"][number]["data"]>;
