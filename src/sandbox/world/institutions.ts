/** A bank of the imitated world. */
export interface WorldInstitution {
  id: string;
  name: string;
  url: string;
  primaryColor: string;
  routingNumbers: string[];
  oauth: boolean;
  /** It gives every link account numbers of its own. */
  tokenizes?: boolean;
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
];

/** The bank of this id; null when there is none. */
export function institutionOf(id: string): WorldInstitution | null {
  return INSTITUTIONS.find((institution) => institution.id === id) ?? null;
}

/** All banks there are, in the order of their ids. */
export function listInstitutions(): readonly WorldInstitution[] {
  return INSTITUTIONS;
}
