import { ach } from "../description.ts";
import { OWNERS } from "../owners.ts";
import type { UserPlan } from "../plan.ts";
import { bill, card, cash, income, repay, shopping, subscription } from "../routines.ts";

/** The demo household's other half, at Link Money: Cameron's own bank. What Cameron sends on the 3rd arrives in `bank`. */
export const linkMoneyBank: UserPlan = {
  institutionId: "ins_109512",
  accounts: [
    {
      key: "checking",
      name: "Link Money Checking",
      officialName: "Link Money Gold Checking",
      mask: "9606",
      type: "depository",
      subtype: "checking",
      opening: 391_255,
      owner: OWNERS.cameron,
    },
    {
      key: "card",
      name: "Link Money Rewards Card",
      officialName: "Link Money Rewards Credit Card",
      mask: "3434",
      type: "credit",
      subtype: "credit card",
      opening: 52_310,
      limit: 500_000,
      owner: OWNERS.cameron,
    },
    {
      key: "brokerage",
      name: "Link Money Brokerage",
      officialName: null,
      mask: "5757",
      type: "investment",
      subtype: "brokerage",
      withdrawable: true,
      owner: OWNERS.cameron,
      positions: [
        { security: "wholeMarket", quantity: "12.25", price: "118.4", cost: "1249.5" },
        { security: "doubleLine", quantity: "150", price: "10.42", cost: "1605" },
        { security: "dollar", quantity: "318.4", price: "1", cost: "318.4" },
      ],
    },
    {
      key: "student",
      name: "Link Money Student Loan",
      officialName: null,
      mask: "7171",
      type: "loan",
      subtype: "student",
      terms: {
        principal: 2_500_000,
        yearlyBasisPoints: 480,
        months: 120,
        began: { paidAtLinking: 52 },
        paymentDate: 9,
        escrow: 0,
      },
      owner: OWNERS.cameron,
    },
  ],
  routines: [
    income(
      "checking",
      15,
      198_640,
      ach("wages", "Fairview School District", {
        raw: "FAIRVIEW SCHOOL DIST PAYROLL 40117",
        payer: "Fairview School District",
      }),
    ),
    income(
      "checking",
      31,
      198_640,
      ach("wages", "Fairview School District", {
        raw: "FAIRVIEW SCHOOL DIST PAYROLL 40117",
        payer: "Fairview School District",
      }),
    ),
    bill(
      "checking",
      1,
      115_000,
      ach("rent", "Harbor Street Studios", { raw: "HARBOR ST STUDIOS RENT 0022", payee: "Harbor Street Studios" }),
    ),
    bill(
      "checking",
      3,
      90_000,
      ach("transferOut", "Alberta Charleson", {
        raw: "ACH DEBIT A CHARLESON CHK 000000",
        payee: "Alberta Bobbeth Charleson",
      }),
    ),
    repay(
      "student",
      "checking",
      ach("studentPayment", "Link Money Student Loan", {
        raw: "LM STUDENT LOAN PYMT 7171",
        payee: "Link Money Student Loan",
      }),
      {
        shown: true,
      },
    ),
    bill(
      "checking",
      11,
      8_500,
      ach("telephone", "Signal Mobile", { raw: "SIGNAL MOBILE 555027", payee: "Signal Mobile" }),
    ),
    bill(
      "checking",
      18,
      16_240,
      ach("insurance", "Harbor Mutual Insurance", { raw: "HARBOR MUTUAL INS 30977", payee: "Harbor Mutual" }),
    ),
    cash("checking", 5),
    shopping("card", 100, ["beanery"]),
    shopping("card", 30, ["greenMarket", "farmStand"]),
    shopping("card", 18, ["noodles", "trattoria", "taxi"]),
    shopping("card", 6, ["books", "pharmacy"]),
    shopping("card", 8, ["fuel"]),
    subscription("card", 4, "video"),
    card("card", "checking"),
  ],
};
