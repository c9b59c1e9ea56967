import * as wording from "../../domain/wording/cockpit/repository.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { gateSign } from "../view/gate-sign.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { pageAddress } from "./page-address.ts";
import type { RepositoryView } from "./repository-view.ts";

/** Every environment with its small sign; nothing where there is but one. */
export function environmentTabs({ repository, gates, gate }: RepositoryView): Html {
  if (gates.gates.length < 2) return NOTHING;
  const tabs = gates.gates.map((one) => {
    const { environment } = one;
    const current = environment === gate.environment;
    return html`<li>
      <a
        class="hp-environment"
        href="${pageAddress(repository.facts, { environment })}"
        ${current ? html`aria-current="page"` : NOTHING}
        ><span class="hp-environment-name">${visibleText(environment, 80)}</span>
        ${gateSign(one.answer.decision, "small")}</a
      >
    </li>`;
  });
  return html`<nav class="hp-environments" aria-label="${wording.environmentsLabel()}">
    <ul>
      ${tabs}
    </ul>
  </nav>`;
}
