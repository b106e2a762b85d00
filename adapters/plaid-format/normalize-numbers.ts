import type { AuthGetResponse, NumbersACH, NumbersBACS, NumbersEFT, NumbersInternational } from "plaid";
import type { AchNumber, BacsNumber, EftNumber, InternationalNumber } from "../../schema/account-numbers.ts";
import type { LeftOut, NumbersRecord } from "../adapter.ts";
import { text } from "../fields.ts";
import { isObject, raw, readList, required } from "../records.ts";
import { byAccount } from "./by-account.ts";

type Numbers = AuthGetResponse["numbers"];

/** The answer of /auth/get. @throws GatewayError PROVIDER_BAD_RESPONSE without numbers. */
export function normalizeNumbers(body: Record<string, unknown>, leftOut: LeftOut[]): NumbersRecord[] {
  const { numbers } = raw<AuthGetResponse>(body);
  required(isObject(numbers) ? numbers : null, numbers, "numbers", "an object");
  const records = byAccount<NumbersRecord>((remoteAccountId) => {
    return { remoteAccountId, ach: [], eft: [], international: [], bacs: [] };
  });
  const { ach, eft, international, bacs } = raw<Numbers>(numbers);
  const each = (list: unknown, path: string, add: (value: unknown, path: string) => void) =>
    readList(list, path, leftOut, add);
  each(ach, "numbers.ach", (value, path) => {
    const number = achOf(value, path);
    records.of(value, path).ach.push(number);
  });
  each(eft, "numbers.eft", (value, path) => {
    const number = eftOf(value, path);
    records.of(value, path).eft.push(number);
  });
  each(international, "numbers.international", (value, path) => {
    const number = internationalOf(value, path);
    records.of(value, path).international.push(number);
  });
  each(bacs, "numbers.bacs", (value, path) => {
    const number = bacsOf(value, path);
    records.of(value, path).bacs.push(number);
  });
  return records.all();
}

function achOf(value: unknown, path: string): AchNumber {
  const { account, routing, wire_routing } = raw<NumbersACH>(value);
  return {
    account: required(text(account), account, `${path}.account`, "a string"),
    routing: text(routing),
    wireRouting: text(wire_routing),
  };
}

function eftOf(value: unknown, path: string): EftNumber {
  const { account, institution, branch } = raw<NumbersEFT>(value);
  return {
    account: required(text(account), account, `${path}.account`, "a string"),
    institution: text(institution),
    branch: text(branch),
  };
}

function internationalOf(value: unknown, path: string): InternationalNumber {
  const { iban, bic } = raw<NumbersInternational>(value);
  return { iban: required(text(iban), iban, `${path}.iban`, "a string"), bic: text(bic) };
}

function bacsOf(value: unknown, path: string): BacsNumber {
  const { account, sort_code } = raw<NumbersBACS>(value);
  return {
    account: required(text(account), account, `${path}.account`, "a string"),
    sortCode: text(sort_code),
  };
}
