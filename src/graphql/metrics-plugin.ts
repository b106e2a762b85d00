import type { ApolloServerPlugin } from "@apollo/server";
import type { Clock } from "../clock.ts";
import type { Metrics } from "../metrics.ts";

/** Counts each operation over HTTP with its outcome and duration. Without `willResolveField`, which slows down every field. */
export function metricsPlugin(metrics: Metrics, clock: Clock): ApolloServerPlugin {
  return {
    async requestDidStart() {
      const start = clock.now();
      let ran = false;
      return {
        async executionDidStart() {
          ran = true;
        },
        async willSendResponse({ operation, response }) {
          const failed = response.body.kind === "single" && response.body.singleResult.errors !== undefined;
          metrics.operation({
            type: ran ? (operation?.operation ?? "unknown") : "unknown",
            outcome: ran ? (failed ? "error" : "ok") : "refused",
            seconds: (clock.now() - start) / 1000,
          });
        },
      };
    },
  };
}
