/**
 * `work` for every item, at most `width` at once, in order. An item's work starts only when its turn has come, so
 * it sees what the ones before it have met.
 */
export async function runInTurns<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lanes = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (const item of waiting) await work(item);
  });
  await Promise.all(lanes);
}
