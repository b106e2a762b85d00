import type { FastifyInstance } from "fastify";
import { type Clock, delay } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";

const READINESS_DEADLINE_MS = 5_000;

/** Whether the gateway can serve, and what was looked at: { database: "ok" }. */
export interface Readiness {
  ready: boolean;
  checks: Record<string, string>;
}

/** What the routes are made of. */
export interface HealthDeps {
  readiness(): Promise<Readiness>;
  metrics: Metrics;
  clock: Clock;
  log: Log;
}

/** `/healthz`: the process answers. `/readyz`: so does what it needs, else 503. `/metrics`: Prometheus. */
export function healthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  app.get("/healthz", async () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    const readiness = await readinessInTime(deps);
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });

  app.get("/metrics", async (_request, reply) => reply.type(deps.metrics.contentType).send(await deps.metrics.text()));
}

async function readinessInTime({ readiness, clock, log }: HealthDeps): Promise<Readiness> {
  const answered = new AbortController();
  const tooLate = delay(clock, READINESS_DEADLINE_MS, answered.signal).then(
    () => ({ ready: false, checks: { readiness: `no answer within ${READINESS_DEADLINE_MS} ms` } }),
    () => ({ ready: false, checks: {} }), // answered: nobody looks at this any more
  );
  try {
    return await Promise.race([readiness(), tooLate]);
  } catch (error) {
    log.error({ err: error }, "readiness could not be checked");
    return { ready: false, checks: { readiness: "failed" } };
  } finally {
    answered.abort();
  }
}
