import { badInput } from "../src/errors.ts";
import { decodeId } from "../src/ids.ts";
import type { ExcludedAccount } from "../src/operations/filter-report.ts";
import { idParts } from "./ids.ts";

const MOST = 1_000;
const FIELD = "input.excludeAccountIds";

/** The accounts that ids of Account or ReportAccount name. @throws GatewayError BAD_USER_INPUT naming the first that is no such id. */
export function excludedAccounts(ids: readonly string[]): ExcludedAccount[] {
  if (ids.length === 0 || ids.length > MOST) throw badInput(FIELD, `${ids.length} ids`, `1 to ${MOST} ids`);
  return ids.map((id, index) => {
    if (decodeId(id)?.type === "ReportAccount") {
      const [sourceId, ordinal] = idParts("ReportAccount", FIELD, id);
      return { sourceId, ordinal: Number(ordinal) };
    }
    const [itemId, remoteId = ""] = idParts("Account", `${FIELD}[${index}]`, id);
    return { itemId, remoteId };
  });
}
