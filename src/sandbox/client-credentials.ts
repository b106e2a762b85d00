import type { Imitated } from "./imitated.ts";
import { createChance } from "./world/chance.ts";

/** The client id and secret that an imitated aggregator of this seed accepts. */
export function clientCredentials(provider: Imitated, seed: number): { clientId: string; secret: string } {
  const chance = createChance(seed, provider, "client");
  return { clientId: chance.hex(24), secret: chance.hex(30) };
}
