import type { Fact } from "../fact.ts";
import type { Difference, Expected } from "../judgement.ts";
import type { Seen } from "../seen.ts";

const SHOWN = { open: "success", held: "failure", unknown: "pending" } as const;

/** The colour on the head of the trunk says what the gate says. */
export function compareStatuses(
  expected: Expected,
  seen: Seen,
  facts: readonly Fact[],
): readonly Difference[] {
  const head = facts.findLast(
    (fact) =>
      fact.kind === "branch" &&
      fact.repository === seen.repository &&
      fact.branch === "main" &&
      fact.at <= seen.at,
  );
  if (head?.kind !== "branch" || head.sha === null) return [];
  const should = expected.gate(head.sha);
  const allowed = [should.decision, ...should.or].map((decision) => SHOWN[decision]);
  const status = seen.statuses.find(({ context }) => context === "holdpoint/gate");
  // Without a policy nothing is posted, and what was posted before stays.
  if (should.decision === "unknown" || allowed.some((state) => state === status?.state)) return [];
  return [
    {
      what: should.decision === "open" ? "wrong halt" : "wrong opening",
      repository: seen.repository,
      at: seen.at,
      expected: `holdpoint/gate on ${head.sha.slice(0, 7)} is ${allowed.join(" or ")}: ${should.because.join("; ")}`,
      seen: status === undefined ? "there is none" : `${status.state}: ${status.description}`,
    },
  ];
}
