import type { Finding } from "../finding.ts";
import type { Policy } from "../policy.ts";
import * as wording from "../wording/gate.ts";
import type { GateFacts, Judgement } from "./gate.ts";
import type { Stop } from "./stop.ts";

/** Facts behind an answer are at most this old. */
export const FRESH_MILLISECONDS = 60_000;

type Given = Pick<GateFacts, "judgement" | "at" | "repository"> & { readonly policy: Policy };

/** What the commit itself says: where it stands, and its verdict. Without a fresh judgement nobody knows either. */
export function judgementStops({ judgement, at, repository, policy }: Given): readonly Stop[] {
  switch (judgement.state) {
    case "missing":
      return [ground("held", "no-such-commit", wording.noSuchCommit(), wording.whoNamesACommit())];
    case "unknown":
      return [
        ground("unknown", judgement.because, wording.notRead(judgement.detail), wording.holdpointAsksAgain()),
      ];
    case "known": {
      const { value } = judgement;
      const age = at.getTime() - value.readAt.getTime();
      // One from the future is no fresher than one from the past: somebody's clock is wrong.
      if (Math.abs(age) > FRESH_MILLISECONDS) {
        return [ground("unknown", "stale", wording.judgementStale(), wording.holdpointAsksAgain())];
      }
      return [...placeStops(value, policy), ...verdictStops(value, policy, repository)];
    }
  }
}

function placeStops({ place, wasLive, environment, readAt }: Judgement, policy: Policy): readonly Stop[] {
  if (place !== "elsewhere" || wasLive) return [];
  const message = wording.notOnDeployBranch(policy.deploy.branch ?? policy.trunk, environment);
  return [
    {
      gate: "held",
      from: { kind: "place" },
      reason: {
        kind: "verdict",
        code: "not-on-deploy-branch",
        message,
        since: readAt,
        until: null,
        who: wording.whoMovesACommit(policy.override),
        url: null,
      },
    },
  ];
}

/** A verdict adds up its findings; one that says less than its outcome still counts as that. */
function verdictStops(
  { verdict, readAt }: Judgement,
  policy: Policy,
  repository: GateFacts["repository"],
): readonly Stop[] {
  if (verdict === null) {
    // Before the policy named environments there was nothing to judge; now there is.
    return policy.deploy.environments.length === 0
      ? []
      : [ground("unknown", "not-judged", wording.notJudged(), wording.holdpointAsksAgain())];
  }
  const { outcome, findings } = verdict;
  const stops = findings.flatMap((finding) => findingStop(finding, readAt, policy, repository));
  if (outcome === "pass" || stops.some(({ gate }) => gate === gateOf(outcome))) return stops;
  return [
    ...stops,
    ground(gateOf(outcome), "verdict", wording.verdictUnexplained(), wording.holdpointAsksAgain()),
  ];
}

function findingStop(
  finding: Finding,
  readAt: Date,
  policy: Policy,
  repository: GateFacts["repository"],
): readonly Stop[] {
  if (finding.outcome === "pass") return [];
  const gate = gateOf(finding.outcome);
  return [
    {
      gate,
      from: { kind: "finding", finding },
      reason: {
        kind: gate === "held" ? "verdict" : "unverified",
        code: finding.code,
        message: repository.private ? finding.message : finding.publicMessage,
        since: readAt,
        until: null,
        who: wording.whoMendsAFinding(finding, policy.override),
        url: null,
      },
    },
  ];
}

function gateOf(outcome: "fail" | "unknown"): Stop["gate"] {
  return outcome === "fail" ? "held" : "unknown";
}

function ground(gate: Stop["gate"], code: string, message: string, who: string): Stop {
  const kind = gate === "held" ? "verdict" : "unverified";
  const reason = { kind, code, message, since: null, until: null, who, url: null } as const;
  return { gate, from: { kind: "ground" }, reason };
}
