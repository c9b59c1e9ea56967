import { html } from "hono/html";
import { sandboxPage } from "../sandbox-page.ts";
import type { SandboxField, SandboxIssue } from "./model.ts";

/** `/browse/KEY`, which links to a ticket lead to. Rich texts are shown as they are kept. */
export function browsePage(issue: SandboxIssue | null, fields: readonly SandboxField[]): Promise<Response> {
  if (issue === null || issue.restricted) {
    return sandboxPage("Jira", {
      title: "No such issue",
      body: html`<p>It does not exist, or you may not see it.</p>`,
      status: 404,
    });
  }
  const shown = fields.filter(({ id }) => issue.type.fields.includes(id));
  return sandboxPage("Jira", {
    title: `${issue.key}: ${issue.summary}`,
    body: html`<p>${issue.type.name}, <strong>${issue.status.name}</strong></p>
      ${shown.map(
        ({ id, name }) =>
          html`<h2>${name}</h2>
            <pre>${textOf(issue.values[id])}</pre>`,
      )}
      <h2>Comments</h2>
      ${issue.comments.map(
        ({ body, created }) =>
          html`<p>${created}</p>
            <pre>${textOf(body)}</pre>`,
      )}`,
  });
}

/** The words of a document, a paragraph a line; what is no text, as the API gives it. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  const paragraphs = paragraphsOf(value);
  return paragraphs === null ? JSON.stringify(value, null, 2) : paragraphs.join("\n");
}

/** null: it is no Atlassian document. */
function paragraphsOf(value: object): readonly string[] | null {
  if (!("type" in value) || value.type !== "doc" || !("content" in value) || !Array.isArray(value.content)) {
    return null;
  }
  return value.content.map((block) => wordsOf(block));
}

function wordsOf(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  if ("text" in node && typeof node.text === "string") return node.text;
  return "content" in node && Array.isArray(node.content) ? node.content.map(wordsOf).join("") : "";
}
