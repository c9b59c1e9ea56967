import type { Fact } from "../fact.ts";
import type { Expected, ExpectedIssue, Sure } from "../judgement.ts";
import type { Seen } from "../seen.ts";
import { firstRedOf, issueOf } from "./issues.ts";
import { both, different, inAll, inAny } from "./moment.ts";
import type { Possible } from "./possible.ts";
import type { Walk } from "./walk.ts";

const DAY = 24 * 3_600_000;
const MOST_A_DAY = 3;

/** One for each first red commit of which there is an issue, or must be one. */
export function expectedIssues(
  walked: Walk,
  checks: readonly (readonly (Possible | null)[])[],
  cases: Expected["cases"],
  facts: readonly Fact[],
  seen: Seen,
): readonly ExpectedIssue[] {
  const about = [
    ...seen.issues.map(firstRedOf).filter((sha) => sha !== null),
    ...cases.map(({ firstRed }) => firstRed),
  ];
  return different(about).map((firstRed) => {
    const asks = (ask: (one: Possible) => Sure): Sure =>
      inAny(
        checks.map((ways) => inAll(ways.map((one) => (one?.story.firstRed === firstRed ? ask(one) : "no")))),
      );
    const touched = touchesOf(issueOf(seen, firstRed)?.number, facts, seen);
    const manual = walked.halts.filter(({ number }) => number === issueOf(seen, firstRed)?.number);
    return {
      firstRed,
      founded: walked.begun.has(firstRed),
      open: perhaps(
        asks(() => "yes"),
        touched.closed,
      ),
      halted: perhaps(
        inAny([asks(({ expired }) => expired), ...manual.map(({ sure }) => sure)]),
        touched.haltOff,
      ),
      lifted: perhaps(asks(lifted), touched.liftOff),
    };
  });

  /** The label stands for what it lifted itself; whether a comment puts it on is not said. */
  function lifted(one: Possible): Sure {
    const byLabel = one.lifts.some(({ by }) => by === "label");
    return byLabel || one.lifted === "no" ? one.lifted : both("maybe", one.lifted);
  }
}

/** Who closes or takes off again and again is let, after three times a day. */
function touchesOf(number: number | undefined, facts: readonly Fact[], seen: Seen) {
  const recent = facts.filter(
    (fact) =>
      fact.kind === "issue" &&
      fact.repository === seen.repository &&
      fact.number === number &&
      seen.at.getTime() - fact.at.getTime() <= 7 * DAY,
  );
  const often = (did: string, label: string | null): boolean =>
    recent.filter((fact) => fact.kind === "issue" && fact.did === did && fact.label === label).length >
    MOST_A_DAY;
  return {
    closed: often("closed", null),
    haltOff: often("unlabelled", "deploy-halt"),
    liftOff: often("unlabelled", "halt-override"),
  };
}

function perhaps(sure: Sure, left: boolean): Sure {
  return left && sure === "yes" ? "maybe" : sure;
}
