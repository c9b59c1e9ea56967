import type { TicketKey } from "../../domain/model.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { listMember, member } from "./json.ts";
import { fromDocument, toDocument } from "./plain-document.ts";
import { toWiki, withoutEscapes } from "./plain-wiki.ts";
import { isRichText } from "./rich-text.ts";

/** Ours was written a moment ago, if at all: it is among the newest. */
const LOOKED_AT = 50;

/** Says it unless one of the newest comments ends with the mark. */
export async function commentOnce(
  client: JiraClient,
  key: TicketKey,
  { text, mark }: { readonly text: string; readonly mark: string },
  { wiki }: { readonly wiki: boolean },
): Promise<JiraResult<unknown>> {
  const path = `/issue/${key}/comment`;
  const query = { orderBy: "-created", maxResults: String(LOOKED_AT) };
  const said = await client.call({ method: "GET", path, query });
  if (!said.ok) return said;
  const comments = listMember(said.value, "comments") ?? [];
  if (comments.some((comment) => readBody(member(comment, "body")).trimEnd().endsWith(mark))) {
    return { ok: true, value: null };
  }
  const whole = `${text}\n${mark}`;
  const body = wiki ? toWiki(whole) : toDocument(whole);
  return await client.call({ method: "POST", path, body: { body }, writes: true });
}

function readBody(body: unknown): string {
  if (isRichText(body)) return fromDocument(body).text;
  return typeof body === "string" ? withoutEscapes(body) : "";
}
