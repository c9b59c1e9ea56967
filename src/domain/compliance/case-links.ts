import { casePath } from "../cockpit-paths.ts";
import { markdownLink } from "../escape/markdown-link.ts";
import { slackLink } from "../escape/slack-link.ts";
import { inHoldpoint } from "../wording/compliance-issue.ts";
import { listed } from "../wording/counted.ts";
import { nameIn, type Place } from "./announcement-words.ts";
import type { ComplianceCase } from "./case.ts";
import type { IssueView } from "./issue-view.ts";

const MOST_LINKS = 5;

/** A line that leads to the pages of the cases; none where there is no cockpit to lead to. */
export function caseLinks(
  place: Place,
  { cockpitUrl = null, repository }: Pick<IssueView, "cockpitUrl" | "repository">,
  cases: readonly Pick<ComplianceCase, "id" | "name">[],
): readonly string[] {
  if (cockpitUrl === null || cases.length === 0) return [];
  const link = place === "note" ? markdownLink : (label: string, url: string) => slackLink(url, label);
  const links = cases.map(({ id, name }) =>
    link(nameIn(place, name), `${cockpitUrl}${casePath(repository, id)}`),
  );
  return [inHoldpoint(listed(links, MOST_LINKS))];
}
