/**
 * What people, GitHub and Jira say may hold a NUL, or half a character where a text was cut. PostgreSQL takes neither: a statement with
 * one fails, and with it whatever it was part of. The replacement character stands in their place.
 */
const REPLACEMENT = "\uFFFD";

/** A parameter that can be sent; of half a character the driver takes care itself. */
export function storableParameter(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", REPLACEMENT);
  return Array.isArray(value) ? value.map(storableParameter) : value;
}

/** The value as `jsonb` takes it. */
export function storableJson(value: object): string {
  return storableEscapes(JSON.stringify(value));
}

/** `JSON.stringify` writes a NUL and half a character as escapes, and nothing else of what it escapes is refused. */
export function storableEscapes(json: string): string {
  return json.replaceAll(/\\(?:u[0-9a-f]{4}|.)/g, (escape) => (REFUSED.test(escape) ? REPLACEMENT : escape));
}

const REFUSED = /^\\u(?:0000|d[89a-f])/;
