import { describe, expect, it } from "@jest/globals";
import { execute, type GraphQLObjectType, parse, validate } from "graphql";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Account, CreditAccount } from "../../../schema/account.ts";
import { Item } from "../../../schema/item.ts";
import { CreditCardLiability, Liability } from "../../../schema/liability.ts";
import { Node } from "../../../schema/node.ts";
import { AccountConnection, ReportConnection, TransactionConnection } from "../../../schema/pagination.ts";
import "../../../schema/report-content.ts";
import { buildGraphSchema } from "../../../src/graphql/build-graph-schema.ts";
import { printGraphSchema } from "../../../src/graphql/print-graph-schema.ts";
import { encodeId } from "../../../src/ids.ts";

const UUID = "11111111-1111-4111-8111-111111111111";

@Resolver(() => Account)
class AccountResolver {
  @FieldResolver(() => Item, { description: "Its item." })
  item(@Root() account: Account): Partial<Item> {
    return { id: encodeId("Item", account.itemId), remoteId: "item" };
  }
}

@Resolver(() => CreditAccount)
class CreditAccountResolver {
  @FieldResolver(() => CreditCardLiability, { nullable: true, description: "What is owed." })
  liability(@Root() account: Account): unknown {
    return { id: encodeId("Liability", account.itemId, "card"), kind: "CREDIT_CARD", aprs: [] };
  }
}

@Resolver()
class RootResolver {
  @Query(() => Node, { nullable: true, description: "Whatever the context holds." })
  node(@Arg("id", () => ID, { description: "Ignored." }) _id: string, @Ctx() context: unknown): unknown {
    return context;
  }
  @Query(() => [Account], { description: "One of each kind." })
  accounts(): unknown[] {
    return ["DEPOSITORY", "CREDIT", "LOAN", "INVESTMENT", "OTHER"].map((type) => ({ id: type, type, itemId: UUID }));
  }
  @Query(() => [Liability], { description: "One of each kind." })
  liabilities(): unknown[] {
    return ["CREDIT_CARD", "MORTGAGE", "STUDENT_LOAN"].map((kind) => ({ id: kind, kind }));
  }
  @Query(() => AccountConnection, { description: "None." })
  accountPage(): unknown {
    return null;
  }
  @Query(() => ReportConnection, { description: "None." })
  reports(): unknown {
    return null;
  }
  @Query(() => TransactionConnection, { description: "None." })
  transactions(): unknown {
    return null;
  }
}

const schema = buildGraphSchema([AccountResolver, CreditAccountResolver, RootResolver]);

async function ask(query: string, contextValue: unknown = {}): Promise<unknown> {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const result = await execute({ schema, document, contextValue });
  expect(result.errors).toBeUndefined();
  return JSON.parse(JSON.stringify(result.data));
}

describe("plain objects find their concrete types", () => {
  it("accounts by type", async () => {
    const names = ["DepositoryAccount", "CreditAccount", "LoanAccount", "InvestmentAccount", "OtherAccount"];
    expect(await ask("{ accounts { __typename } }")).toEqual({ accounts: names.map((__typename) => ({ __typename })) });
  });

  it("liabilities by kind", async () => {
    const names = ["CreditCardLiability", "MortgageLiability", "StudentLoanLiability"];
    expect(await ask("{ liabilities { __typename } }")).toEqual({
      liabilities: names.map((__typename) => ({ __typename })),
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ["Item", { id: encodeId("Item", UUID) }],
    ["LoanAccount", { id: encodeId("Account", UUID, "a"), type: "LOAN" }],
    ["MortgageLiability", { id: encodeId("Liability", UUID, "l"), kind: "MORTGAGE" }],
    ["Report", { id: encodeId("Report", UUID) }],
    ["ReportAccount", { id: encodeId("ReportAccount", UUID, "0") }],
    ["Transaction", { id: encodeId("ReportTransaction", UUID, "0", "1") }],
  ])("any node by its id: %s", async (__typename, value) => {
    expect(await ask('{ node(id: "x") { __typename id } }', value)).toEqual({ node: { __typename, id: value.id } });
  });
});

describe("the schema", () => {
  it("gives a relation of an interface to all its types, and theirs to each alone", async () => {
    const query = "{ accounts { item { remoteId } ... on CreditAccount { liability { __typename item: id } } } }";
    const { accounts } = (await ask(query)) as { accounts: Record<string, unknown>[] };
    expect(accounts.map(({ item }) => item)).toEqual(Array(5).fill({ remoteId: "item" }));
    expect(accounts.map(({ liability }) => liability !== undefined)).toEqual([false, true, false, false, false]);
  });

  it.each([
    ["AccountConnection", "Int!", true],
    ["ReportConnection", "Int!", false],
    ["TransactionConnection", "Int", true],
  ])("%s counts %s, and says what is missing: %s", (name, totalCount, unavailable) => {
    const fields = (schema.getType(name) as GraphQLObjectType | undefined)?.getFields();
    expect(String(fields?.totalCount?.type)).toBe(totalCount);
    expect(fields?.unavailable && String(fields.unavailable.type)).toBe(unavailable ? "[Unavailable!]!" : undefined);
  });

  it("prints sorted, with descriptions of the roots too", () => {
    const sdl = printGraphSchema(schema);
    const names = [...sdl.matchAll(/^(?:type|interface|enum|scalar|input) (\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual([...names].sort());
    expect(sdl).toMatch(/"""\s*What can be read\.[\s\S]*?"""\s*type Query/);
    expect(sdl.endsWith("}\n")).toBe(true);
  });

  it("refuses an abstract type that nobody resolves", () => {
    expect(() => buildGraphSchema([])).toThrow();
  });
});
