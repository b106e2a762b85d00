import type {
  InvestmentsAuthDataSources,
  InvestmentsAuthGetNumbers,
  InvestmentsAuthGetResponse,
  InvestmentsAuthOwner,
  NumbersACATS,
  NumbersATON,
  NumbersRetirement401k,
} from "plaid";
import type { AcatsNumber, AtonNumber, Retirement401kNumber } from "../../schema/investment-transfer.ts";
import type { LeftOut, TransferRecord } from "../adapter.ts";
import { text, texts } from "../fields.ts";
import { isObject, raw, readList, required } from "../records.ts";
import { byAccount } from "./by-account.ts";

/** The answer of /investments/auth/get, less holdings and securities. @throws GatewayError PROVIDER_BAD_RESPONSE without numbers. */
export function normalizeTransfers(body: Record<string, unknown>, leftOut: LeftOut[]): TransferRecord[] {
  const { numbers, owners, data_sources } = raw<InvestmentsAuthGetResponse>(body);
  required(isObject(numbers) ? numbers : null, numbers, "numbers", "an object");
  const sources = raw<InvestmentsAuthDataSources>(data_sources);
  const records = byAccount<TransferRecord>((remoteAccountId) => ({
    ...{ remoteAccountId, acats: [], aton: [], retirement401k: [], holderNames: [] },
    numbersSource: text(sources.numbers),
    ownersSource: text(sources.owners),
    holdingsSource: text(sources.holdings),
  }));
  const { acats, aton, retirement_401k } = raw<InvestmentsAuthGetNumbers>(numbers);
  const each = (list: unknown, path: string, add: (value: unknown, path: string) => void) =>
    readList(list, path, leftOut, add);
  each(acats, "numbers.acats", (value, path) => {
    const number = acatsOf(value, path);
    records.of(value, path).acats.push(number);
  });
  each(aton, "numbers.aton", (value, path) => {
    const number = atonOf(value, path);
    records.of(value, path).aton.push(number);
  });
  each(retirement_401k, "numbers.retirement_401k", (value, path) => {
    records.of(value, path).retirement401k.push(retirement401kOf(value));
  });
  each(owners, "owners", (value, path) => {
    const names = texts(raw<InvestmentsAuthOwner>(value).names) ?? [];
    records.of(value, path).holderNames.push(...names);
  });
  return records.all();
}

function acatsOf(value: unknown, path: string): AcatsNumber {
  const { account, dtc_numbers } = raw<NumbersACATS>(value);
  return {
    account: required(text(account), account, `${path}.account`, "a string"),
    dtcNumbers: texts(dtc_numbers) ?? [],
  };
}

function atonOf(value: unknown, path: string): AtonNumber {
  const { account } = raw<NumbersATON>(value);
  return { account: required(text(account), account, `${path}.account`, "a string") };
}

function retirement401kOf(value: unknown): Retirement401kNumber {
  const { account, plan } = raw<NumbersRetirement401k>(value);
  return { account: text(account), plan: text(plan) };
}
