import {
  AccountResolver,
  AccountVerificationResolver,
  CreditAccountResolver,
  DepositoryAccountResolver,
  InvestmentAccountResolver,
  InvestmentTransferResolver,
  LoanAccountResolver,
} from "./account.ts";
import { ItemErrorResolver, UnavailableResolver } from "./errors.ts";
import { EventResolver } from "./event.ts";
import { HoldingResolver } from "./holding.ts";
import { InstitutionResolver } from "./institution.ts";
import { InvestmentTransactionResolver } from "./investment-transaction.ts";
import { ItemResolver } from "./item.ts";
import { LiabilityResolver, MortgageLiabilityResolver, StudentLoanLiabilityResolver } from "./liability.ts";
import { NetWorthResolver } from "./net-worth.ts";
import { NodeResolver } from "./node.ts";
import { ProviderResolver } from "./provider.ts";
import { ReportResolver, ReportSourceResolver } from "./report.ts";
import {
  ReportAccountResolver,
  ReportContentResolver,
  ReportItemResolver,
  ReportUserResolver,
  ReportWarningResolver,
} from "./report-content.ts";
import { AuditCopyResolver, RelayResolver } from "./share.ts";
import { SharedReportResolver } from "./shared-report.ts";
import { TransactionResolver } from "./transaction.ts";

/** Every resolver class: the verbs of the schema. */
export const resolvers = [
  AccountResolver,
  AccountVerificationResolver,
  CreditAccountResolver,
  DepositoryAccountResolver,
  InvestmentTransferResolver,
  AuditCopyResolver,
  EventResolver,
  RelayResolver,
  HoldingResolver,
  InstitutionResolver,
  InvestmentAccountResolver,
  InvestmentTransactionResolver,
  ItemErrorResolver,
  ItemResolver,
  LiabilityResolver,
  LoanAccountResolver,
  MortgageLiabilityResolver,
  NetWorthResolver,
  NodeResolver,
  ProviderResolver,
  ReportAccountResolver,
  ReportContentResolver,
  ReportItemResolver,
  ReportResolver,
  ReportSourceResolver,
  ReportUserResolver,
  ReportWarningResolver,
  SharedReportResolver,
  StudentLoanLiabilityResolver,
  TransactionResolver,
  UnavailableResolver,
] as const;
