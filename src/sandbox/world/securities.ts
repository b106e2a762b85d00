import type { Security } from "plaid";
import type { Plain } from "../plain.ts";
import { createChance } from "./chance.ts";
import { addMonths, calendar, type Day, dayAt, isoDate, marketDay } from "./day.ts";

/** A security, in the aggregators' shape. */
export type PlainSecurity = Plain<Security>;

type Particulars = Pick<PlainSecurity, "name" | "type"> & Partial<PlainSecurity>;

/** Makes a security's particulars of the day on which the item was linked: contracts run for some time from then. */
type Listing = (linked: Day) => Particulars;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const LISTINGS = {
  dollar: () => ({
    security_id: "d6ePmbPxgWCWmMVv66q9iPV94n91vMtov5Are",
    name: "U S Dollar",
    ticker_symbol: "USD",
    type: "cash",
    is_cash_equivalent: true,
    close_price: 1,
  }),
  netflixCall: (linked) => {
    const { year, month } = calendar(addMonths(linked, 9));
    const first = dayAt(year, month, 1);
    const expires = first + ((5 - calendar(first).weekday + 7) % 7) + 14; // the third Friday
    const [yy, , dd] = isoDate(expires).slice(2).split("-");
    return {
      name: `Nflx ${MONTHS[month]} ${dd}'${yy} $355 Call`,
      ticker_symbol: `NFLX${isoDate(expires).slice(2).replaceAll("-", "")}C00355000`,
      type: "derivative",
      close_price: 0.011,
      market_identifier_code: "XCBO",
      option_contract: {
        contract_type: "call",
        expiration_date: isoDate(expires),
        strike_price: 355,
        underlying_security_ticker: "NFLX",
      },
    };
  },
  achillion: () => ({
    security_id: "KDwjlXj1Rqt58dVvmzRguxJybmyQL8FgeWWAy",
    name: "Achillion Pharmaceuticals Inc.",
    ticker_symbol: "ACHN",
    cusip: "00448Q201",
    isin: "US00448Q2012",
    type: "equity",
    close_price: 2.11,
    market_identifier_code: "XNAS",
    sector: "Health Technology",
    industry: "Major Pharmaceuticals",
  }),
  doubleLine: () => ({
    security_id: "NDVQrXQoqzt5v3bAe8qRt4A7mK7wvZCLEBBJk",
    name: "DoubleLine Total Return Bond Fund",
    ticker_symbol: "DBLTX",
    cusip: "258620103",
    isin: "US2586201038",
    type: "mutual fund",
    close_price: 10.42,
    sector: "Miscellaneous",
    industry: "Investment Trusts or Mutual Funds",
  }),
  pacificTiger: () => ({
    security_id: "JDdP7XPMklt5vwPmDN45t3KAoWAPmjtpaW7DP",
    name: "Matthews Pacific Tiger Fund Insti Class",
    ticker_symbol: "MIPTX",
    cusip: "577130834",
    isin: "US5771308344",
    type: "mutual fund",
    close_price: 27,
    sector: "Miscellaneous",
    industry: "Investment Trusts or Mutual Funds",
  }),
  indexPortfolio: () => ({
    security_id: "nnmo8doZ4lfKNEDe3mPJipLGkaGw3jfPrpxoN",
    institution_id: "ins_3",
    institution_security_id: "NHX105509",
    name: "NH PORTFOLIO 1055 (FIDELITY INDEX)",
    ticker_symbol: "NHX105509",
    type: "etf",
    close_price: 13.73,
  }),
  southside: () => ({
    security_id: "eW4jmnjd6AtjxXVrjmj6SX1dNEdZp3Cy8RnRQ",
    name: "Southside Bancshares Inc.",
    ticker_symbol: "SBSI",
    cusip: "84470P109",
    isin: "US84470P1093",
    type: "equity",
    close_price: 34.73,
    market_identifier_code: "XNAS",
    sector: "Finance",
    industry: "Regional Banks",
  }),
  stableValue: () => ({
    name: "Stable Value Fund Class II",
    institution_id: "ins_109511",
    institution_security_id: "SVF-II",
    ticker_symbol: null,
    type: "mutual fund",
    close_price: 15,
  }),
  wholeMarket: () => ({
    name: "Tartan Whole Market ETF",
    ticker_symbol: "TWMX",
    type: "etf",
    close_price: 118.4,
    market_identifier_code: "ARCX",
    sector: "Miscellaneous",
    industry: "Investment Trusts or Mutual Funds",
  }),
  treasuryNote: (linked) => ({
    name: "US TREASURY NOTE 4.25%",
    type: "fixed income",
    close_price: 987.5,
    fixed_income: {
      yield_rate: { percentage: 4.25, type: "coupon" },
      issue_date: isoDate(addMonths(linked, -18)),
      maturity_date: isoDate(addMonths(linked, 102)),
      face_value: 1000,
    },
  }),
  treasuryBill: (linked) => ({
    name: "US TREASURY BILL 52 WEEK",
    type: "fixed income",
    is_cash_equivalent: true,
    close_price: 978.12,
    fixed_income: {
      yield_rate: { percentage: 4.4, type: "discount" },
      issue_date: isoDate(addMonths(linked, -6)),
      maturity_date: isoDate(addMonths(linked, 6)),
      face_value: 1000,
    },
  }),
} as const satisfies Record<string, Listing>;

export type SecurityName = keyof typeof LISTINGS;

/** A security by its name here, or one of which only so much is told. */
export type AnySecurity = SecurityName | ToldSecurity;
export type ToldSecurity = Pick<PlainSecurity, "security_id" | "name" | "type"> & Partial<PlainSecurity>;

/** The security, complete, with today's closing price. Prices stand still: what an account holds keeps its sum. */
export function securityOf(security: AnySecurity, linked: Day, today: Day): PlainSecurity {
  return { ...withoutParticulars(today), ...(typeof security === "string" ? listed(security, linked) : security) };
}

/** The security that is listed here under a ticker; null when there is none. */
export function listedUnder(ticker: string, linked: Day): ToldSecurity | null {
  const names = Object.keys(LISTINGS) as SecurityName[];
  const found = names.map((name) => listed(name, linked)).find(({ ticker_symbol }) => ticker_symbol === ticker);
  return found ?? null;
}

function listed(name: SecurityName, linked: Day): ToldSecurity {
  const listing: Listing = LISTINGS[name];
  const terms = name === "netflixCall" || name.startsWith("treasury") ? linked : 0;
  return { security_id: createChance("security", name, terms).id(37), ...listing(linked) };
}

function withoutParticulars(today: Day): Omit<PlainSecurity, "security_id" | "name" | "type"> {
  return {
    isin: null,
    cusip: null,
    sedol: null,
    institution_security_id: null,
    institution_id: null,
    proxy_security_id: null,
    ticker_symbol: null,
    is_cash_equivalent: false,
    subtype: null,
    close_price: null,
    close_price_as_of: isoDate(marketDay(today)),
    update_datetime: null,
    iso_currency_code: "USD",
    unofficial_currency_code: null,
    market_identifier_code: null,
    sector: null,
    industry: null,
    cfi_code: null,
    figi: null,
    option_contract: null,
    fixed_income: null,
  };
}
