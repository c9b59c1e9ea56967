import type { Context } from "hono";
import { Fault } from "../../errors.ts";

/** What somebody typed, by the names of the fields; of a name that comes twice, the last. */
export type Form = ReadonlyMap<string, string>;

export type FormRead = { readonly state: "read"; readonly form: Form } | Unread;
type Unread = { readonly state: "too-large" } | { readonly state: "unreadable" };

/** Jira takes 32,767 characters a text, of which a form makes up to nine bytes each; and there are others beside it. */
export const MAX_FORM_BYTES = 512 * 1_024;
/** Of all forms that are being read at a moment: whoever is not signed in can send some, too. */
const MAX_BYTES_HELD = 64 * 1_048_576;
let held = 0;
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
  const body = await readBody(context.req.raw.body ?? nothing());
  if (typeof body !== "string") return body;
  const fields = new URLSearchParams(body);
  if (fields.size > MOST_FIELDS) return { state: "unreadable" };
  return {
    state: "read",
    form: new Map([...fields].map(([name, value]) => [name, plain(value)])),
  };
}

/** Throws a `Fault` where there are too many at once. */
async function readBody(stream: AsyncIterable<Uint8Array>): Promise<string | Unread> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.byteLength;
      held += chunk.byteLength;
      if (size > MAX_FORM_BYTES) return { state: "too-large" };
      if (held > MAX_BYTES_HELD) {
        throw new Fault({ kind: "retry-later", code: "too-many-forms", doing: "reading a form" });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    if (error instanceof Fault) throw error;
    // The connection broke off: whoever sent it does not hear the answer, and nothing of ours has failed.
    return { state: "unreadable" };
  } finally {
    held -= size;
  }
}

function plain(value: string): string {
  return value.replaceAll("\0", "").replaceAll(/\r\n?/g, "\n");
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
