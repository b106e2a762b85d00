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

const ALDER_STREET = {
  street: "18 Alder Street",
  city: "Portland",
  region: "OR",
  postal_code: "97204",
  country: "US",
};

const ines: PlainOwner = {
  names: ["Ines Duarte"],
  phone_numbers: [{ data: "5035550114", primary: true, type: "mobile" }],
  emails: [{ data: "ines.duarte@example.com", primary: true, type: "primary" }],
  addresses: [{ data: ALDER_STREET, primary: true }],
};

const tomas: PlainOwner = {
  names: ["Tomas Duarte"],
  phone_numbers: [{ data: "5035550115", primary: true, type: "mobile" }],
  emails: [{ data: "tomas.duarte@example.com", primary: true, type: "primary" }],
  addresses: [{ data: ALDER_STREET, primary: true }],
};

/** Both, of one account: in the aggregators' manner one owner with two names. */
const together = (one: PlainOwner, other: PlainOwner): PlainOwner => ({
  names: [...one.names, ...other.names],
  phone_numbers: [...one.phone_numbers, ...other.phone_numbers],
  emails: [...one.emails, ...other.emails.map((email) => ({ ...email, primary: false }))],
  addresses: one.addresses,
});

/** Who holds the imitated accounts. */
export const OWNERS = {
  alberta,
  cameron,
  together: together(alberta, cameron),
  ines,
  tomas,
  duartes: together(ines, tomas),
  nora: {
    names: ["Nora Lindqvist"],
    phone_numbers: [{ data: "6085550162", primary: true, type: "mobile" }],
    emails: [{ data: "nora.lindqvist@example.com", primary: true, type: "primary" }],
    addresses: [
      {
        data: { street: "4 Campus Court", city: "Madison", region: "WI", postal_code: "53703", country: "US" },
        primary: true,
      },
    ],
  },
  bakery: {
    names: ["Duarte Bakery LLC"],
    phone_numbers: [{ data: "5035550190", primary: true, type: "work" }],
    emails: [{ data: "office@duarte-bakery.example.com", primary: true, type: "primary" }],
    addresses: [{ data: { ...ALDER_STREET, street: "20 Alder Street" }, primary: true }],
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
