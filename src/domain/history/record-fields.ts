/** A record as it was stored, of any age: what it does not say, or says in another way, is left out. */
export type RecordFields = Readonly<Record<string, unknown>>;

export function textOf(record: RecordFields, name: string): string | null {
  const value = record[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function numberOf(record: RecordFields, name: string): number | null {
  const value = record[name];
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

export function momentOf(record: RecordFields, name: string): Date | null {
  const text = textOf(record, name);
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time);
}

export function textsOf(record: RecordFields, name: string): readonly string[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

export function listOf(record: RecordFields, name: string): readonly RecordFields[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function numbersOf(record: RecordFields, name: string): readonly number[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
}

function isRecord(value: unknown): value is RecordFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
