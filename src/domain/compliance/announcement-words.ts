import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import { slackText } from "../escape/slack-text.ts";
import { listed, quoted } from "../wording/counted.ts";
import { allEnvironments } from "../wording/compliance-issue.ts";
import type { Words } from "../wording/announcements.ts";
import type { ComplianceCase } from "./case.ts";
import { heldEnvironments } from "./held-environments.ts";
import { trunkOf } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

export type Place = "note" | "slack";

const MOST_NAMES = 5;
const NAME_LENGTH = 80;
const REASON_LENGTH = 500;

/** A stranger's name as that place shows it without acting on it. */
export function nameIn(place: Place, name: string): string {
  return place === "note" ? markdownCode(name, NAME_LENGTH) : slackText(name, NAME_LENGTH);
}

/** A stranger's sentence as that place shows it without acting on it. */
export function sentenceIn(place: Place, text: string): string {
  return place === "note" ? markdownProse(text.slice(0, REASON_LENGTH)) : slackText(text, REASON_LENGTH);
}

export function wordsOf(place: Place, view: IssueView, cases: readonly ComplianceCase[]): Words {
  const environments = heldEnvironments(cases);
  return {
    checks: checksIn(place, cases),
    several: cases.length > 1,
    trunk: nameIn(place, trunkOf(view)),
    environments:
      environments === null
        ? allEnvironments()
        : listed(
            environments.map((name) => nameIn(place, name)),
            MOST_NAMES,
          ),
  };
}

/** Their names; on Slack in quotation marks, which set a name of several words off from the sentence. */
export function checksIn(place: Place, cases: readonly ComplianceCase[]): string {
  const names = cases.map(({ name }) => nameIn(place, name));
  return listed(place === "note" ? names : names.map(quoted), MOST_NAMES);
}
