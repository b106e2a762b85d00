import type { Log } from "../log.ts";
import type { Operations } from "../operations/operations.ts";
import { IMITATED } from "../sandbox/imitated.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { listItems } from "../store/items.ts";
import type { Store } from "../store/store.ts";

/** Links the sandbox's household to the demo viewer, at the first start only: what the viewer removes later stays removed. */
export async function linkDemoItems(
  deps: { store: Store; operations: Operations; log: Log },
  viewer: string,
  sandbox: Sandbox,
): Promise<void> {
  if ((await listItems(deps.store.db, viewer)).length > 0) return;
  for (const provider of IMITATED) {
    for (const accessToken of sandbox.demo[provider]) {
      const { item } = await deps.operations.importItem(viewer, { provider, accessToken });
      deps.log.info({ item: item.id, provider, institution: item.description.institutionName }, "demo item linked");
    }
  }
}
