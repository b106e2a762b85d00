import type { Connection } from "../connection.ts";
import { problemsOf, type WireError } from "../problems.ts";

/** What the gateway answered: `data` may be there in part beside `errors`. */
export interface Answer<Data> {
  data: Data | null;
  errors?: readonly WireError[];
}

/** One operation as it goes over the wire. */
export interface Operation {
  query: string;
  variables: object;
  operationName?: string;
}

/** Sends an operation, once more with a new token where the first was refused. @throws Error where there is no answer of the gateway's. */
export async function post<Data>({ url, token }: Connection, operation: Operation): Promise<Answer<Data>> {
  const send = async (renew: boolean): Promise<Answer<Data>> => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        authorization: `Bearer ${await token(renew)}`,
      },
      body: JSON.stringify(operation),
    });
    // refusals are JSON too; what is none comes from a proxy in between
    if (!response.headers.get("content-type")?.includes("json")) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Answer<Data>;
  };
  const answer = await send(false);
  const refused = problemsOf(answer.errors).some(({ code }) => code === "UNAUTHENTICATED");
  return refused ? send(true) : answer;
}
