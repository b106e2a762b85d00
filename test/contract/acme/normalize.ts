import type { InstitutionRecord } from "../../../adapters/adapter/institutions.ts";
import type { AccountRecord, ItemRecord, LeftOut, Reading } from "../../../adapters/adapter.ts";
import { decimal, moment, text, texts, url } from "../../../adapters/fields.ts";
import type { HttpAnswer } from "../../../adapters/http.ts";
import { isObject, raw, readRequiredList, required } from "../../../adapters/records.ts";
import type { AccountType, Product } from "../../../schema/enums.ts";
import { GatewayError } from "../../../src/errors.ts";
import { faultOf } from "./errors.ts";
import { provider } from "./provider.ts";
import type { AcmeBank, AcmeEnded, AcmeLogin, AcmePot, AcmePots } from "./wire.ts";

type Normalize<T> = (body: Record<string, unknown>, leftOut: LeftOut[]) => T;

const TYPES: ReadonlyMap<unknown, AccountType> = new Map([
  ["spend", "DEPOSITORY"],
  ["save", "DEPOSITORY"],
  ["owe", "CREDIT"],
  ["grow", "INVESTMENT"],
]);

const PRODUCTS: ReadonlyMap<string, Product> = new Map([
  ["pots", "ACCOUNTS"],
  ["money", "BALANCE"],
]);

/** What an answer gave. @throws GatewayError PROVIDER_BAD_RESPONSE, naming endpoint and request, when it lacks what it must have. */
export function reading<T>({ body, origin }: HttpAnswer, normalize: Normalize<T>): Reading<T> {
  const leftOut: LeftOut[] = [];
  try {
    return { data: normalize(body, leftOut), origin, leftOut, itemError: null };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const upstream = { provider, requestId: origin.requestId };
    throw new GatewayError(error.code, `${provider} ${origin.endpoint}: ${error.message}`, { upstream });
  }
}

/** Acme's answers as records. */
export const normalize = {
  item(body: Record<string, unknown>): ItemRecord {
    const login = raw<AcmeLogin["login"]>(raw<AcmeLogin>(body).login);
    return {
      remoteId: required(text(login.ref), login.ref, "login.ref", "a string"),
      institutionName: text(login.bank_title),
      remoteInstitutionId: text(login.bank_ref),
      products: texts(login.offers)?.map((offer) => PRODUCTS.get(offer) ?? "OTHER") ?? null,
      ...{ availableProducts: null, billedProducts: null, consentedProducts: null },
      ...{ authMethod: null, updateType: null, consentExpiresAt: null },
      webhook: url(login.callback),
      ...{ lastWebhookAt: null, lastWebhookCode: null, freshness: [] },
      error: isObject(login.fault) ? faultOf(login.fault) : null,
      record: body.login,
    };
  },

  ended(body: Record<string, unknown>): void {
    const { ended } = raw<AcmeEnded>(body);
    required(ended === true ? ended : null, ended, "ended", "true");
  },

  institution(body: Record<string, unknown>): InstitutionRecord {
    const bank = raw<AcmeBank["bank"]>(raw<AcmeBank>(body).bank);
    return {
      remoteId: required(text(bank.ref), bank.ref, "bank.ref", "a string"),
      name: required(text(bank.title), bank.title, "bank.title", "a string"),
      url: url(bank.site),
      ...{ primaryColor: null, logo: null, oauth: null, products: null, countryCodes: null },
      ...{ routingNumbers: null, dtcNumbers: null, status: null },
    };
  },

  accounts: (body: Record<string, unknown>, leftOut: LeftOut[]): AccountRecord[] =>
    readRequiredList(raw<AcmePots>(body).pots, "pots", leftOut, accountOf),
};

function accountOf(value: unknown, path: string): AccountRecord {
  const pot = raw<AcmePot>(value);
  const money = raw<AcmePot["money"]>(pot.money);
  const currency = text(money.unit);
  return {
    remoteId: required(text(pot.ref), pot.ref, `${path}.ref`, "a string"),
    name: required(text(pot.title), pot.title, `${path}.title`, "a string"),
    type: TYPES.get(pot.sort) ?? "OTHER",
    subtype: text(pot.sort),
    balances: {
      ...{ available: decimal(money.free), current: decimal(money.held), limit: null, marginLoan: null },
      ...{ currency, currencyOfficial: currency === null ? null : true, lastUpdatedAt: moment(money.seen) },
    },
    ...{ officialName: null, mask: null, verification: null, persistentAccountId: null, holderCategory: null },
    record: value,
  };
}
