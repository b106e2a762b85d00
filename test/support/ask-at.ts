import { tokenOf } from "./gateway.ts";

/** Asks the gateway at `url` as `viewer`: the data. @throws Error with the errors, and when there is no answer. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected
export async function askAt(url: string, viewer: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${await tokenOf({ viewer })}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
