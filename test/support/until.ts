/** Tries again, a turn of the event loop later, until `condition` holds; fails after `ms`. For what other processes do. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`It never came to hold: ${condition}`);
    await new Promise(setImmediate);
  }
}
