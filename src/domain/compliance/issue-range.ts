import { markdownCode } from "../escape/markdown-code.ts";
import * as wording from "../wording/compliance-issue.ts";
import { fitLines } from "./fit-lines.ts";
import { commitLink, pullRequestLink } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

const MOST_CHARACTERS = 10_000;
const NAME_LENGTH = 60;
const TITLE_LENGTH = 120;

/** The pull requests between the last green and the first red, and commits that came without one. */
export function issueRange(view: IssueView): readonly string[] {
  const { range } = view;
  const upTo = commitLink(view, range.upTo);
  const direct = range.commits.filter(({ pullRequest }) => pullRequest === null);
  const lines = [
    ...range.pullRequests.map((one) => {
      const by = one.author === null ? "" : ` ${wording.byAuthor(markdownCode(one.author, NAME_LENGTH))}`;
      return `- ${pullRequestLink(one)} ${markdownCode(one.title, TITLE_LENGTH)}${by}`;
    }),
    ...direct.map(
      ({ sha, subject }) =>
        `- ${commitLink(view, sha)} ${markdownCode(subject, TITLE_LENGTH)} ${wording.withoutPullRequest()}`,
    ),
  ];
  return [
    wording.rangeHeading(),
    range.after === null
      ? wording.rangeWithoutGreen(upTo)
      : wording.rangeFrom(commitLink(view, range.after), upTo),
    ...fitLines(lines, MOST_CHARACTERS, wording.rangeCut),
    ...(range.incomplete && range.after !== null ? ["", wording.rangeIncomplete()] : []),
  ];
}
