import { describe, expect, it } from "@jest/globals";
import { addMonths, dayAt, isoDate } from "../../../../src/sandbox/world/day.ts";
import { createLoan, type LoanTerms } from "../../../../src/sandbox/world/loan.ts";

const TERMS: LoanTerms = {
  principal: 1_200_000,
  yearlyBasisPoints: 600,
  months: 24,
  began: { paidAtLinking: 6 },
  paymentDate: 15,
  escrow: 0,
};
const linked = dayAt(2026, 5, 20);
const loan = createLoan(TERMS, linked);
const paymentDays = Array.from({ length: TERMS.months }, (_, n) => addMonths(dayAt(2026, 0, 15), n));

describe("a loan's schedule", () => {
  it("is anchored so that the payments made by the day of linking are those agreed", () => {
    expect(isoDate(loan.originated)).toBe("2025-12-15");
    expect(isoDate(loan.paidOff)).toBe("2027-12-15");
    expect(loan.at(linked)).toMatchObject({
      paymentsMade: 6,
      paymentsLeft: 18,
      lastPayment: { day: dayAt(2026, 5, 15) },
    });
    expect(loan.at(linked).nextPayment?.day).toBe(dayAt(2026, 6, 15));
  });

  it("repays the principal, no more and no less, in equal payments", () => {
    const payments = paymentDays.map((day) => loan.paymentOn(day));
    const repaid = payments.reduce((sum, payment) => sum + (payment?.principal ?? Number.NaN), 0);
    expect(repaid).toBe(TERMS.principal);
    const amounts = payments.slice(0, -1).map((payment) => (payment ? payment.interest + payment.principal : 0));
    expect(new Set(amounts).size).toBe(1);
    expect(Math.abs((loan.at(loan.paidOff).lastPayment?.amount ?? 0) - (amounts[0] ?? 0))).toBeLessThan(TERMS.months);
  });

  it("charges each month's interest on what was owed", () => {
    for (const day of paymentDays) {
      expect(loan.paymentOn(day)?.interest).toBe(Math.round(loan.at(day - 1).balance * 0.005));
    }
  });

  it("has no payment on other days, before it began or after it ended", () => {
    for (const day of [linked, loan.originated, addMonths(loan.paidOff, 1)]) expect(loan.paymentOn(day)).toBeNull();
    expect(loan.at(loan.originated - 1)).toMatchObject({
      balance: TERMS.principal,
      paymentsMade: 0,
      lastPayment: null,
    });
    expect(loan.at(addMonths(loan.paidOff, 3))).toMatchObject({ balance: 0, paymentsLeft: 0, nextPayment: null });
  });

  it("counts interest and principal of the calendar year only", () => {
    const inYear = (year: number) => paymentDays.slice((year - 2026) * 12, (year - 2025) * 12);
    const sum = (days: number[], part: "interest" | "principal") =>
      days.reduce((total, day) => total + (loan.paymentOn(day)?.[part] ?? 0), 0);
    expect(loan.at(dayAt(2027, 0, 10))).toMatchObject({ interestThisYear: 0, principalThisYear: 0 });
    for (const year of [2026, 2027]) {
      expect(loan.at(dayAt(year, 11, 31))).toMatchObject({
        interestThisYear: sum(inYear(year), "interest"),
        principalThisYear: sum(inYear(year), "principal"),
      });
    }
    expect(loan.at(dayAt(2028, 6, 1))).toMatchObject({ interestThisYear: 0, principalThisYear: 0 });
  });
});
