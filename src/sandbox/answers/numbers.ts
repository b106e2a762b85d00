import type {
  AuthGetNumbers,
  InvestmentsAuthGetNumbers,
  NumbersACH,
  NumbersBACS,
  NumbersEFT,
  NumbersInternational,
} from "plaid";
import type { Plain } from "../plain.ts";
import { type Chance, createChance } from "../world/chance.ts";
import { institutionOf } from "../world/institutions.ts";
import type { Country, UserPlan } from "../world/plan.ts";
import type { WorldAccount, WorldInvestment } from "../world/world.ts";

/** Money is sent to and from these. */
const PAYABLE: ReadonlySet<string> = new Set(["checking", "savings", "cash management"]);

/** Whether /auth/get has anything to tell of the account. */
export function hasNumbers({ plan }: WorldAccount): boolean {
  return plan.type === "depository" && PAYABLE.has(plan.subtype);
}

/** The accounts' numbers, in the manner of their countries. They end in the mask, and are the same at every link, but for tokens. */
export function numbersAnswer(user: UserPlan, accounts: readonly WorldAccount[]): Plain<AuthGetNumbers> {
  const inCountry = <T>(country: Country, numberOf: (account: WorldAccount) => T): T[] =>
    accounts.filter(({ plan }) => (plan.country ?? "US") === country).map(numberOf);
  return {
    ach: inCountry("US", (account) => achOf(user, account)),
    eft: inCountry("CA", (account) => eftOf(user, account)),
    international: [
      ...inCountry("GB", (account) => ibanOf(account, "GB", `ROYP${SORT_CODE}${digitsOf(user, account, 8)}`)),
      ...inCountry("DE", (account) => ibanOf(account, "DE", `50010517${digitsOf(user, account, 10)}`)),
    ],
    bacs: inCountry("GB", (account) => bacsOf(user, account)),
  };
}

/** What investment accounts are moved by: American ones by ACATS, those of employers by their plan, Canadian ones by ATON. */
export function transferNumbers(
  user: UserPlan,
  accounts: readonly WorldInvestment[],
): Plain<InvestmentsAuthGetNumbers> {
  const numbered = accounts.map(({ id, plan }) => ({
    plan,
    number: { account_id: id, account: `TR${digitsOf(user, { plan }, 8)}` },
  }));
  const isCanadian = ({ plan }: Pick<WorldAccount, "plan">) => plan.country === "CA";
  const isEmployers = ({ plan }: Pick<WorldAccount, "plan">) => plan.subtype === "401k";
  return {
    acats: numbered
      .filter((one) => !isCanadian(one) && !isEmployers(one))
      .map(({ number }) => ({ ...number, dtc_numbers: ["0226", "0164"] })),
    aton: numbered.filter(isCanadian).map(({ number }) => number),
    retirement_401k: numbered
      .filter(isEmployers)
      .map(({ plan, number }) => ({ ...number, plan: digitsOf(user, { plan }, 6) })),
  };
}

function achOf(user: UserPlan, account: WorldAccount): Plain<NumbersACH> {
  const routing = institutionOf(user.institutionId)?.routingNumbers[0] ?? "011401533";
  const isToken = account.persistentId !== null;
  return {
    account_id: account.id,
    account: isToken ? digits(createChance("token", account.id), 16) : digitsOf(user, account, 12),
    is_tokenized_account_number: isToken,
    routing,
    wire_routing: "021000021",
  };
}

function eftOf(user: UserPlan, account: WorldAccount): Plain<NumbersEFT> {
  return { account_id: account.id, account: digitsOf(user, account, 7), institution: "621", branch: "01140" };
}

const SORT_CODE = "601613";

function bacsOf(user: UserPlan, account: WorldAccount): Plain<NumbersBACS> {
  return { account_id: account.id, account: digitsOf(user, account, 8), sort_code: SORT_CODE };
}

/** With the two digits that make the whole, its letters as numbers, 1 modulo 97 (ISO 13616). */
function ibanOf({ id }: WorldAccount, country: "GB" | "DE", bban: string): Plain<NumbersInternational> {
  const digits = `${bban}${country}00`.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  const check = String(98n - (BigInt(digits) % 97n)).padStart(2, "0");
  return { account_id: id, iban: `${country}${check}${bban}`, bic: `ROYP${country}2L` };
}

/** So many digits, the last of them the mask. */
function digitsOf({ institutionId }: UserPlan, { plan }: Pick<WorldAccount, "plan">, length: number): string {
  const chance = createChance("account number", institutionId, plan.key);
  return `${digits(chance, length - plan.mask.length)}${plan.mask}`;
}

function digits(chance: Chance, length: number): string {
  return Array.from({ length }, () => chance.int(0, 9)).join("");
}
