import type { z } from "zod";
import type { ConfigFault } from "./config-error.ts";
import type { Variable } from "./environment.ts";

/** The environment as the process got it. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What a table of variables reads as: null where one without default is unset. */
export type Values<T extends Record<string, Variable>> = { [N in keyof T]: Value<T[N]> };
type Value<V extends Variable> = V["default"] extends string ? z.output<V["field"]> : z.output<V["field"]> | null;

/** Reads variables and gathers what is wrong with them. */
export interface EnvironmentReader {
  readonly faults: ConfigFault[];
  /** Whether it has a value, readable or not. */
  isSet(name: string): boolean;
  /** The values of a table's variables, their names behind `prefix`. One that cannot be read is a fault and has its default. */
  read<T extends Record<string, Variable>>(table: T, prefix?: string): Values<T>;
}

export function environmentReader(env: Env): EnvironmentReader {
  const faults: ConfigFault[] = [];
  const textOf = (name: string) => env[name]?.trim() || null;

  function readOne(name: string, variable: Variable): unknown {
    const found = textOf(name);
    if (found !== null) {
      const parsed = variable.field.safeParse(found);
      if (parsed.success) return parsed.data;
      const problem = parsed.error.issues.map((issue) => issue.message).join(" and ");
      faults.push({ name, found: variable.secret ? problem : shown(found), wanted: variable.wanted });
    }
    return variable.default === null ? null : variable.field.parse(variable.default);
  }

  return {
    faults,
    isSet: (name) => textOf(name) !== null,
    read<T extends Record<string, Variable>>(table: T, prefix = "") {
      const values = Object.entries(table).map(([name, variable]) => [name, readOne(prefix + name, variable)]);
      return Object.fromEntries(values) as Values<T>;
    },
  };
}

/** A value that is no secret, on one line; what an address may carry of secrets is left out. */
function shown(value: string): string {
  const safe = value.replace(/\/\/[^/]*@/, "//…@").replace(/\?.*$/s, "?…");
  return JSON.stringify(safe.length > 80 ? `${safe.slice(0, 80)}…` : safe);
}
