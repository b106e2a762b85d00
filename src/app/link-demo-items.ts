import { GatewayError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Operations } from "../operations/operations.ts";
import { IMITATED } from "../sandbox/imitated.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { listItems } from "../store/items.ts";
import type { Store } from "../store/store.ts";

/**
 * Links the sandbox's household to the demo viewer, at the first start only: what the viewer removes later stays removed. An item that
 * cannot be linked (its removal is not confirmed yet) is left out: the demo must not keep the gateway from starting.
 */
export async function linkDemoItems(
  deps: { store: Store; operations: Operations; log: Log },
  viewer: string,
  sandbox: Sandbox,
): Promise<void> {
  if ((await listItems(deps.store.db, viewer)).length > 0) return;
  for (const provider of IMITATED) {
    for (const accessToken of sandbox.demo[provider]) {
      try {
        const { item } = await deps.operations.importItem(viewer, { provider, accessToken });
        deps.log.info({ item: item.id, provider, institution: item.description.institutionName }, "demo item linked");
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        deps.log.warn({ err: error, provider }, "a demo item could not be linked");
      }
    }
  }
}
