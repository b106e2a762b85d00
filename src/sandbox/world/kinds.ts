/** What a transaction is for: Plaid's legacy category and its personal finance category. */
export interface Kind {
  category: readonly string[];
  categoryId: string;
  primary: string;
  detailed: string;
}

/** Primary category, the rest of the detailed one, legacy id, legacy hierarchy. */
type Row = readonly [primary: string, detail: string, categoryId: string, ...category: string[]];

const ROWS = {
  wages: ["INCOME", "WAGES", "21009000", "Transfer", "Payroll"],
  interestEarned: ["INCOME", "INTEREST_EARNED", "15001000", "Interest", "Interest Earned"],
  interestCharged: ["BANK_FEES", "INTEREST_CHARGE", "15002000", "Interest", "Interest Charged"],
  transferIn: ["TRANSFER_IN", "ACCOUNT_TRANSFER", "21001000", "Transfer", "Internal Account Transfer"],
  transferOut: ["TRANSFER_OUT", "ACCOUNT_TRANSFER", "21001000", "Transfer", "Internal Account Transfer"],
  deposit: ["TRANSFER_IN", "DEPOSIT", "21007000", "Transfer", "Deposit"],
  saving: ["TRANSFER_OUT", "SAVINGS", "21001000", "Transfer", "Internal Account Transfer"],
  cardPayment: ["LOAN_PAYMENTS", "CREDIT_CARD_PAYMENT", "16001000", "Payment", "Credit Card"],
  mortgagePayment: ["LOAN_PAYMENTS", "MORTGAGE_PAYMENT", "16003000", "Payment", "Loan"],
  studentPayment: ["LOAN_PAYMENTS", "STUDENT_LOAN_PAYMENT", "16003000", "Payment", "Loan"],
  rent: ["RENT_AND_UTILITIES", "RENT", "16002000", "Payment", "Rent"],
  electricity: ["RENT_AND_UTILITIES", "GAS_AND_ELECTRICITY", "18068005", "Service", "Utilities", "Electric"],
  water: ["RENT_AND_UTILITIES", "WATER", "18068001", "Service", "Utilities", "Water"],
  internet: ["RENT_AND_UTILITIES", "INTERNET_AND_CABLE", "18031000", "Service", "Internet Services"],
  telephone: ["RENT_AND_UTILITIES", "TELEPHONE", "18063000", "Service", "Telecommunication Services"],
  service: ["GENERAL_SERVICES", "OTHER_GENERAL_SERVICES", "18000000", "Service"],
  insurance: ["GENERAL_SERVICES", "INSURANCE", "18030000", "Service", "Insurance"],
  childcare: ["GENERAL_SERVICES", "CHILDCARE", "21012001", "Transfer", "Withdrawal", "Check"],
  cash: ["TRANSFER_OUT", "WITHDRAWAL", "21012002", "Transfer", "Withdrawal", "ATM"],
  groceries: ["FOOD_AND_DRINK", "GROCERIES", "19047000", "Shops", "Supermarkets and Groceries"],
  coffee: ["FOOD_AND_DRINK", "COFFEE", "13005043", "Food and Drink", "Restaurants", "Coffee Shop"],
  restaurant: ["FOOD_AND_DRINK", "RESTAURANT", "13005000", "Food and Drink", "Restaurants"],
  fuel: ["TRANSPORTATION", "GAS", "22009000", "Travel", "Gas Stations"],
  ride: ["TRANSPORTATION", "TAXIS_AND_RIDE_SHARES", "22016000", "Travel", "Taxi"],
  streaming: ["ENTERTAINMENT", "TV_AND_MOVIES", "18061000", "Service", "Subscription"],
  music: ["ENTERTAINMENT", "MUSIC_AND_AUDIO", "18061000", "Service", "Subscription"],
  electronics: ["GENERAL_MERCHANDISE", "ELECTRONICS", "19013000", "Shops", "Computers and Electronics"],
  books: ["GENERAL_MERCHANDISE", "BOOKSTORES_AND_NEWSSTANDS", "19009000", "Shops", "Bookstores"],
  pharmacy: ["MEDICAL", "PHARMACIES_AND_SUPPLEMENTS", "19043000", "Shops", "Pharmacies"],
  gym: ["PERSONAL_CARE", "GYMS_AND_FITNESS_CENTERS", "17018000", "Recreation", "Gyms and Fitness Centers"],
} as const satisfies Record<string, Row>;

export type KindName = keyof typeof ROWS;

/** What the named kind stands for. */
export function kindOf(name: KindName): Kind {
  const [primary, detail, categoryId, ...category] = ROWS[name];
  return { category, categoryId, primary, detailed: `${primary}_${detail}` };
}

/** Every kind there is. */
export function allKinds(): Kind[] {
  return Object.keys(ROWS).map((name) => kindOf(name as KindName));
}
