import type { Difference, Expected } from "../judgement.ts";
import type { Seen, SeenIssue } from "../seen.ts";
import { firstRedOf, issueOf } from "./issues.ts";

/** The issues against the cases: one open issue for each first red commit whose check is red, and none besides. */
export function compareIssues(expected: Expected, seen: Seen): readonly Difference[] {
  return [...missing(expected, seen), ...duplicates(seen)];
}

function missing(expected: Expected, seen: Seen): readonly Difference[] {
  return expected.cases.flatMap(({ check, firstRed }) => {
    const issue = issueOf(seen, firstRed);
    if (issue !== null && issue.state === "open") return [];
    const what = issue === null ? "missing issue" : "wrong issue";
    return [
      {
        what,
        repository: seen.repository,
        at: seen.at,
        expected: `${check} is red since ${firstRed.slice(0, 7)}: an open issue`,
        seen: issue === null ? "none" : `#${issue.number} is closed`,
      },
    ];
  });
}

function duplicates(seen: Seen): readonly Difference[] {
  const open = new Map<string, SeenIssue[]>();
  for (const issue of seen.issues) {
    const firstRed = firstRedOf(issue);
    if (firstRed === null || issue.state !== "open") continue;
    open.set(firstRed, [...(open.get(firstRed) ?? []), issue]);
  }
  return [...open].flatMap(([firstRed, issues]) =>
    issues.length < 2
      ? []
      : [
          {
            what: "duplicate issue",
            repository: seen.repository,
            at: seen.at,
            expected: `one issue for ${firstRed.slice(0, 7)}`,
            seen: issues.map(({ number }) => `#${number}`).join(", "),
          },
        ],
  );
}
