import type { Clock } from "../../clock.ts";

/** A map that forgets: by age, and the oldest first once it is full. */
export interface ExpiringCache<Value> {
  readonly get: (key: string) => Value | null;
  readonly set: (key: string, value: Value) => void;
  readonly delete: (key: string) => void;
}

/** `lifetime` in milliseconds of the clock given. */
export function createExpiringCache<Value>(
  clock: Clock,
  options: { readonly lifetime: number; readonly capacity: number },
): ExpiringCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      if (clock.now().getTime() < entry.until) return entry.value;
      entries.delete(key);
      return null;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, until: clock.now().getTime() + options.lifetime });
      const [oldest] = entries.keys();
      if (entries.size > options.capacity && oldest !== undefined) entries.delete(oldest);
    },
    delete: (key) => void entries.delete(key),
  };
}
