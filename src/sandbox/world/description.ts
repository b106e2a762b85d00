import type { KindName } from "./kinds.ts";
import { type MerchantName, merchantOf, type Place } from "./merchants.ts";

/** All that a transaction says besides amount and dates. */
export interface Description {
  kind: KindName;
  /** As the bank words it. */
  raw: string;
  /** As the aggregator cleans it. */
  name: string;
  merchant: string | null;
  place: Place | null;
  /** Where it happened: with the bank itself, on line, in a shop. */
  type: "special" | "digital" | "place";
  checkNumber?: string;
  /** Of a transfer between banks. */
  payment?: { payee?: string; payer?: string; method: string; reference: string };
}

/** Paid to a merchant by card. */
export function purchase(name: MerchantName): Description {
  const { name: merchant, raw, kind, place } = merchantOf(name);
  return { kind, raw, name: merchant, merchant, place, type: place ? "place" : "digital" };
}

/** Between this bank and another, by ACH. */
export function ach(
  kind: KindName,
  name: string,
  { raw, payee, payer }: { raw: string; payee?: string; payer?: string },
): Description {
  const reference = raw.replace(/\D/g, "").padStart(9, "0").slice(-9);
  return {
    kind,
    raw,
    name,
    merchant: null,
    place: null,
    type: "special",
    payment: { payee, payer, method: "ACH", reference },
  };
}

/** Inside the bank: transfers between its accounts, interest, cash, fees. */
export function internal(kind: KindName, name: string, raw: string): Description {
  return { kind, raw, name, merchant: null, place: null, type: "special" };
}

/** A paper check. */
export function check(kind: KindName, number: number): Description {
  const checkNumber = String(number);
  return { ...internal(kind, `Check ${checkNumber}`, `CHECK # ${checkNumber}`), checkNumber };
}
