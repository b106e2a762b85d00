/** How many of something each key may hold at a time. */
export interface Slots {
  isFull(key: string): boolean;
  /** Takes a slot, whether there is one left or not; gives back what frees it, which only the first call does. */
  take(key: string): () => void;
}

/** Slots for any number of keys; those that hold nothing take no room. */
export function createSlots(most: number): Slots {
  const taken = new Map<string, number>();
  return {
    isFull: (key) => (taken.get(key) ?? 0) >= most,
    take(key) {
      taken.set(key, (taken.get(key) ?? 0) + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (taken.get(key) ?? 0) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
