import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readSdkTypes, type SdkTypes } from "../../support/sdk-types.ts";
import { startTestSandbox, type TestSandbox } from "./start.ts";

type Wire = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: what is spoilt may lie anywhere
type Answer = any;

const SPOILT: readonly (readonly [what: string, spoil: (answer: Answer) => void, fault: string])[] = [
  ["lacks a field", (answer) => delete answer.item.item_id, "item.item_id: missing"],
  [
    "lacks one deep within",
    (answer) => delete answer.accounts[1].balances.limit,
    "accounts[1].balances.limit: missing",
  ],
  [
    "has a value that the enum lacks",
    (answer) => {
      answer.accounts[0].type = "current";
    },
    'accounts[0].type: "current" is not AccountType',
  ],
  [
    "has null where none may be",
    (answer) => {
      answer.accounts[0].account_id = null;
    },
    "accounts[0].account_id: null is not string",
  ],
  [
    "has a number as text",
    (answer) => {
      answer.accounts[0].balances.current = "100";
    },
    'accounts[0].balances.current: "100" is not number | null',
  ],
  [
    "has an object for a list",
    (answer) => {
      answer.accounts = {};
    },
    "accounts: {} is not AccountBase[]",
  ],
  [
    "has a field that is not published",
    (answer) => {
      answer.item.colour = "red";
    },
    "item.colour: not a field of Item",
  ],
  [
    "has a currency in small letters",
    (answer) => {
      answer.accounts[0].balances.iso_currency_code = "usd";
    },
    'accounts[0].balances.iso_currency_code: "usd" is not a currency\'s code',
  ],
  [
    "has a moment without its zone",
    (answer) => {
      answer.item.consent_expiration_time = "2026-05-01 12:00";
    },
    'item.consent_expiration_time: "2026-05-01 12:00" is not a moment',
  ],
];

describe("the SDK's types as a judge", () => {
  let sandbox: TestSandbox;
  let types: SdkTypes;
  let answer: Wire;
  beforeAll(async () => {
    types = readSdkTypes();
    sandbox = await startTestSandbox();
    answer = (await sandbox.atPlaid("/accounts/get", { access_token: sandbox.demo.PLAID[0] })).body;
  });
  afterAll(() => sandbox.close());

  it("finds nothing wrong with the sandbox's answer", () => {
    expect(types.answerFaults("accountsGet", answer)).toEqual([]);
  });

  it.each(SPOILT)("refuses one that %s", (_what, spoil, fault) => {
    const spoilt = structuredClone(answer);
    spoil(spoilt);
    expect(types.answerFaults("accountsGet", spoilt)).toEqual([fault]);
  });

  it.each([
    ["2026-02-01", []],
    ["2026-02-30T00:00:00Z", ['date: "2026-02-30T00:00:00Z" is not a date']],
    ["2026-02-30", ['date: "2026-02-30" is not a date']],
    ["1 May", ['date: "1 May" is not a date']],
  ])("reads a transaction's date %s", async (date, faults) => {
    const body = { access_token: sandbox.demo.PLAID[0], start_date: "2026-05-01", end_date: "2026-06-01" };
    const [one] = (await sandbox.atPlaid("/transactions/get", body)).body.transactions;
    expect(types.faultsOf("Transaction", { ...one, date })).toEqual(faults);
  });

  it("knows no method and no type that the SDK has not", () => {
    expect(() => types.answerFaults("accountsSteal", {})).toThrow("no method accountsSteal");
    expect(() => types.faultsOf("Theft", {})).toThrow("exports no Theft");
  });
});
