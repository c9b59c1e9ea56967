/** What every object, list, text and function has: a key from outside must never get there. */
const WATCHED: readonly (readonly [string, object])[] = [
  ["Object", Object.prototype],
  ["Array", Array.prototype],
  ["String", String.prototype],
  ["Function", Function.prototype],
];

const before = new Map(WATCHED.map(([name, prototype]) => [name, memberOf(prototype)]));

/** The name of what was added, changed or taken away since this module was loaded; null: nothing. */
export function findChangedPrototype(): string | null {
  for (const [name, prototype] of WATCHED) {
    const then = before.get(name) ?? new Map<PropertyKey, unknown>();
    const keys = Reflect.ownKeys(prototype);
    const changed =
      keys.find((key) => then.get(key) !== valueOf(prototype, key)) ??
      (keys.length < then.size ? "something" : undefined);
    if (changed !== undefined) return `${name}.prototype has another ${String(changed)}`;
  }
  return null;
}

function memberOf(prototype: object): ReadonlyMap<PropertyKey, unknown> {
  return new Map(Reflect.ownKeys(prototype).map((key) => [key, valueOf(prototype, key)]));
}

/** A getter is its own value: calling it would ask an object that there is none of. */
function valueOf(prototype: object, key: PropertyKey): unknown {
  const property = Reflect.getOwnPropertyDescriptor(prototype, key);
  return property?.get ?? property?.value ?? ABSENT;
}

const ABSENT = Symbol("no value");
