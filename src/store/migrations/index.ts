import type { Migration } from "kysely/migration";
import { firstTables } from "./0001-first-tables.ts";
import { eventLog } from "./0002-event-log.ts";
import { reportLineage } from "./0003-report-lineage.ts";
import { shares } from "./0004-shares.ts";
import { receivedReports } from "./0005-received-reports.ts";
import { itemLooks } from "./0006-item-looks.ts";
import { accountTypes } from "./0007-account-types.ts";
import { accessEpoch } from "./0008-access-epoch.ts";
import { tokenRotation } from "./0009-token-rotation.ts";

/** Every migration by name, run in the order of the names. One that has been released never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  "0001-first-tables": firstTables,
  "0002-event-log": eventLog,
  "0003-report-lineage": reportLineage,
  "0004-shares": shares,
  "0005-received-reports": receivedReports,
  "0006-item-looks": itemLooks,
  "0007-account-types": accountTypes,
  "0008-access-epoch": accessEpoch,
  "0009-token-rotation": tokenRotation,
};
