import type { PlannedNumbers } from "../world/plan.ts";
import type { CustomAccount } from "./custom-user-schema.ts";

/**
 * An account's numbers, as far as they are told: of the kinds that any number is told of, and American when none says otherwise.
 * Undefined when none is told at all.
 */
export function customNumbers(numbers: CustomAccount["numbers"]): PlannedNumbers | undefined {
  if (!numbers || Object.values(numbers).every((number) => number === undefined)) return undefined;
  const { ach_routing: routing, ach_wire_routing: wire, eft_institution: institution, eft_branch: branch } = numbers;
  const { international_iban: iban, international_bic: bic, bacs_sort_code: sortCode } = numbers;
  const abroad: PlannedNumbers = {
    ...((institution ?? branch) !== undefined && { eft: { institution, branch } }),
    ...(sortCode !== undefined && { bacs: { sortCode } }),
    ...((iban ?? bic) !== undefined && { international: { iban, bic } }),
  };
  const isAmerican = (routing ?? wire) !== undefined || Object.keys(abroad).length === 0;
  return { account: numbers.account ?? iban, ...abroad, ...(isAmerican && { ach: { routing, wire } }) };
}
