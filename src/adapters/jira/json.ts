/** Reading of JSON whose shape nobody has promised. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The member of that name, or undefined where there is none or `value` is no object. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textMember(value: unknown, name: string): string | null {
  const text = member(value, name);
  return typeof text === "string" ? text : null;
}

export function numberMember(value: unknown, name: string): number | null {
  const number = member(value, name);
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function listMember(value: unknown, name: string): readonly unknown[] | null {
  const list = member(value, name);
  return isList(list) ? list : null;
}
