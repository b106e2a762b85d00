/**
 * Compares schema/schema.graphql with a contract: `compare-contract.ts <contract.graphql>`. What is missing, and what is there
 * but breaks the contract, is listed and fails.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  BreakingChangeType,
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
} from "graphql";
import { ROOT } from "./source-files.ts";

/** Something of the contract that is not there at all. */
const MISSING = new Set<string>([
  BreakingChangeType.TYPE_REMOVED,
  BreakingChangeType.TYPE_REMOVED_FROM_UNION,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
  BreakingChangeType.IMPLEMENTED_INTERFACE_REMOVED,
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.ARG_REMOVED,
]);

/** What `emitted` lacks of `contract`, and where it breaks it; a changed default breaks it too. */
export function compareWithContract(contract: GraphQLSchema, emitted: GraphQLSchema) {
  const changes = [
    ...findBreakingChanges(contract, emitted),
    ...findDangerousChanges(contract, emitted).filter(
      ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    ),
  ];
  const lines = (wanted: boolean) =>
    changes.filter(({ type }) => MISSING.has(type) === wanted).map(({ description }) => description);
  return { missing: lines(true), broken: lines(false) };
}

if (import.meta.main) {
  const path = process.argv[2];
  if (!path) throw new Error("Say which contract: node scripts/compare-contract.ts <contract.graphql>");
  const read = (file: string) => buildSchema(readFileSync(file, "utf8"));
  const { missing, broken } = compareWithContract(read(path), read(join(ROOT, "schema/schema.graphql")));
  for (const line of missing) console.log(`missing: ${line}`);
  for (const line of broken) console.error(`BROKEN: ${line}`);
  console.log(`Against the contract: ${missing.length} missing, ${broken.length} broken.`);
  if (missing.length + broken.length > 0) process.exitCode = 1;
}
