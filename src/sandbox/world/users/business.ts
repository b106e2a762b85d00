import { ach, internal } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { bill, card, income, payInterest, repay, shopping, sweep } from "../routines.ts";

const firm = { officialName: null, holder: "business", owner: OWNERS.bakery } as const;
const sales = (reference: string) =>
  ach("deposit", "Card Sales", { raw: `MERCHANT DEPOSIT ${reference}`, payer: "Hopp Payments" });

/** A bakery: a term loan that is paid back, a line of credit of which only the interest is, a card, and the till's takings each week. */
export const business: UserPlan = {
  institutionId: "ins_109511",
  accounts: [
    {
      ...{ ...firm, key: "operating", name: "Business Checking", mask: "3910" },
      ...{ type: "depository", subtype: "checking", opening: 1_864_200 },
    },
    {
      ...{ ...firm, key: "reserve", name: "Tax Reserve", mask: "3920" },
      ...{ type: "depository", subtype: "money market", opening: 2_400_000 },
    },
    {
      ...{ ...firm, key: "card", name: "Business Card", mask: "3930" },
      ...{ type: "credit", subtype: "credit card", opening: 142_300, limit: 1_500_000 },
    },
    {
      ...{ ...firm, key: "oven", name: "Equipment Loan", mask: "3940", type: "loan", subtype: "business" },
      terms: {
        ...{ principal: 8_500_000, yearlyBasisPoints: 725, months: 84, began: { paidAtLinking: 29 } },
        ...{ paymentDate: 5, escrow: 0 },
      },
    },
    {
      ...{ ...firm, key: "line", name: "Credit Line", mask: "3950", type: "loan", subtype: "line of credit" },
      ...{ terms: null, opening: 1_750_000 },
    },
  ],
  routines: [
    income("operating", 7, 612_400, sales("300107")),
    income("operating", 14, 588_150, sales("300114")),
    income("operating", 21, 634_900, sales("300121")),
    income("operating", 31, 702_300, sales("300131")),
    bill(
      "operating",
      1,
      310_000,
      ach("rent", "Harbor Street Studios", { raw: "HARBOR ST STUDIOS RENT 0031", payee: "Harbor Street Studios" }),
    ),
    bill(
      "operating",
      15,
      [640_000, 705_000],
      ach("service", "Payroll", { raw: "TERN PAYROLL SERVICE 88120", payee: "Tern Payroll" }),
    ),
    bill(
      "operating",
      10,
      [84_200, 131_700],
      ach("electricity", "Upstate Electric", { raw: "UPSTATE ELECTRIC 905512", payee: "Upstate Electric" }),
    ),
    bill(
      "operating",
      18,
      41_250,
      ach("insurance", "Harbor Mutual Insurance", { raw: "HARBOR MUTUAL INS 77410", payee: "Harbor Mutual" }),
    ),
    repay(
      "oven",
      "operating",
      ach("service", "Equipment Loan", { raw: "TARTAN BUSINESS LOAN PYMT 3940", payee: "Tartan Bank" }),
      { shown: true },
    ),
    payInterest(
      "line",
      { closing: 20, payment: 6 },
      890,
      internal("transferIn", "Payment Received", "LOC PAYMENT RECEIVED"),
    ),
    shopping("card", 100, ["greenMarket"]),
    shopping("card", 100, ["greenMarket", "farmStand"]),
    shopping("card", 40, ["fuel"]),
    card("card", "operating"),
    sweep("operating", "reserve", 27, 1_900_000),
  ],
};
