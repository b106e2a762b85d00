import { PortfolioDocument } from "../generated/operations.ts";
import { problemsOf } from "../problems.ts";
import type { Client } from "./client.ts";

/** Everything a person has, and what of it could not be had: `unavailable` beside each list, `problems` for fields that are null. */
export async function portfolio(client: Client) {
  const { data, errors } = await client.query(PortfolioDocument, {});
  if (!data) throw new Error("The portfolio could not be read.", { cause: errors });
  return { ...data, problems: problemsOf(errors) };
}
