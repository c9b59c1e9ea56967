import type { Context } from "hono";
import { policyTextOf } from "../../domain/first-visit/policy-text.ts";
import { previewOf } from "../../domain/first-visit/preview.ts";
import { proposePolicy } from "../../domain/first-visit/propose-policy.ts";
import * as wording from "../../domain/wording/cockpit/first-visit.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment, Person, VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { type Html, html } from "../view/html.ts";
import { foundPanel } from "./found-panel.ts";
import { policyPanel } from "./policy-panel.ts";
import { previewPanel } from "./preview-panel.ts";
import { stepsPanel } from "./steps-panel.ts";
import { findSurvey } from "./surveys.ts";

/** A page that is slower than that says so, and comes again by itself. */
const PATIENCE = 2_500;
const AGAIN_SECONDS = "2";

/** The page of a repository without a policy: one is written for it from what it has, to be committed by whoever reads it. */
export async function setUp(
  dependencies: Pick<CockpitDependencies, "github" | "jira" | "clock" | "githubUrl">,
  context: Context<CockpitEnvironment>,
  { repository }: { readonly person: Person; readonly repository: VisibleRepository },
  patience: number = PATIENCE,
): Promise<Html> {
  const { clock, githubUrl } = dependencies;
  const { facts } = repository;
  const survey = await findSurvey(dependencies, facts, patience);
  if (survey === null) {
    context.header("refresh", AGAIN_SECONDS);
    return blank({ level: 1, title: wording.readingTitle(), body: wording.readingWhy(), icon: "hourglass" });
  }
  const proposal = proposePolicy(survey);
  const at = clock.now();
  return html`<div class="hp-stack">
    <div>
      <h1>${wording.setUpTitle(`${facts.owner}/${facts.name}`)}</h1>
      <p class="hp-muted">${wording.setUpLead()}</p>
    </div>
    <div class="hp-columns">
      <div class="hp-stack">
        ${policyPanel(policyTextOf(proposal), repository, githubUrl)}
        ${previewPanel(previewOf(survey, proposal), proposal, { repository: facts, githubUrl, at })}
      </div>
      <div class="hp-stack">${foundPanel(survey, proposal, at)} ${stepsPanel(wording.nextSteps())}</div>
    </div>
  </div>`;
}
