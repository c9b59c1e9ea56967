import type { Difference, Expected, ExpectedIssue, Sure } from "../judgement.ts";
import type { Seen, SeenIssue } from "../seen.ts";
import { firstRedOf, issueOf } from "./issues.ts";

type Wrong = Pick<Difference, "what" | "expected" | "seen">;

/** The issues against the cases: one open issue for each first red commit whose check is red, with its labels, and none besides. */
export function compareIssues(expected: Expected, seen: Seen): readonly Difference[] {
  const wrong = [
    ...expected.issues.flatMap((should) => compareIssue(should, issueOf(seen, should.firstRed))),
    ...duplicates(seen),
    ...strangers(seen),
  ];
  return wrong.map((one) => ({ ...one, repository: seen.repository, at: seen.at }));
}

function compareIssue(should: ExpectedIssue, issue: SeenIssue | null): readonly Wrong[] {
  const about = `the issue of ${should.firstRed.slice(0, 7)}`;
  if (issue === null) {
    return should.open === "yes"
      ? [{ what: "missing issue", expected: `${about} is open`, seen: "there is none" }]
      : [];
  }
  if (!should.founded) {
    return [
      {
        what: "wrong issue",
        expected: `nothing was red since ${should.firstRed.slice(0, 7)}`,
        seen: shown(issue),
      },
    ];
  }
  const isOpen = issue.state === "open";
  const isHalted = issue.labels.includes("deploy-halt");
  return [
    ...(fits(should.open, isOpen)
      ? []
      : [differs("wrong issue", `${about} is ${isOpen ? "closed" : "open"}`, issue)]),
    ...(isOpen && !issue.labels.includes("deferred-compliance")
      ? [differs("wrong issue", `${about} has its label`, issue)]
      : []),
    ...(fits(should.halted, isHalted) ? [] : [wrongHalt(about, isHalted, issue)]),
    ...(fits(should.lifted, issue.labels.includes("halt-override"))
      ? []
      : [
          differs(
            "wrong issue",
            `${about} ${should.lifted === "yes" ? "has" : "has no"} halt-override`,
            issue,
          ),
        ]),
  ];
}

function wrongHalt(about: string, isHalted: boolean, issue: SeenIssue): Wrong {
  return isHalted
    ? differs("early expiry", `${about} has no deploy-halt`, issue)
    : differs("late expiry", `${about} has deploy-halt`, issue);
}

function fits(should: Sure, is: boolean): boolean {
  return should === "maybe" || (should === "yes") === is;
}

function differs(what: Difference["what"], expected: string, issue: SeenIssue): Wrong {
  return { what, expected, seen: shown(issue) };
}

function shown({ number, state, labels, title }: SeenIssue): string {
  return `#${String(number)} is ${state}, "${title}", ${labels.join(", ")}`;
}

function duplicates(seen: Seen): readonly Wrong[] {
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
            what: "duplicate issue" as const,
            expected: `one issue for ${firstRed.slice(0, 7)}`,
            seen: issues.map(({ number }) => `#${String(number)}`).join(", "),
          },
        ],
  );
}

/** Holdpoint opens no issue about anything else. */
function strangers(seen: Seen): readonly Wrong[] {
  return seen.issues
    .filter((issue) => firstRedOf(issue) === null)
    .map((issue) => ({
      what: "wrong issue" as const,
      expected: "no issue about nothing",
      seen: shown(issue),
    }));
}
