// Written by `npm run codegen` from schema/schema.graphql and examples/operations.

      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "Account": [
      "CreditAccount",
      "DepositoryAccount",
      "InvestmentAccount",
      "LoanAccount",
      "OtherAccount"
    ],
    "Liability": [
      "CreditCardLiability",
      "MortgageLiability",
      "StudentLoanLiability"
    ],
    "Node": [
      "AuditCopy",
      "CreditAccount",
      "CreditCardLiability",
      "DepositoryAccount",
      "Event",
      "Holding",
      "Institution",
      "InvestmentAccount",
      "InvestmentTransaction",
      "Item",
      "LoanAccount",
      "MortgageLiability",
      "OtherAccount",
      "Relay",
      "Report",
      "ReportAccount",
      "ReportContent",
      "ReportItem",
      "ReportSource",
      "Security",
      "StudentLoanLiability",
      "Transaction"
    ]
  }
};
      export default result;
    