import type { Cents } from "./cents.ts";
import type { KindName } from "./kinds.ts";

/** Where a shop stands. */
export interface Place {
  address: string;
  city: string;
  region: string;
  postalCode: string;
  lat: number;
  lon: number;
  storeNumber: string | null;
}

/** Someone who is paid by card or direct debit. */
export interface Merchant {
  name: string;
  /** As the bank words it. */
  raw: string;
  kind: KindName;
  /** Null for what is paid online. */
  place: Place | null;
  /** The least and the most that one visit costs. */
  price: readonly [Cents, Cents];
}

const malakoff = (address: string, lat: number, lon: number, storeNumber: string | null = null): Place => ({
  address,
  city: "Malakoff",
  region: "NY",
  postalCode: "14236",
  lat,
  lon,
  storeNumber,
});

const MERCHANTS = {
  greenMarket: {
    name: "Green Valley Market",
    raw: "GREEN VALLEY MKT #0412 MALAKOFF NY",
    kind: "groceries",
    place: malakoff("410 Cameron Road", 42.8871, -78.8773, "412"),
    price: [2_180, 9_640],
  },
  farmStand: {
    name: "Orchard Farm Stand",
    raw: "SQ *ORCHARD FARM STAND MALAKOFF NY",
    kind: "groceries",
    place: malakoff("7 Mill Lane", 42.8912, -78.8701),
    price: [980, 4_150],
  },
  beanery: {
    name: "Lakeside Beanery",
    raw: "TST* LAKESIDE BEANERY MALAKOFF NY",
    kind: "coffee",
    place: malakoff("22 Harbor Street", 42.8802, -78.8794),
    price: [425, 790],
  },
  trattoria: {
    name: "Trattoria Nonna",
    raw: "TRATTORIA NONNA MALAKOFF NY",
    kind: "restaurant",
    place: malakoff("31 Harbor Street", 42.8804, -78.8799),
    price: [2_850, 7_920],
  },
  noodles: {
    name: "Golden Noodle House",
    raw: "GOLDEN NOODLE HOUSE 2 MALAKOFF NY",
    kind: "restaurant",
    place: malakoff("118 Cameron Road", 42.8866, -78.8765, "2"),
    price: [1_240, 3_380],
  },
  fuel: {
    name: "Northway Fuel",
    raw: "NORTHWAY FUEL 5527 MALAKOFF NY",
    kind: "fuel",
    place: malakoff("900 Northway", 42.9013, -78.8655, "5527"),
    price: [3_150, 5_890],
  },
  taxi: { name: "Hopp Rides", raw: "HOPP *RIDE HELP.HOPP.EXAMPLE", kind: "ride", place: null, price: [890, 2_970] },
  pharmacy: {
    name: "Cameron Pharmacy",
    raw: "CAMERON PHARMACY 0007 MALAKOFF NY",
    kind: "pharmacy",
    place: malakoff("402 Cameron Road", 42.887, -78.877, "7"),
    price: [640, 4_275],
  },
  apple: {
    name: "Apple",
    raw: "APPLE STORE #R075 SAN FRANCISCO CA",
    kind: "electronics",
    place: {
      address: "300 Post St",
      city: "San Francisco",
      region: "CA",
      postalCode: "94108",
      lat: 37.788852,
      lon: -122.407038,
      storeNumber: "1235",
    },
    price: [4_900, 18_900],
  },
  books: { name: "Paper Harbor", raw: "PAPERHARBOR.EXAMPLE ORDER", kind: "books", place: null, price: [1_150, 4_820] },
  video: { name: "Streamly", raw: "STREAMLY.EXAMPLE/BILL", kind: "streaming", place: null, price: [1_549, 1_549] },
  music: { name: "Tunewave", raw: "TUNEWAVE P1A2B3C4", kind: "music", place: null, price: [1_099, 1_099] },
  gym: {
    name: "Ironworks Gym",
    raw: "ABC*IRONWORKS GYM 888-555-0147",
    kind: "gym",
    place: null,
    price: [3_900, 3_900],
  },
} as const satisfies Record<string, Merchant>;

export type MerchantName = keyof typeof MERCHANTS;

export function merchantOf(name: MerchantName): Merchant {
  return MERCHANTS[name];
}
