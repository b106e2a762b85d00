import { AsyncLocalStorage } from "node:async_hooks";

/** The id of the request that is being answered: what an INTERNAL_SERVER_ERROR shows is what the log holds. */
export const requestId = new AsyncLocalStorage<string>();
