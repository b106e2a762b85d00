import type { ApolloClient } from "@apollo/client";
import { PortfolioDocument } from "../generated/operations.ts";
import { problemsOf } from "../problems.ts";

/** Everything a person has, and what of it could not be had: `unavailable` beside each list, `problems` for fields that are null. */
export async function portfolio(client: ApolloClient) {
  const { data, error } = await client.query({ query: PortfolioDocument });
  if (!data) throw error;
  return { ...data, problems: problemsOf(error) };
}
