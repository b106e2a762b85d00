import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer, TestSandbox } from "../start.ts";

type Body = Answer["body"];

const FOLDER = join(import.meta.dirname, "../../../fixtures/custom-users");
const EVER = { start_date: "1900-01-01", end_date: "2199-12-31" };
const PAGE = 500;

/** The published files, by name. */
export const CUSTOM_USER_FILES: readonly string[] = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));

/** A published file, parsed. */
export function customUserFile(name: string): Body {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
}

/** What Plaid answers of an item of a custom user. */
export interface CustomItem {
  accessToken: string;
  ask(path: string, more?: object): Promise<Body>;
  accounts(): Promise<Body[]>;
  /** All transactions, page by page; of one account when given. */
  transactions(accountId?: string): Promise<Body[]>;
  investmentTransactions(): Promise<Body>;
}

export function customItem(sandbox: TestSandbox, custom: unknown): CustomItem {
  const { accessToken } = sandbox.createItem("PLAID", { custom });
  const ask = async (path: string, more: object = {}) => {
    const { body } = await sandbox.atPlaid(path, { access_token: accessToken, ...more });
    return body;
  };
  return {
    accessToken,
    ask,
    accounts: async () => (await ask("/accounts/get")).accounts,
    async transactions(accountId) {
      const all: Body[] = [];
      for (;;) {
        const options = { count: PAGE, offset: all.length, ...(accountId && { account_ids: [accountId] }) };
        const { transactions, total_transactions } = await ask("/transactions/get", { ...EVER, options });
        all.push(...transactions);
        if (all.length === total_transactions) return all;
        if (transactions.length === 0) throw new Error(`only ${all.length} of ${total_transactions} transactions came`);
      }
    },
    investmentTransactions: () => ask("/investments/transactions/get", { ...EVER, options: { count: PAGE } }),
  };
}
