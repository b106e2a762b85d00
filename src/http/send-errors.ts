import type { FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLFormattedError } from "graphql";

/** Answers with errors in the shape of GraphQL, which every route uses, so that a client reads them in one way. */
export function sendErrors(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  errors: GraphQLFormattedError[],
): FastifyReply {
  const graphql = request.headers.accept?.includes("application/graphql-response+json");
  return reply
    .code(status)
    .type(`application/${graphql ? "graphql-response+json" : "json"}; charset=utf-8`)
    .send(JSON.stringify({ errors }));
}
