import type { Address, Email as PlaidEmail, Owner as PlaidOwner, PhoneNumber as PlaidPhone } from "plaid";
import type { Email, Owner, OwnerAddress, PhoneNumber } from "../../schema/owner.ts";
import type { LeftOut } from "../adapter.ts";
import { bool, text, texts } from "../fields.ts";
import { isObject, raw, readList, required } from "../records.ts";
import { postalAddressOf } from "./postal-address-of.ts";

/** Who holds an account, with what the institution keeps of them. */
export function ownerOf(value: unknown, path: string, leftOut: LeftOut[]): Owner {
  required(isObject(value) ? value : null, value, path, "an object");
  const owner = raw<PlaidOwner>(value);
  return {
    names: texts(owner.names) ?? [],
    phoneNumbers: readList(owner.phone_numbers, `${path}.phone_numbers`, leftOut, phoneNumberOf),
    emails: readList(owner.emails, `${path}.emails`, leftOut, emailOf),
    addresses: readList(owner.addresses, `${path}.addresses`, leftOut, addressOf),
  };
}

function phoneNumberOf(value: unknown, path: string): PhoneNumber {
  const phone = raw<PlaidPhone>(value);
  return {
    number: required(text(phone.data), phone.data, `${path}.data`, "a string"),
    primary: bool(phone.primary) ?? false,
    type: text(phone.type),
  };
}

function emailOf(value: unknown, path: string): Email {
  const email = raw<PlaidEmail>(value);
  return {
    address: required(text(email.data), email.data, `${path}.data`, "a string"),
    primary: bool(email.primary) ?? false,
    type: text(email.type),
  };
}

function addressOf(value: unknown, path: string): OwnerAddress {
  const address = raw<Address>(value);
  const data = required(postalAddressOf(address.data), address.data, `${path}.data`, "an address");
  return { primary: bool(address.primary) ?? false, ...data };
}
