import { AsyncLocalStorage } from "node:async_hooks";

/** Knows whether a transaction of one store is open in the present asynchronous context. */
export interface TransactionGuard {
  /** Runs `work` as the inside of a transaction. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  /** @throws Error when called inside a transaction: there, the root executor would wait for the transaction for ever. */
  refuseInside(): void;
}

/** A guard of one store. What outlives its transaction (a timer set inside, say) is free again once that has ended. */
export function transactionGuard(): TransactionGuard {
  const context = new AsyncLocalStorage<{ open: boolean }>();
  return {
    async inside(work) {
      const transaction = { open: true };
      try {
        return await context.run(transaction, work);
      } finally {
        transaction.open = false;
      }
    },
    refuseInside() {
      if (!context.getStore()?.open) return;
      throw new Error(
        "The root executor was used while a transaction of the same context is open: pass on the transaction's `tx.db`.",
      );
    },
  };
}
