import type { GraphQLError } from "graphql";

const VARIABLE = /^Variable "\$\w+" got invalid value /;
/** Where in the variable, as graphql-js writes it after the value. */
const PLACE = / at "[\w.[\]]+"$/;

/**
 * How graphql-js and the schema's scalars repeat what they were given, and what is left of that. Each begins where the text does:
 * what a caller has sent cannot make the search long.
 */
const REPEATED: readonly [pattern: RegExp, replacement: string][] = [
  [/^(Argument "\w+" has invalid value) .*$/s, "$1."],
  [/^(\w+(?: "\w+")? cannot represent [^:]*): .*$/s, "$1."],
  [/^(\w+): found .*, wanted /s, "$1: wanted "],
  [/^(Expected value of type "[^"]*"), found .*$/s, "$1."],
];

/**
 * What graphql-js says of a value that does not fit, without the value, which may hold a token or a person's data beside the
 * fault: the variable or argument, the place in it, and the reason. An enum's wrong value is the reason, and stays.
 */
export function withoutValues({ message, originalError }: GraphQLError): string {
  const start = VARIABLE.exec(message)?.[0].trimEnd();
  if (!start) return withoutRepeats(message);
  const reason = originalError?.message;
  if (!reason || !message.endsWith(`; ${reason}`)) return `${start}.`;
  const place = PLACE.exec(message.slice(0, -reason.length - 2))?.[0] ?? "";
  return `${start}${place}; ${withoutRepeats(reason)}`;
}

function withoutRepeats(text: string): string {
  return REPEATED.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
