import type { Fact } from "../fact.ts";
import type { Expected } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { expectedIssues } from "./expected-issues.ts";
import { gateOf } from "./gate.ts";
import { inAll } from "./moment.ts";
import { possibilities, type Possible } from "./possible.ts";
import { walk } from "./walk.ts";

/** What should be so in that repository at that moment, from the facts alone; the first warning is what was seen of the issue. */
export function expectAt(facts: readonly Fact[], seen: Seen): Expected {
  const until = facts.filter(({ at }) => at <= seen.at);
  const walked = walk(facts, seen.repository, seen.at);
  const checks = possibilities(walked, until, seen);
  const cases = checks.flatMap(caseOf);
  return {
    repository: seen.repository,
    gate: (sha) => gateOf(sha, walked, checks),
    cases,
    issues: expectedIssues(walked, checks, cases, until, seen),
  };
}

/** What must be there: a case that is open whichever way it was looked. */
function caseOf(ways: readonly (Possible | null)[]): Expected["cases"] {
  const open = ways.filter((one) => one !== null);
  const [one] = open;
  if (one === undefined || open.length < ways.length) return [];
  const deadlines = open.map(({ deadline }) => deadline).filter((deadline) => deadline !== null);
  const known = deadlines.length === open.length;
  return [
    {
      check: one.story.check.job,
      firstRed: one.story.firstRed,
      deadline: known ? new Date(Math.min(...deadlines.map(({ from }) => from.getTime()))) : null,
      latest: known ? new Date(Math.max(...deadlines.map(({ to }) => to.getTime()))) : null,
      expired: inAll(open.map(({ expired }) => expired)) === "yes",
      overridden: inAll(open.map(({ lifted }) => lifted)) === "yes",
    },
  ];
}
