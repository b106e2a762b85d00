import type { InstitutionRecord } from "../../adapters/adapter/institutions.ts";
import type {
  AccountRecord,
  Adapter,
  HoldingRecord,
  ItemRecord,
  LiabilityRecord,
  Reading,
  SecurityRecord,
} from "../../adapters/adapter.ts";
import { GatewayError } from "../../src/errors.ts";

/** One call that an adapter got. */
export interface FakeCall {
  /** The adapter's method, e.g. "readAccounts". */
  method: string;
  /** The access token, where there was one. */
  token: string | null;
  signal: AbortSignal | null;
}

/** An aggregator in memory that counts its calls. */
export interface FakeAdapter extends Adapter {
  /** In the order in which they came. */
  readonly calls: FakeCall[];
  /** How often a method was called. */
  count(method: string): number;
}

/** When the fake's answers come. */
export const FAKE_FETCHED_AT = "2026-03-01T12:00:00.000Z";

/**
 * An aggregator with one checking account, one brokerage account that holds one fund, and one card. Methods given in
 * `changes` take the place of the fake's; one given as undefined is a capability that it lacks.
 */
export function fakeAdapter(changes: Partial<Adapter> = {}): FakeAdapter {
  const calls: FakeCall[] = [];
  const plain = { ...answers, ...changes };
  return Object.assign(counted(plain, calls), {
    calls,
    count: (method: string) => calls.filter((call) => call.method === method).length,
  });
}

/** An answer of an endpoint, with nothing left out. */
export function reading<T>(endpoint: string, data: T): Reading<T> {
  return {
    data,
    origin: { endpoint, requestId: `request-of-${endpoint}`, fetchedAt: FAKE_FETCHED_AT },
    leftOut: [],
    itemError: null,
  };
}

function counted(adapter: Adapter, calls: FakeCall[]): Adapter {
  const methods = Object.entries(adapter).map(([method, value]) => {
    if (typeof value !== "function") return [method, value];
    const call = (...args: { token?: string; signal?: AbortSignal }[]) => {
      const last = args.at(-1);
      calls.push({ method, token: last?.token ?? null, signal: last?.signal ?? null });
      return value(...args);
    };
    return [method, call];
  });
  return Object.fromEntries(methods) as Adapter; // the same names and types, each method counted
}

export const checking = accountRecord({ remoteId: "acc-checking", name: "Checking", type: "DEPOSITORY" });
export const brokerage = accountRecord({ remoteId: "acc-brokerage", name: "Brokerage", type: "INVESTMENT" });
export const card = accountRecord({ remoteId: "acc-card", name: "Card", type: "CREDIT" });

/** An account as an adapter gives it. */
export function accountRecord(change: Partial<AccountRecord> = {}): AccountRecord {
  return {
    remoteId: "acc-1",
    name: "Account",
    officialName: null,
    mask: "0000",
    type: "DEPOSITORY",
    subtype: null,
    verification: null,
    persistentAccountId: null,
    holderCategory: null,
    record: { account_id: change.remoteId ?? "acc-1" },
    balances: {
      available: "100",
      current: "110.5",
      limit: null,
      marginLoan: null,
      currency: "USD",
      currencyOfficial: true,
      lastUpdatedAt: null,
    },
    ...change,
  };
}

const fund: SecurityRecord = {
  remoteId: "sec-fund",
  name: "Fund",
  tickerSymbol: "FND",
  type: "mutual fund",
  isCashEquivalent: false,
  isin: null,
  cusip: null,
  sedol: null,
  institutionSecurityId: null,
  remoteInstitutionId: null,
  remoteProxySecurityId: null,
  closePrice: "10",
  closePriceAsOf: "2026-02-27",
  closePriceDatetime: null,
  currency: "USD",
  currencyOfficial: true,
  marketIdentifierCode: null,
  sector: null,
  industry: null,
  optionContract: null,
  fixedIncome: null,
};

const holding: HoldingRecord = {
  key: "acc-brokerage/sec-fund",
  remoteAccountId: "acc-brokerage",
  remoteSecurityId: "sec-fund",
  quantity: "3",
  institutionPrice: "10",
  institutionPriceAsOf: "2026-02-27",
  institutionPriceDatetime: null,
  institutionValue: "30",
  costBasis: "20",
  vestedQuantity: null,
  vestedValue: null,
  currency: "USD",
  currencyOfficial: true,
  record: { security_id: "sec-fund" },
};

const cardTerms: LiabilityRecord = {
  kind: "CREDIT_CARD",
  key: "credit/acc-card",
  remoteAccountId: "acc-card",
  lastPaymentAmount: "25",
  lastPaymentDate: "2026-02-01",
  nextPaymentDueDate: "2026-03-15",
  isOverdue: false,
  aprs: [],
  lastStatementIssueDate: null,
  lastStatementBalance: null,
  minimumPaymentAmount: "20",
  record: { account_id: "acc-card" },
};

const institution: InstitutionRecord = {
  remoteId: "ins_1",
  name: "Bank One",
  url: null,
  primaryColor: null,
  logo: null,
  oauth: null,
  products: null,
  countryCodes: null,
  routingNumbers: null,
  dtcNumbers: null,
  status: null,
};

const itemRecord: ItemRecord = {
  remoteId: "remote-item",
  institutionName: "Bank One",
  remoteInstitutionId: "ins_1",
  products: ["ASSETS"],
  availableProducts: [],
  billedProducts: ["ASSETS"],
  consentedProducts: null,
  authMethod: null,
  updateType: null,
  consentExpiresAt: null,
  webhook: null,
  lastWebhookAt: null,
  lastWebhookCode: null,
  freshness: [],
  error: null,
  record: { item_id: "remote-item" },
};

const answers: Adapter = {
  provider: "PLAID",
  products: ["ACCOUNTS", "BALANCE", "INVESTMENTS", "LIABILITIES"],
  sandbox: true,
  reportLimits: { items: 99, days: 731 },
  availability: () => ({ available: true, retryAt: null }),
  close: () => {},
  readItem: async () => reading("/item/get", itemRecord),
  removeItem: async () => {},
  readInstitution: async (remoteId) => reading("/institutions/get_by_id", { ...institution, remoteId }),
  readAccounts: async () => reading("/accounts/get", [checking, brokerage, card]),
  readBalances: async () => reading("/accounts/balance/get", [checking, brokerage, card]),
  readHoldings: async () =>
    reading("/investments/holdings/get", { accounts: [brokerage], holdings: [holding], securities: [fund] }),
  readLiabilities: async () => reading("/liabilities/get", { accounts: [card], liabilities: [cardTerms] }),
  webhooks: {
    verify: () => Promise.reject(new GatewayError("UNAUTHENTICATED", "The fake aggregator sends no webhooks.")),
    parse: () => {
      throw new GatewayError("BAD_USER_INPUT", "The fake aggregator sends no webhooks.");
    },
  },
};
