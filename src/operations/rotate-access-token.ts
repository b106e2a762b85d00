import { adapterOf } from "../../adapters/adapter-of.ts";
import { withDeadline } from "../clock/with-deadline.ts";
import { isoNow } from "../clock.ts";
import { storedError } from "../errors/stored-error.ts";
import { asGatewayError, GatewayError } from "../errors.ts";
import { recordEvent } from "../events/record-event.ts";
import { noteFailedRead } from "../loaders/note-health.ts";
import { LEASE_MS, WRITE_DEADLINE_MS } from "../reports/schedule.ts";
import { untilKept } from "../reports/until-kept.ts";
import { confirmRemoval, insertRemoval } from "../store/item-removals.ts";
import { findItem, lockItem, type StoredItem, setItemHealth } from "../store/items.ts";
import type { JobData } from "../store/jobs.ts";
import { beginRotation, endRotation, finishRotation } from "../store/rotation.ts";
import { openToken, sealToken } from "../store/tokens.ts";
import type { OperationDeps } from "./deps.ts";

/**
 * Replaces the access token of the viewer's item by a new one. It is marked before the bytes leave, with a job that comes when the sender
 * has died: a new token that was lost on its way leaves the item ACTION_REQUIRED, and is never asked for again blindly.
 * @throws GatewayError NOT_FOUND, PRODUCT_UNSUPPORTED, CONFLICT while it is being replaced, or why the aggregator refused or what became
 * of the answer.
 */
export async function rotateAccessToken(deps: OperationDeps, viewer: string, itemId: string): Promise<StoredItem> {
  const found = await findItem(deps.store.db, viewer, itemId);
  if (!found) throw noItem();
  const { rotateToken } = adapterOf(deps.adapters, found.provider);
  if (!rotateToken) {
    const message = `${found.provider} does not replace access tokens. To end this one, remove the item; its person then links anew.`;
    throw new GatewayError("PRODUCT_UNSUPPORTED", message, { upstream: { provider: found.provider } });
  }
  const call = { token: openToken(deps.vault, found), budgetKey: itemId };
  const { item, began } = await begin(deps, found);
  const outcome = await withDeadline(
    deps.clock,
    { what: "/item/access_token/invalidate", ms: WRITE_DEADLINE_MS },
    (signal) => rotateToken({ ...call, signal }),
  ).catch(asGatewayError);
  const keep = typeof outcome === "string" ? keepToken(deps, item, outcome) : keepFailure(deps, item, began, outcome);
  const settle = await untilKept(deps, { item: itemId }, keep);
  return settle();
}

/** A rotation that its sender left undecided is one whose new token was lost. */
export async function settleRotation(
  deps: OperationDeps,
  { itemId, began }: JobData["settle-rotation"],
): Promise<void> {
  await markLost(
    deps,
    itemId,
    began,
    new GatewayError("PROVIDER_TIMEOUT", "The gateway was stopped before the answer."),
  );
}

async function begin(deps: OperationDeps, found: StoredItem): Promise<{ item: StoredItem; began: string }> {
  const began = isoNow(deps.clock);
  return deps.store.transaction(async (tx) => {
    const item = await beginRotation(tx.db, found, began);
    if (!item) {
      const message = "The access token of this item is just being replaced. Try again in a moment.";
      throw new GatewayError("CONFLICT", message, { field: "id" });
    }
    const startAfter = new Date(Date.parse(began) + LEASE_MS);
    await deps.jobs.send(tx, "settle-rotation", { itemId: item.id, began }, { startAfter });
    return { item, began };
  });
}

/** Keeps something, and gives what the caller is then answered. */
type Keep = () => Promise<() => StoredItem>;

/** The item's token; of an item that was removed meanwhile, it waits for the upstream removal in the old one's place. */
function keepToken(deps: OperationDeps, { id, viewer, provider, remote_id }: StoredItem, token: string): Keep {
  const token_sealed = sealToken(deps.vault, { viewer, id }, token);
  return () =>
    deps.store.transaction(async (tx) => {
      const item = await finishRotation(tx.db, id, token_sealed);
      if (item) return () => item;
      await confirmRemoval(tx.db, id);
      await insertRemoval(tx.db, { id, viewer, provider, remote_id, token_sealed, removed_at: isoNow(deps.clock) });
      await deps.jobs.send(tx, "remove-item", { itemId: id });
      return () => {
        throw noItem();
      };
    });
}

function keepFailure(deps: OperationDeps, item: StoredItem, began: string, error: GatewayError): Keep {
  return async () => {
    const told = isRefusal(error) ? error : await markLost(deps, item.id, began, error);
    if (told === error && (await endRotation(deps.store.db, item.id, began)))
      await noteFailedRead(deps, item, error, Date.parse(began));
    return () => {
      throw told;
    };
  };
}

/** Whether it is proven that the old token is in force, or was not before: the aggregator said so, or nothing reached it. */
function isRefusal({ options }: GatewayError): boolean {
  const { httpStatus, errorCode } = options.upstream ?? {};
  const answered = httpStatus && httpStatus >= 400 && httpStatus < 500 && errorCode;
  return options.nothingDone === true || Boolean(answered);
}

/** The error of an item whose new token was lost, with its event; unless the rotation ended otherwise. */
async function markLost(
  deps: OperationDeps,
  itemId: string,
  began: string,
  cause: GatewayError,
): Promise<GatewayError> {
  const { upstream, ...options } = cause.options;
  const error = new GatewayError(
    "ITEM_LOGIN_REQUIRED",
    `The answer to replacing the access token was lost, and with it, perhaps, the new token. ${sentence(cause.message)} Where the old one was not replaced, the item works again with its next read; else link it anew.`,
    { ...options, ...(upstream && { upstream }), action: "RELINK", retryable: false, cause },
  );
  await deps.store.transaction(async (tx) => {
    const item = await lockItem(tx.db, itemId);
    if (item && !(await endRotation(tx.db, itemId, began))) return;
    deps.log.error({ err: cause, item: itemId }, "the answer to replacing an access token was lost");
    if (!item) return; // removed meanwhile
    const at = isoNow(deps.clock);
    await setItemHealth(tx.db, item, { status: "ACTION_REQUIRED", error: storedError(error), at });
    const { viewer, provider } = item;
    recordEvent(deps, tx, { viewer, type: "ITEM_ERROR", provider, itemId, error: storedError(error) });
  });
  return error;
}

/** An aggregator's own words seldom end with a full stop. */
function sentence(words: string): string {
  return words.endsWith(".") ? words : `${words}.`;
}

function noItem(): GatewayError {
  return new GatewayError("NOT_FOUND", "There is no such item.", { field: "id" });
}
