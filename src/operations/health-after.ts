import type { EventType, ItemStatus } from "../../schema/enums.ts";
import type { StoredError } from "../errors/stored-error.ts";
import { standingHealth } from "../loaders/standing-health.ts";
import { effectOf } from "./effect-of.ts";

/** An item's health as it is stored. */
export interface StoredHealth {
  health: ItemStatus;
  health_error: StoredError | null;
}

/**
 * The item's health after an event, null when it stays. An ended access stays ended, whatever comes late; consent that ends soon
 * is the least of an item's troubles.
 */
export function healthAfter(now: StoredHealth, event: EventType, error: StoredError | null): StoredHealth | null {
  const { health } = effectOf(event);
  if (!health || now.health === "DISCONNECTED") return null;
  if (health === "EXPIRING") return now.health === "HEALTHY" ? { health, health_error: null } : null;
  if (health === "BY_ERROR") return { health: error ? standingHealth(error.code) : "DEGRADED", health_error: error };
  return { health, health_error: health === "HEALTHY" ? null : error };
}
