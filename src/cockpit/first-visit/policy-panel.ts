import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import type { VisibleRepository } from "../person.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import { newFileUrl } from "./new-file-url.ts";

/** The text, and the one button that leads to committing it. */
export function policyPanel(text: string, { facts, right }: VisibleRepository, githubUrl: string): Html {
  const { url, carriesText } = newFileUrl(githubUrl, facts, text);
  const attributes = html`class="hp-fv-text" id="proposed" rows="${text.split("\n").length}" readonly
  spellcheck="false" wrap="off"`;
  // HTML leaves out a line break that follows the tag directly.
  const shown = `\n${text}`;
  return panel({
    title: wording.policyPanelTitle(),
    aside: html`<code>${wording.policyPath()}</code>`,
    id: "policy",
    body: html`<div class="hp-panel-body hp-fv-policy">
      <p>${wording.observeFirst()}</p>
      <label class="hp-label" for="proposed">${wording.policyLabel()}</label>
      <textarea ${attributes}>${shown}</textarea>
      <div class="hp-actions">
        ${linkButton(carriesText ? wording.createAtGitHub() : wording.openNewFile(), url, { primary: true })}
        <span class="hp-hint">${carriesText ? wording.createHint() : wording.tooLongForLink()}</span>
      </div>
      ${right === "read" ? html`<p class="hp-hint">${wording.readersHint()}</p>` : NOTHING}
    </div>`,
  });
}
