import type { KindName } from "../world/kinds.ts";

/** The first that fits tells the kind. */
const WORDS: readonly (readonly [RegExp, KindName])[] = [
  [/payroll|direct dep|salary|wages|paycheck/i, "wages"],
  [/interest.*(charge|fee)|finance charge/i, "interestCharged"],
  [/interest|intrst/i, "interestEarned"],
  [/student/i, "studentPayment"],
  [/mortgage/i, "mortgagePayment"],
  [/credit c(ar)?d|discover|amex|card payment/i, "cardPayment"],
  [/\brent\b|apartment/i, "rent"],
  [/electric|energy|power/i, "electricity"],
  [/water/i, "water"],
  [/internet|comcast|fiber/i, "internet"],
  [/at&t|\bt-mobile|verizon|mobile/i, "telephone"],
  [/insurance/i, "insurance"],
  [/\batm\b|cash/i, "cash"],
  [/grocer|supermarket|whole foods|trader joe|safeway|kroger/i, "groceries"],
  [/coffee|starbucks|caf[eé]/i, "coffee"],
  [/mcdonald|restaurant|pizza|grill|burger|doordash|kfc/i, "restaurant"],
  [/gas station|\bshell\b|chevron|exxon|fuel/i, "fuel"],
  [/uber|lyft|taxi/i, "ride"],
  [/netflix|hulu/i, "streaming"],
  [/spotify/i, "music"],
  [/sparkfun|best buy|apple store/i, "electronics"],
  [/pharmacy|cvs|walgreens/i, "pharmacy"],
  [/\bgym\b|fitness/i, "gym"],
];

/** What a transaction is for, as far as the bank's words and its direction tell. */
export function kindOfWords(words: string, amount: number): KindName {
  const found = WORDS.find(([pattern]) => pattern.test(words));
  return found?.[1] ?? (amount < 0 ? "deposit" : "service");
}
