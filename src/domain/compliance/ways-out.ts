import { markdownCode } from "../escape/markdown-code.ts";
import { durationText } from "../time-span.ts";
import { listed } from "../wording/counted.ts";
import * as wording from "../wording/compliance-issue.ts";
import { checkName } from "./issue-checklist.ts";
import { pullRequestLink, trunkOf } from "./issue-links.ts";
import type { IssueView } from "./issue-view.ts";

const MOST_REVERTS = 10;
const MOST_NAMES = 5;
const EXTEND_HOURS = 12;

/** What ends it: a fix, a revert, or somebody who may lift it. */
export function waysOut(view: IssueView): readonly string[] {
  const { policy, cases, range } = view;
  const open = cases.filter(({ end }) => end === null);
  const names = listed(open.map(checkName), MOST_NAMES);
  const reverts = range.commits.slice(0, MOST_REVERTS);
  const pullRequests = listed(range.pullRequests.slice(0, MOST_REVERTS).map(pullRequestLink), MOST_REVERTS);
  const { hour, label } = { hour: policy.deferred.hour, label: policy.override.label };
  const override = `/holdpoint override ${durationText(policy.override.expires, hour)} because …`;
  const extend = `/holdpoint extend ${durationText(EXTEND_HOURS * hour, hour)} because …`;
  return [
    wording.waysOutHeading(),
    wording.fixForward(names, open.length > 1, markdownCode(trunkOf(view))),
    ...(reverts.length === 0
      ? [wording.nothingToTakeBack()]
      : [
          wording.takeBack(pullRequests),
          "   ```",
          ...reverts.map(({ sha, isMerge }) => `   git revert ${isMerge ? "-m 1 " : ""}${sha}`),
          "   ```",
        ]),
    wording.askForOverride(whoMayOverride(view), markdownCode(label), markdownCode(override)),
    `   ${wording.askForTime(markdownCode(extend))}`,
  ];
}

/** Whom to ask, as the policy has it. */
function whoMayOverride({ policy }: IssueView): string {
  const { allow } = policy.override;
  if (allow.kind === "permission") return wording.mayOverride(allow.permission);
  return wording.teamsMayOverride(
    listed(
      allow.teams.map((team) => markdownCode(team)),
      MOST_NAMES,
    ),
  );
}
