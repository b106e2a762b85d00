import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Gateway, importItem, startGateway, testSandbox } from "../support/gateway.ts";

const TODAY = new Date().toISOString().slice(0, 10);
const ADA = {
  override_accounts: [
    {
      ...{ type: "depository", subtype: "checking", starting_balance: 1500.25, currency: "EUR" },
      meta: { name: "Everyday", mask: "4321", limit: 500 },
      numbers: { international_iban: "IE29AIBK93115212345678", international_bic: "BOFIIE2D" },
      identity: { names: ["Ada Lovelace"] },
      transactions: [
        { date_transacted: "2020-01-02", date_posted: "2020-01-03", amount: -12.5, description: "An old refund" },
        { date_transacted: TODAY, date_posted: "2098-01-03", amount: 3, description: "Slow", currency: "XYZZY" },
      ],
    },
    { type: "credit", starting_balance: 80, transactions: [], liability: { type: "credit", purchase_apr: 16.99 } },
    {
      type: "loan",
      liability: {
        type: "student",
        principal: 9_000,
        loan_name: "Ada's Loan",
        repayment_model: { repayment_months: 90 },
      },
    },
    {
      type: "investment",
      holdings: [{ quantity: 2, institution_price: 0.00012345, security: { ticker_symbol: "ZZZZ", name: "Zed" } }],
    },
    { type: "payroll", starting_balance: 1 },
  ],
};

const EVERYTHING = `{
  accounts { nodes {
    __typename name mask balances { current available limit currency } owners { names }
    ... on DepositoryAccount { numbers { international { iban bic } } }
  } unavailable { product error { errorCode } } }
  transactions { nodes { name amount currency currencyOfficial date pending } unavailable { product } }
  holdings { nodes { quantity institutionPrice institutionValue security { name tickerSymbol } } unavailable { product } }
  liabilities { nodes { __typename ... on StudentLoanLiability { loanName originationPrincipalAmount } } unavailable { product } }
}`;

describe("custom users of the sandbox, through the gateway", () => {
  let sandbox: Sandbox;
  let gateway: Gateway;
  beforeAll(async () => {
    sandbox = await testSandbox();
    gateway = await startGateway(sandbox);
  });
  afterAll(async () => {
    await gateway.close();
    await sandbox.close();
  });

  it("are linked by a public token, and told of as their file tells", async () => {
    const ada = { viewer: "ada" };
    const linked = await gateway.query(
      "mutation ($t: String!) { linkItem(input: { publicToken: $t }) { item { id } } }",
      { t: sandbox.createPublicToken({ custom: ADA }) },
      ada,
    );
    expect(linked.errors).toEqual([]);
    const { data, errors } = await gateway.query(EVERYTHING, {}, ada);
    expect(errors).toEqual([]);
    const [checking, card, loan, brokerage, payroll] = data.accounts.nodes;
    expect(data.accounts.nodes).toHaveLength(5);
    expect(checking).toEqual({
      ...{ __typename: "DepositoryAccount", name: "Everyday", mask: "4321", owners: [{ names: ["Ada Lovelace"] }] },
      balances: { current: "1500.25", available: "1497.25", limit: "500", currency: "EUR" },
      numbers: { international: [{ iban: "IE29AIBK93115212345678", bic: "BOFIIE2D" }] },
    });
    expect(card).toMatchObject({
      __typename: "CreditAccount",
      balances: { current: "80", available: null, limit: null },
    });
    expect(loan).toMatchObject({ __typename: "LoanAccount", owners: [{ names: ["Ada Lovelace"] }] });
    expect(brokerage).toMatchObject({ __typename: "InvestmentAccount", balances: { current: "0.0002469" } });
    expect(payroll).toMatchObject({ name: "Plaid Payroll", balances: { current: "1" } });
    expect(data.holdings.nodes).toEqual([
      {
        ...{ quantity: "2", institutionPrice: "0.00012345", institutionValue: "0.0002469" },
        security: { name: "Zed", tickerSymbol: "ZZZZ" },
      },
    ]);
    expect(data.liabilities.nodes).toEqual([
      { __typename: "CreditCardLiability" },
      { __typename: "StudentLoanLiability", loanName: "Ada's Loan", originationPrincipalAmount: "9000" },
    ]);
    expect(data.transactions.nodes).toContainEqual({
      ...{ name: "Slow", amount: "3", currency: "XYZZY", currencyOfficial: false, date: TODAY, pending: true },
    });
  });

  it("at Link Money, and one whose error is forced beside it", async () => {
    const bo = { viewer: "bo" };
    const item = (provider: "PLAID" | "LINK_MONEY", custom: object) =>
      importItem(gateway, { provider, accessToken: sandbox.createItem(provider, { custom }).accessToken }, bo);
    await item("LINK_MONEY", { override_accounts: ADA.override_accounts.slice(0, 2) });
    await item("PLAID", { force_error: "ITEM_LOCKED" });
    const { data, errors } = await gateway.query(
      "{ accounts { nodes { name balances { current } } unavailable { action error { errorCode } } } }",
      {},
      bo,
    );
    expect(errors).toEqual([]);
    expect(data.accounts).toEqual({
      nodes: [
        { name: "Everyday", balances: { current: "1500.25" } },
        { name: "Plaid Credit Card", balances: { current: "80" } },
      ],
      unavailable: [{ action: expect.any(String), error: { errorCode: "ITEM_LOCKED" } }],
    });
  });
});
