import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from "graphql";

/** Arguments of fields below the roots: those required, and fewer records of the lists that stand deep. */
const ARGUMENTS: Record<string, string> = {
  unavailable: "(product: LIABILITIES)",
  historicalBalances: "(days: 31)",
  transactions: "(first: 10)",
  holdings: "(first: 10)",
  investmentTransactions: "(first: 10)",
};
/** Objects with a life of their own: below another object only their own values are selected. */
const NEIGHBOURS = new Set([
  "Item",
  "Account",
  "Institution",
  "Security",
  "Liability",
  "CreditCardLiability",
  "ReportSource",
  "ItemError",
]);

/** A selection of every field of a type, through fragments for its concrete types; of neighbours below it, of their values. */
export function selectEverything(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  within: readonly string[] = [],
): string {
  if (isLeafType(type)) return "";
  const below =
    within.some((name) => NEIGHBOURS.has(name)) ||
    within.some((name) => /^(Holding|InvestmentTransaction|Report\w*|Transaction)$/.test(name));
  const valuesOnly = (below && NEIGHBOURS.has(type.name)) || within.includes(type.name);
  if (isAbstractType(type)) {
    const concrete = schema
      .getPossibleTypes(type)
      .map((one) => `... on ${one.name} ${selectFields(schema, one, [...within, type.name], valuesOnly)}`);
    return `{ __typename ${concrete.join(" ")} }`;
  }
  return selectFields(schema, type, [...within, type.name], valuesOnly);
}

function selectFields(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  way: readonly string[],
  valuesOnly: boolean,
): string {
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const of = getNamedType(field.type);
    if (field.name === "edges" || (valuesOnly && !isLeafType(of))) return [];
    if (of.name.endsWith("Connection") && way.filter((name) => name.endsWith("Connection")).length >= 2) return [];
    // concrete types give one name values of different types (liability)
    const alias = isLeafType(of) ? "" : `${field.name}Of${type.name}: `;
    const args = field.args.length > 0 ? (ARGUMENTS[field.name] ?? "") : "";
    return [`${alias}${field.name}${args} ${selectEverything(schema, of, way)}`];
  });
  return `{ __typename ${fields.join(" ")} }`;
}
