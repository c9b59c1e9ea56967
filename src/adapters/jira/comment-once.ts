import type { TicketKey } from "../../domain/model.ts";
import type { JiraClient, JiraResult } from "./client.ts";
import { listMember, member, numberMember } from "./json.ts";
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
  const said = await readNewest(client, path);
  if (!said.ok) return said;
  if (said.value.some((body) => body.trimEnd().endsWith(mark))) return { ok: true, value: null };
  const whole = `${text}\n${mark}`;
  const body = wiki ? toWiki(whole) : toDocument(whole);
  return await client.call({ method: "POST", path, body: { body }, writes: true });
}

/** Jira gives the oldest first, and not every version takes another order: of many, the last page is asked for. */
async function readNewest(client: JiraClient, path: string): Promise<JiraResult<readonly string[]>> {
  const first = await client.call({ method: "GET", path, query: { maxResults: String(LOOKED_AT) } });
  if (!first.ok) return first;
  const total = numberMember(first.value, "total") ?? 0;
  if (total <= LOOKED_AT) return { ok: true, value: readBodies(first.value) };
  const query = { startAt: String(total - LOOKED_AT), maxResults: String(LOOKED_AT) };
  const last = await client.call({ method: "GET", path, query });
  return last.ok ? { ok: true, value: [...readBodies(first.value), ...readBodies(last.value)] } : last;
}

function readBodies(page: unknown): readonly string[] {
  return (listMember(page, "comments") ?? []).map((comment) => readBody(member(comment, "body")));
}

function readBody(body: unknown): string {
  if (isRichText(body)) return fromDocument(body).text;
  return typeof body === "string" ? withoutEscapes(body) : "";
}
