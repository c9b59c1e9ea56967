import type { Context } from "hono";

/** What somebody typed, by the names of the fields; of a name that comes twice, the last. */
export type Form = ReadonlyMap<string, string>;

export type FormRead =
  | { readonly state: "read"; readonly form: Form }
  | { readonly state: "too-large" }
  | { readonly state: "unreadable" };

/** Encoded, a text may take three times its length and more. */
export const MAX_FORM_BYTES = 64 * 1_024;
/** Far more than any page has. Thousands would make an answer that keeps them costly, also for whoever is not signed in. */
const MOST_FIELDS = 1_000;

/**
 * Reads a form within its bounds, as browsers encode one. Line breaks come as `\r\n` and are kept as `\n`, so that a text compares
 * equal to what it was; NUL, which nobody types and no database takes, is left out.
 */
export async function readForm(context: Context): Promise<FormRead> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return { state: "unreadable" };
  if (Number(context.req.header("content-length") ?? 0) > MAX_FORM_BYTES) return { state: "too-large" };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> = context.req.raw.body ?? nothing();
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > MAX_FORM_BYTES) return { state: "too-large" };
    chunks.push(chunk);
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
  if (fields.size > MOST_FIELDS) return { state: "unreadable" };
  return {
    state: "read",
    form: new Map([...fields].map(([name, value]) => [name, plain(value)])),
  };
}

function plain(value: string): string {
  return value.replaceAll("\0", "").replaceAll(/\r\n?/g, "\n");
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
