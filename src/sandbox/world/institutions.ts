/** A bank of the imitated world. */
export interface WorldInstitution {
  id: string;
  name: string;
  url: string;
  primaryColor: string;
  routingNumbers: string[];
  oauth: boolean;
  /** Where it works, ISO 3166-1 alpha-2; the US alone where nothing is said. */
  countryCodes?: readonly string[];
  /** It gives every link account numbers of its own. */
  tokenizes?: boolean;
  /** It answers no one. */
  isDown?: boolean;
}

/** The banks there are, by Plaid's ids of its own sandbox. */
const INSTITUTIONS: readonly WorldInstitution[] = [
  {
    id: "ins_109508",
    name: "First Platypus Bank",
    url: "https://platypus.example.com",
    primaryColor: "#1f1f1f",
    routingNumbers: ["011000138", "011200365"],
    oauth: false,
  },
  {
    id: "ins_109509",
    name: "First Gingham Credit Union",
    url: "https://gingham.example.com",
    primaryColor: "#1e4e79",
    routingNumbers: ["211370545"],
    oauth: false,
  },
  {
    id: "ins_109510",
    name: "Tattersall Federal Credit Union",
    url: "https://tattersall.example.com",
    primaryColor: "#5b2c83",
    routingNumbers: ["256074974"],
    oauth: true,
    tokenizes: true,
  },
  {
    id: "ins_109511",
    name: "Tartan Bank",
    url: "https://tartan.example.com",
    primaryColor: "#0a6847",
    routingNumbers: ["042000013"],
    oauth: true,
  },
  {
    id: "ins_109512",
    name: "Houndstooth Bank",
    url: "https://houndstooth.example.com",
    primaryColor: "#004966",
    routingNumbers: ["011401533"],
    oauth: false,
  },
  {
    id: "ins_109513",
    name: "Royal Bank of Plaid",
    url: "https://royal.example.com",
    primaryColor: "#00395d",
    routingNumbers: [],
    oauth: true,
    countryCodes: ["CA", "DE", "GB"],
  },
  {
    // of all banks the one that tells when its balances were updated
    id: "ins_128026",
    name: "Capital One",
    url: "https://capital-one.example.com",
    primaryColor: "#004879",
    routingNumbers: ["031176110"],
    oauth: true,
  },
  {
    id: "ins_132361",
    name: "Herringbone Trust",
    url: "https://herringbone.example.com",
    primaryColor: "#7a1f1f",
    routingNumbers: ["011000138"],
    oauth: false,
    isDown: true,
  },
];

/** The bank of this id; null when there is none. */
export function institutionOf(id: string): WorldInstitution | null {
  return INSTITUTIONS.find((institution) => institution.id === id) ?? null;
}

/** All banks there are, in the order of their ids; those of these countries, where some are named. */
export function listInstitutions(countryCodes?: readonly string[]): readonly WorldInstitution[] {
  return countryCodes ? INSTITUTIONS.filter((institution) => worksIn(institution, countryCodes)) : INSTITUTIONS;
}

/** Where the bank works, ISO 3166-1 alpha-2. */
export function countriesOf({ countryCodes }: WorldInstitution): readonly string[] {
  return countryCodes ?? ["US"];
}

/** Whether the bank works in one of these countries. */
export function worksIn(institution: WorldInstitution, countryCodes: readonly string[]): boolean {
  return countriesOf(institution).some((code) => countryCodes.includes(code));
}
