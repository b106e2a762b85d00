import { randomUUID } from "node:crypto";
import type { Adapter } from "../../adapters/adapter.ts";
import type { Provider } from "../../schema/enums.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { badInput, GatewayError } from "../errors.ts";
import { WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { insertRemoval } from "../store/item-removals.ts";
import { sealToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";
import { JUST_LINKING_MS } from "./remove-item.ts";
import { type LinkedItem, refuseToken, takeOver } from "./take-over.ts";

/** A token travels in headers and bodies: nothing else is worth a call. */
const TOKEN = /^[\x21-\x7e]{1,1024}$/;

/**
 * Exchanges the link flow's public token and takes the item over. The public token is good once: until the item is linked its
 * access token waits as that of a removed one, with a job that ends it, so that no failure leaves an item upstream that nobody can end.
 * @throws GatewayError PRODUCT_UNSUPPORTED when the aggregator has no link flow, BAD_USER_INPUT for a token it does not know.
 */
export async function linkItem(
  deps: OperationDeps,
  viewer: string,
  input: { provider: Provider; publicToken: string },
): Promise<LinkedItem> {
  const field = "input.publicToken";
  const adapter = configuredAdapter(deps, input.provider);
  const { provider, exchangePublicToken: exchange } = adapter;
  checkToken(field, input.publicToken);
  if (!exchange) {
    const message = `${provider} has no public tokens: its people link in its own portal. Use importItem.`;
    throw new GatewayError("PRODUCT_UNSUPPORTED", message, { field: "input.provider" });
  }
  const { token, remoteId } = await withDeadline(
    deps.clock,
    { what: "/item/public_token/exchange", ms: WRITE_DEADLINE_MS },
    (signal) => exchange(input.publicToken, { signal }).catch((error) => refuseToken(error, field)),
  );
  const id = randomUUID();
  await deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    await insertRemoval(tx.db, {
      id,
      viewer,
      provider,
      remote_id: remoteId,
      token_sealed: sealToken(deps.vault, { viewer, id }, token),
      removed_at: new Date(now).toISOString(),
    });
    await deps.jobs.send(tx, "remove-item", { itemId: id }, { startAfter: new Date(now + JUST_LINKING_MS) });
  });
  return takeOver(deps, adapter, { viewer, id, token, field });
}

/**
 * Takes over an item by its access token.
 * @throws GatewayError BAD_USER_INPUT for a token the aggregator does not know, CONFLICT when another viewer has linked the item.
 */
export async function importItem(
  deps: OperationDeps,
  viewer: string,
  input: { provider: Provider; accessToken: string },
): Promise<LinkedItem> {
  const field = "input.accessToken";
  const adapter = configuredAdapter(deps, input.provider);
  checkToken(field, input.accessToken);
  return takeOver(deps, adapter, { viewer, id: randomUUID(), token: input.accessToken, field });
}

function configuredAdapter({ adapters }: OperationDeps, provider: Provider): Adapter {
  const adapter = adapters.get(provider);
  if (!adapter)
    throw badInput("input.provider", provider, `${[...adapters.keys()].join(" or ")}, which are configured here`);
  return adapter;
}

/** The token is not shown back. */
function checkToken(field: string, token: string): void {
  if (!TOKEN.test(token)) throw badInput(field, "another form", "1 to 1024 visible ASCII characters");
}
