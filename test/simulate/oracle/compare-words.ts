import type { Difference, Expected } from "../judgement.ts";
import type { Seen, SeenIssue } from "../seen.ts";
import { firstRedOf, issueOf } from "./issues.ts";

type Wrong = Pick<Difference, "what" | "expected" | "seen">;

const HALTED = "are halted";
const OVER = "Nothing is held by this any more.";

/** What was said on issues: nothing twice, and nothing left out that a person must know. */
export function compareWords(expected: Expected, seen: Seen): readonly Difference[] {
  const wrong = [
    ...seen.issues.flatMap(saidTwice),
    ...expected.issues.flatMap(({ firstRed, open }) => {
      const issue = issueOf(seen, firstRed);
      return issue !== null && open === "no" ? endNotSaid(issue) : [];
    }),
    ...expected.cases.flatMap((one) => {
      const issue = issueOf(seen, one.firstRed);
      return issue === null ? [] : haltNotSaid(one, issue);
    }),
  ];
  return wrong.map((one) => ({ ...one, repository: seen.repository, at: seen.at }));
}

/** Every note ends with a hidden line of its own: the same text again is the same note again. */
function saidTwice({ number, comments }: SeenIssue): readonly Wrong[] {
  const bodies = comments.map(({ body }) => body);
  const twice = bodies.filter((body, at) => bodies.indexOf(body) !== at);
  return [...new Set(twice)].map((body) => ({
    what: "said twice",
    expected: `once on #${String(number)}`,
    seen: body,
  }));
}

function endNotSaid(issue: SeenIssue): readonly Wrong[] {
  if (issue.state === "open" || issue.comments.some(({ body }) => body.includes(OVER))) return [];
  const about = firstRedOf(issue)?.slice(0, 7) ?? "";
  return [
    {
      what: "not said",
      expected: `#${String(issue.number)} (${about}) says that it is over`,
      seen: lastWords(issue),
    },
  ];
}

/** Said once a case has surely expired, and never before it may. */
function haltNotSaid(
  { check, deadline, expired }: Expected["cases"][number],
  issue: SeenIssue,
): readonly Wrong[] {
  const halts = issue.comments.filter(({ body }) => body.includes(HALTED) && body.includes(`\`${check}\``));
  const [first] = halts;
  const about = `#${String(issue.number)} says that ${check} halts deploys`;
  if (first === undefined)
    return expired ? [{ what: "not said", expected: about, seen: lastWords(issue) }] : [];
  if (deadline === null || first.at >= deadline) return [];
  return [
    {
      what: "early expiry",
      expected: `${about} after ${deadline.toISOString()}`,
      seen: `at ${first.at.toISOString()}`,
    },
  ];
}

function lastWords({ comments }: SeenIssue): string {
  return comments.at(-1)?.body ?? "nothing";
}
