/**
 * Those who ask for the same at once share one reading, and none of them gets one that began before he asked: who comes while
 * one is under way shares the next.
 */
export function shareReading<Value>(): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const underWay = new Map<string, { readonly now: Promise<Value>; next: Promise<Value> | null }>();

  function begin(key: string, read: () => Promise<Value>): Promise<Value> {
    const now = read();
    const entry = { now, next: null };
    underWay.set(key, entry);
    const forget = (): void => {
      if (underWay.get(key) === entry && entry.next === null) underWay.delete(key);
    };
    now.then(forget, forget);
    return now;
  }

  return (key, read) => {
    const entry = underWay.get(key);
    if (entry === undefined) return begin(key, read);
    entry.next ??= entry.now.then(
      () => begin(key, read),
      () => begin(key, read),
    );
    return entry.next;
  };
}
