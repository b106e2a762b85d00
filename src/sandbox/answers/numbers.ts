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
import type { Country, PlannedNumbers, UserPlan } from "../world/plan.ts";
import type { WorldAccount, WorldInvestment } from "../world/world.ts";

/** Money is sent to and from these. */
const PAYABLE: ReadonlySet<string> = new Set(["checking", "savings", "cash management"]);

/** Whether /auth/get has anything to tell of the account. */
export function hasNumbers({ plan }: WorldAccount): boolean {
  return plan.type === "depository" && (PAYABLE.has(plan.subtype) || plan.numbers !== undefined);
}

/** The kinds of numbers that accounts of a country have. */
const KINDS: Readonly<Record<Country, PlannedNumbers>> = {
  US: { ach: {} },
  CA: { eft: {} },
  GB: { bacs: { sortCode: "601613" }, international: {} },
  DE: { international: {} },
};

/** The accounts' numbers, in the manner of their countries. They end in the mask, and are the same at every link, but for tokens. */
export function numbersAnswer(user: UserPlan, accounts: readonly WorldAccount[]): Plain<AuthGetNumbers> {
  const told = accounts.map((account) => ({
    account,
    numbers: account.plan.numbers ?? KINDS[account.plan.country ?? "US"],
  }));
  const each = <T>(numberOf: (user: UserPlan, account: WorldAccount, numbers: PlannedNumbers) => T | null): T[] =>
    told.flatMap(({ account, numbers }) => numberOf(user, account, numbers) ?? []);
  return { ach: each(achOf), eft: each(eftOf), international: each(internationalOf), bacs: each(bacsOf) };
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

function achOf(
  user: UserPlan,
  account: WorldAccount,
  { account: number, ach }: PlannedNumbers,
): Plain<NumbersACH> | null {
  if (!ach) return null;
  const isToken = account.persistentId !== null;
  return {
    account_id: account.id,
    account: isToken ? digits(createChance("token", account.id), 16) : (number ?? digitsOf(user, account, 12)),
    is_tokenized_account_number: isToken,
    routing: ach.routing ?? institutionOf(user.institutionId)?.routingNumbers[0] ?? "011401533",
    wire_routing: ach.wire ?? "021000021",
  };
}

function eftOf(
  user: UserPlan,
  account: WorldAccount,
  { account: number, eft }: PlannedNumbers,
): Plain<NumbersEFT> | null {
  if (!eft) return null;
  const { institution = "621", branch = "01140" } = eft;
  return { account_id: account.id, account: number ?? digitsOf(user, account, 7), institution, branch };
}

function bacsOf(
  user: UserPlan,
  account: WorldAccount,
  { account: number, bacs }: PlannedNumbers,
): Plain<NumbersBACS> | null {
  return bacs
    ? { account_id: account.id, account: number ?? digitsOf(user, account, 8), sort_code: bacs.sortCode }
    : null;
}

function internationalOf(
  user: UserPlan,
  account: WorldAccount,
  { bacs, international }: PlannedNumbers,
): Plain<NumbersInternational> | null {
  if (!international) return null;
  const number = bacs ? `ROYP${bacs.sortCode}${digitsOf(user, account, 8)}` : `50010517${digitsOf(user, account, 10)}`;
  const country = bacs ? "GB" : "DE";
  const { iban = ibanOf(country, number), bic = `ROYP${country}2L` } = international;
  return { account_id: account.id, iban, bic };
}

/** With the two digits that make the whole, its letters as numbers, 1 modulo 97 (ISO 13616). */
function ibanOf(country: string, bban: string): string {
  const digits = `${bban}${country}00`.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  const check = String(98n - (BigInt(digits) % 97n)).padStart(2, "0");
  return `${country}${check}${bban}`;
}

/** So many digits, the last of them the mask. */
function digitsOf({ institutionId }: UserPlan, { plan }: Pick<WorldAccount, "plan">, length: number): string {
  const chance = createChance("account number", institutionId, plan.key);
  return `${digits(chance, length - plan.mask.length)}${plan.mask}`;
}

function digits(chance: Chance, length: number): string {
  return Array.from({ length }, () => chance.int(0, 9)).join("");
}
