import { bodyForgotten, notJson, otherApp } from "../domain/wording/ingress.ts";
import type { StoredDelivery } from "../store/delivery.ts";
import type { Translator } from "./create-translator.ts";
import { translateJira } from "./translate-jira.ts";
import type { Translation } from "./translation.ts";

/** What a stored delivery says, in our words. */
export async function translateDelivery(
  { appId, translate }: { readonly appId: number; readonly translate: Translator },
  { id, source, event, appId: sentFor, body }: StoredDelivery,
): Promise<Translation> {
  if (sentFor !== null && sentFor !== appId) return { kind: "ignored", reason: otherApp(sentFor) };
  if (body === null) return { kind: "invalid", reason: bodyForgotten() };
  const payload = parseObject(body);
  if (payload === null) return { kind: "invalid", reason: notJson() };
  return source === "jira" ? translateJira(payload) : await translate({ id, event, payload });
}

/** The signature proved who sent it, not that it is JSON. Intake took nothing but UTF-8. */
function parseObject(body: Buffer): object | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : null;
}
