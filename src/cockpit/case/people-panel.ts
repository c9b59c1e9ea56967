import { withOwners } from "../../domain/compliance/joining-owners.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { listed } from "../../domain/wording/counted.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { personLink } from "../view/links.ts";
import { panel } from "../view/panel.ts";
import type { CaseView } from "./case-view.ts";

const MOST_LISTED = 30;

function listedNames(names: readonly string[]): string {
  return listed(
    names.map((name) => visibleText(name, 60)),
    MOST_LISTED,
  );
}

/** Who is told of it and why, each once; then those that are only named. */
export function peoplePanel({ shown, githubUrl }: CaseView): Html {
  const { case: one, people: kept } = shown;
  const empty = { tagged: [], listed: [], ownersMayBeIncomplete: false };
  const people = withOwners(kept ?? empty, [one]);
  const why = new Map<string, { readonly who: (typeof people.tagged)[number]; readonly reasons: string[] }>();
  for (const who of people.tagged) {
    const key = `${who.kind}:${who.name.toLowerCase()}`;
    const known = why.get(key) ?? { who, reasons: [] };
    const reason = wording.becauseOf(who.because);
    if (!known.reasons.includes(reason)) known.reasons.push(reason);
    why.set(key, known);
  }
  const rows = [...why.values()].map(
    ({ who, reasons }) =>
      html`<li>
        ${who.kind === "team" ? html`@${visibleText(who.name, 120)}` : personLink(githubUrl, who.name)}
        <p class="hp-small hp-muted">${reasons.join(", ")}</p>
      </li>`,
  );
  const body = html`<ul class="hp-rows">
      ${rows.length === 0 ? html`<li class="hp-muted">${wording.nobodyTold()}</li>` : rows}
    </ul>
    ${
      people.listed.length === 0
        ? NOTHING
        : html`<p class="hp-panel-body hp-small hp-muted">
            ${wording.listedAuthors()} ${listedNames(people.listed)}
          </p>`
    }
    ${
      people.ownersMayBeIncomplete
        ? html`<p class="hp-panel-body hp-small hp-muted">${wording.ownersIncomplete()}</p>`
        : NOTHING
    }`;
  return panel({ id: "people", title: wording.ownersTitle(), body });
}
