import type { PlainSecurity } from "./securities.ts";

type Particulars = Pick<PlainSecurity, "name" | "type"> & Partial<PlainSecurity>;

/** Name, market, sector. */
type Equity = readonly [name: string, market: "XNAS" | "XNYS", sector: string];

const EQUITIES: Readonly<Record<string, Equity>> = {
  AA: ["Alcoa Corp", "XNYS", "Non-Energy Minerals"],
  AAPL: ["Apple Inc", "XNAS", "Electronic Technology"],
  ADBE: ["Adobe Inc", "XNAS", "Technology Services"],
  AMC: ["AMC Entertainment Holdings Inc", "XNYS", "Consumer Services"],
  AMD: ["Advanced Micro Devices Inc", "XNAS", "Electronic Technology"],
  AMZN: ["Amazon.com Inc", "XNAS", "Retail Trade"],
  BA: ["Boeing Co", "XNYS", "Electronic Technology"],
  BAC: ["Bank of America Corp", "XNYS", "Finance"],
  BIO: ["Bio-Rad Laboratories Inc", "XNYS", "Health Technology"],
  "BRK.B": ["Berkshire Hathaway Inc Class B", "XNYS", "Finance"],
  C: ["Citigroup Inc", "XNYS", "Finance"],
  CE: ["Celanese Corp", "XNYS", "Process Industries"],
  CHD: ["Church & Dwight Co Inc", "XNYS", "Consumer Non-Durables"],
  COST: ["Costco Wholesale Corp", "XNAS", "Retail Trade"],
  CRM: ["Salesforce Inc", "XNYS", "Technology Services"],
  CSCO: ["Cisco Systems Inc", "XNAS", "Technology Services"],
  CVX: ["Chevron Corp", "XNYS", "Energy Minerals"],
  D: ["Dominion Energy Inc", "XNYS", "Utilities"],
  DIS: ["Walt Disney Co", "XNYS", "Consumer Services"],
  F: ["Ford Motor Co", "XNYS", "Consumer Durables"],
  FN: ["Fabrinet", "XNYS", "Electronic Technology"],
  GD: ["General Dynamics Corp", "XNYS", "Electronic Technology"],
  GE: ["General Electric Co", "XNYS", "Producer Manufacturing"],
  GM: ["General Motors Co", "XNYS", "Consumer Durables"],
  GME: ["GameStop Corp", "XNYS", "Retail Trade"],
  GOOG: ["Alphabet Inc Class C", "XNAS", "Technology Services"],
  GOOGL: ["Alphabet Inc Class A", "XNAS", "Technology Services"],
  GPRO: ["GoPro Inc", "XNAS", "Electronic Technology"],
  HD: ["Home Depot Inc", "XNYS", "Retail Trade"],
  IBM: ["International Business Machines Corp", "XNYS", "Technology Services"],
  INTC: ["Intel Corp", "XNAS", "Electronic Technology"],
  JNJ: ["Johnson & Johnson", "XNYS", "Health Technology"],
  JPM: ["JPMorgan Chase & Co", "XNYS", "Finance"],
  KO: ["Coca-Cola Co", "XNYS", "Consumer Non-Durables"],
  MA: ["Mastercard Inc", "XNYS", "Finance"],
  MCD: ["McDonald's Corp", "XNYS", "Consumer Services"],
  META: ["Meta Platforms Inc Class A", "XNAS", "Technology Services"],
  MRNA: ["Moderna Inc", "XNAS", "Health Technology"],
  MSFT: ["Microsoft Corp", "XNAS", "Technology Services"],
  NET: ["Cloudflare Inc", "XNYS", "Technology Services"],
  NFLX: ["Netflix Inc", "XNAS", "Technology Services"],
  NKE: ["Nike Inc Class B", "XNYS", "Consumer Non-Durables"],
  NVDA: ["NVIDIA Corp", "XNAS", "Electronic Technology"],
  ORCL: ["Oracle Corp", "XNYS", "Technology Services"],
  PAGP: ["Plains GP Holdings LP", "XNAS", "Industrial Services"],
  PAYX: ["Paychex Inc", "XNAS", "Technology Services"],
  PEP: ["PepsiCo Inc", "XNAS", "Consumer Non-Durables"],
  PFE: ["Pfizer Inc", "XNYS", "Health Technology"],
  PG: ["Procter & Gamble Co", "XNYS", "Consumer Non-Durables"],
  PYPL: ["PayPal Holdings Inc", "XNAS", "Technology Services"],
  SBUX: ["Starbucks Corp", "XNAS", "Consumer Services"],
  T: ["AT&T Inc", "XNYS", "Communications"],
  TDY: ["Teledyne Technologies Inc", "XNYS", "Electronic Technology"],
  TGT: ["Target Corp", "XNYS", "Retail Trade"],
  TSLA: ["Tesla Inc", "XNAS", "Consumer Durables"],
  UBER: ["Uber Technologies Inc", "XNYS", "Transportation"],
  V: ["Visa Inc Class A", "XNYS", "Finance"],
  VZ: ["Verizon Communications Inc", "XNYS", "Communications"],
  WFC: ["Wells Fargo & Co", "XNYS", "Finance"],
  WMT: ["Walmart Inc", "XNYS", "Retail Trade"],
  XEL: ["Xcel Energy Inc", "XNAS", "Utilities"],
  XOM: ["Exxon Mobil Corp", "XNYS", "Energy Minerals"],
};

const FUNDS: Readonly<Record<string, readonly [name: string, type: "etf" | "mutual fund"]>> = {
  AGG: ["iShares Core U.S. Aggregate Bond ETF", "etf"],
  BND: ["Vanguard Total Bond Market ETF", "etf"],
  GLD: ["SPDR Gold Shares", "etf"],
  IVV: ["iShares Core S&P 500 ETF", "etf"],
  IWM: ["iShares Russell 2000 ETF", "etf"],
  QQQ: ["Invesco QQQ Trust", "etf"],
  SCHD: ["Schwab U.S. Dividend Equity ETF", "etf"],
  SPY: ["SPDR S&P 500 ETF Trust", "etf"],
  VEA: ["Vanguard FTSE Developed Markets ETF", "etf"],
  VNQ: ["Vanguard Real Estate ETF", "etf"],
  VOO: ["Vanguard S&P 500 ETF", "etf"],
  VTI: ["Vanguard Total Stock Market ETF", "etf"],
  VWO: ["Vanguard FTSE Emerging Markets ETF", "etf"],
  VXUS: ["Vanguard Total International Stock ETF", "etf"],
  FXAIX: ["Fidelity 500 Index Fund", "mutual fund"],
  SWPPX: ["Schwab S&P 500 Index Fund", "mutual fund"],
  VFIAX: ["Vanguard 500 Index Fund Admiral Shares", "mutual fund"],
  VTSAX: ["Vanguard Total Stock Market Index Fund Admiral Shares", "mutual fund"],
};

const COINS: Readonly<Record<string, string>> = {
  ADA: "Cardano",
  BTC: "Bitcoin",
  DOGE: "Dogecoin",
  ETH: "Ethereum",
  LTC: "Litecoin",
  SOL: "Solana",
  XRP: "XRP",
};

/** What is known of a security by its ticker: from the tables here, or of an option from its symbol itself. Null when nothing is. */
export function tickerParticulars(ticker: string): Particulars | null {
  const equity = known(EQUITIES, ticker);
  if (equity) return { name: equity[0], type: "equity", market_identifier_code: equity[1], sector: equity[2] };
  const fund = known(FUNDS, ticker);
  if (fund) return { name: fund[0], type: fund[1] };
  if (ticker === "NYA") return { name: "NYSE Composite Index", type: "other" };
  return heldCurrency(ticker) ?? option(ticker);
}

/** What the table has; a file may name what every object has, like "constructor". */
function known<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** "CUR:" and a currency, as Plaid has them: cash, or a coin. */
function heldCurrency(ticker: string): Particulars | null {
  const [prefix, code] = ticker.split(":");
  if (prefix !== "CUR" || !code) return null;
  const coin = known(COINS, code);
  return coin ? { name: coin, type: "cryptocurrency" } : { name: code, type: "cash", is_cash_equivalent: true };
}

/** Of the Options Clearing Corporation: "F241108C00005000" is a call on F at 5.000 that expires on 2024-11-08. */
function option(ticker: string): Particulars | null {
  const [, underlying, yy, mm, dd, kind, strike] = /^([A-Z]{1,6})(\d\d)(\d\d)(\d\d)([CP])(\d{8})$/.exec(ticker) ?? [];
  const expires = `20${yy}-${mm}-${dd}`;
  if (!underlying || Number.isNaN(Date.parse(expires))) return null;
  const type = kind === "C" ? "call" : "put";
  const price = Number(strike) / 1000;
  return {
    name: `${underlying} ${expires} $${price} ${type === "call" ? "Call" : "Put"}`,
    type: "derivative",
    option_contract: {
      contract_type: type,
      expiration_date: expires,
      strike_price: price,
      underlying_security_ticker: underlying,
    },
  };
}
