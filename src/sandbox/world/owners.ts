import type { Owner } from "plaid";
import type { Plain } from "../plain.ts";

/** A holder of accounts, in the aggregators' shape. */
export type PlainOwner = Plain<Owner>;

const CAMERON_ROAD = {
  street: "2992 Cameron Road",
  city: "Malakoff",
  region: "NY",
  postal_code: "14236",
  country: "US",
};
const LEISURE_LANE = {
  street: "2493 Leisure Lane",
  city: "San Matias",
  region: "CA",
  postal_code: "93405-2255",
  country: "US",
};

const alberta: PlainOwner = {
  names: ["Alberta Bobbeth Charleson"],
  phone_numbers: [
    { data: "1112223333", primary: false, type: "home" },
    { data: "1112224444", primary: false, type: "work" },
    { data: "1112225555", primary: false, type: "mobile" },
  ],
  emails: [
    { data: "accountholder0@example.com", primary: true, type: "primary" },
    { data: "accountholder1@example.com", primary: false, type: "secondary" },
    { data: "extraordinarily.long.email.username.123456@reallylonghostname.com", primary: false, type: "other" },
  ],
  addresses: [
    { data: CAMERON_ROAD, primary: true },
    { data: LEISURE_LANE, primary: false },
  ],
};

const cameron: PlainOwner = {
  names: ["Cameron Howe"],
  phone_numbers: [{ data: "1112226666", primary: true, type: "mobile" }],
  emails: [{ data: "cameron.howe@example.com", primary: true, type: "primary" }],
  addresses: [{ data: CAMERON_ROAD, primary: true }],
};

/** Who holds the imitated accounts. */
export const OWNERS = {
  alberta,
  cameron,
  /** Both, of one account: in the aggregators' manner one owner with two names. */
  together: {
    names: [...alberta.names, ...cameron.names],
    phone_numbers: [...alberta.phone_numbers, ...cameron.phone_numbers],
    emails: [...alberta.emails, ...cameron.emails.map((email) => ({ ...email, primary: false }))],
    addresses: alberta.addresses,
  },
  john: {
    names: ["John Smith"],
    phone_numbers: [{ data: "9084581209", primary: true, type: "mobile" }],
    emails: [{ data: "jsmith@example.com", primary: true, type: "primary" }],
    addresses: [
      {
        data: { street: "10003 Broadway Road", city: "New York", region: "NY", postal_code: "10003", country: "US" },
        primary: true,
      },
    ],
  },
} as const satisfies Record<string, PlainOwner>;
