/**
 * What stands there; nothing standing there is a mistake of ours.
 *
 * @throws RangeError
 */
export function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing stands at ${index}`);
  return item;
}
