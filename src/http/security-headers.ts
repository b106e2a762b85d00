import type { FastifyInstance } from "fastify";

/** Headers of every answer; a page that needs a policy of its own sets it. */
export function securityHeaders(app: FastifyInstance, publicUrl: string | null): void {
  const headers: Record<string, string> = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
  if (publicUrl?.startsWith("https://")) headers["strict-transport-security"] = "max-age=31536000";
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers);
  });
}
