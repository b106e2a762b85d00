import { describe, expect, it } from "@jest/globals";
import type { LeftOut } from "../../../adapters/adapter.ts";
import { parseJson } from "../../../adapters/json.ts";
import { normalize as ofLinkMoney } from "../../../adapters/link-money/normalize.ts";
import { normalize } from "../../../adapters/plaid/normalize.ts";
import type { Normalizers } from "../../../adapters/plaid-format/normalizers.ts";
import { fixtureText } from "../../support/fixture.ts";

/** What becomes of a whole answer, as it comes over the wire. */
function read<K extends "owners" | "numbers" | "transfers">(kind: K, name: string, by: Normalizers = normalize) {
  const { body } = parseJson(fixtureText(name));
  const leftOut: LeftOut[] = [];
  const data = by[kind](body ?? {}, leftOut) as ReturnType<Normalizers[K]>;
  return { data, leftOut: leftOut.map(({ path }) => path) };
}

describe("owners", () => {
  it("with all that the institution has on file", () => {
    expect(read("owners", "plaid/identity-get")).toEqual({
      data: [
        {
          remoteAccountId: "BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp",
          owners: [
            {
              names: ["Alberta Bobbeth Charleson"],
              phoneNumbers: [
                { number: "1112223333", primary: false, type: "home" },
                { number: "1112224444", primary: false, type: "work" },
                { number: "1112225555", primary: false, type: "mobile" },
              ],
              emails: [
                { address: "accountholder0@example.com", primary: true, type: "primary" },
                { address: "accountholder1@example.com", primary: false, type: "secondary" },
                {
                  address: "extraordinarily.long.email.username.123456@reallylonghostname.com",
                  primary: false,
                  type: "other",
                },
              ],
              addresses: [
                {
                  ...{ street: "2992 Cameron Road", city: "Malakoff", region: "NY", postalCode: "14236" },
                  ...{ country: "US", primary: true },
                },
                {
                  ...{ street: "2493 Leisure Lane", city: "San Matias", region: "CA", postalCode: "93405-2255" },
                  ...{ country: "US", primary: false },
                },
              ],
            },
          ],
        },
        { remoteAccountId: "3gE5gnRzNyfXpBK5wEEKcymJ5albGVUqg77gr", owners: [] },
      ],
      leftOut: [],
    });
  });

  it("that are hostile: what is not told is null, what is broken is named", () => {
    const { data, leftOut } = read("owners", "plaid/hostile-identity-get");
    expect(data).toEqual([
      { remoteAccountId: "unsaid", owners: null },
      { remoteAccountId: "null", owners: null },
      { remoteAccountId: "text", owners: null },
      {
        remoteAccountId: "odd",
        owners: [
          {
            names: [],
            phoneNumbers: [{ number: "1", primary: false, type: null }],
            emails: [],
            addresses: [
              {
                ...{ primary: false, street: "Main St 1", city: null, region: null, postalCode: "1000" },
                country: null,
              },
            ],
          },
        ],
      },
    ]);
    expect(leftOut).toEqual([
      "accounts[0].account_id",
      "accounts[3].owners",
      "accounts[4].owners[0]",
      "accounts[4].owners[1].phone_numbers[0].data",
      "accounts[4].owners[1].emails",
      "accounts[4].owners[1].addresses[0].data",
    ]);
  });
});

describe("account numbers", () => {
  it.each([
    ["plaid", normalize],
    ["link-money", ofLinkMoney],
  ])("of every system, as in %s's example", (folder, by) => {
    expect(read("numbers", `${folder}/auth-get`, by)).toEqual({
      data: [
        {
          remoteAccountId: "vzeNDwK7KQIm4yEog683uElbp9GRLEFXGK98D",
          ach: [{ account: "9900009606", routing: "011401533", wireRouting: "021000021" }],
          eft: [{ account: "111122223333", institution: "021", branch: "01140" }],
          international: [{ iban: "GB29NWBK60161331926819", bic: "NWBKGB21" }],
          bacs: [{ account: "31926819", sortCode: "601613" }],
        },
      ],
      leftOut: [],
    });
  });

  it("that are hostile: one without its number is left out, and no account is made of it", () => {
    const { data, leftOut } = read("numbers", "plaid/hostile-auth-get");
    expect(data).toEqual([
      {
        ...{ remoteAccountId: "a", eft: [], international: [], bacs: [] },
        ach: [
          { account: "000123", routing: null, wireRouting: null },
          { account: "9", routing: null, wireRouting: null },
        ],
      },
      { remoteAccountId: "b", ach: [], eft: [], international: [{ iban: "DE1", bic: null }], bacs: [] },
    ]);
    expect(leftOut).toEqual([
      "numbers.ach[1].account",
      "numbers.ach[2].account_id",
      "numbers.ach[3].account",
      "numbers.eft",
      "numbers.international[1].iban",
      "numbers.bacs[0].account_id",
    ]);
  });
});

describe("what a transfer needs", () => {
  it("is told of every account that has numbers or owners", () => {
    const sources = { numbersSource: "INSTITUTION", ownersSource: "INSTITUTION", holdingsSource: "INSTITUTION" };
    const holderNames = ["Alberta Bobbeth Charleson"];
    expect(read("transfers", "plaid/investments-auth-get")).toEqual({
      data: [
        {
          remoteAccountId: "xlP8npRxwgCj48LQbjxWipkeL3gbyXf64knoy",
          acats: [{ account: "TR5555", dtcNumbers: ["1111", "2222", "3333"] }],
          ...{ aton: [], retirement401k: [], holderNames, ...sources },
        },
        {
          remoteAccountId: "31qEA6LPwGumkA4Z5mGbfyGwr4mL6nSZlQqpZ",
          ...{ acats: [], aton: [], retirement401k: [], holderNames, ...sources },
        },
      ],
      leftOut: [],
    });
  });

  it("may be hostile: what is unknown is null or left out", () => {
    const { data, leftOut } = read("transfers", "plaid/hostile-investments-auth-get");
    const sources = { numbersSource: "USER", ownersSource: null, holdingsSource: null };
    const none = { acats: [], aton: [], retirement401k: [], holderNames: [] };
    expect(data).toEqual([
      {
        ...{ ...none, ...sources, remoteAccountId: "a", holderNames: ["Ann"] },
        acats: [
          { account: "1", dtcNumbers: ["0226"] },
          { account: "2", dtcNumbers: [] },
        ],
      },
      { ...none, ...sources, remoteAccountId: "k", retirement401k: [{ account: null, plan: null }] },
      { ...none, ...sources, remoteAccountId: "b" },
    ]);
    expect(leftOut).toEqual([
      "numbers.acats[2].account",
      "numbers.aton",
      "numbers.retirement_401k[1].account_id",
      "owners[2].account_id",
    ]);
  });
});

describe("an answer without what it is asked for", () => {
  it.each([
    ["owners", "accounts", "a list"],
    ["numbers", "numbers", "an object"],
    ["transfers", "numbers", "an object"],
  ] as const)("is no answer: %s", (kind, field, wanted) => {
    for (const body of [{}, { [field]: null }, { [field]: "x" }]) {
      expect(() => normalize[kind](body, [])).toThrow(new RegExp(`^${field}: found .*, wanted ${wanted}\\.$`));
    }
  });
});
