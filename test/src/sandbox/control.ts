import type { Imitated } from "../../../src/sandbox/imitated.ts";
import type { Answer, TestSandbox } from "./start.ts";

/** Asks the sandbox itself, at an aggregator's port. */
export async function control(
  { endpoints }: Pick<TestSandbox, "endpoints">,
  route: string,
  body?: unknown,
  at: Imitated = "PLAID",
): Promise<Answer> {
  const [method = "GET", path = ""] = route.split(" ");
  const headers = { "content-type": "application/json" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${endpoints[at].baseUrl}/__control${path}`, { method, headers, body: text });
  return { status: answer.status, body: await answer.json() };
}
