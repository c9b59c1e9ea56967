import { gatherTracks } from "../compliance/gather-tracks.ts";
import type { TrunkEvidence } from "../compliance/evidence.ts";
import { isProof, type Mark } from "../compliance/track.ts";
import { weighResult } from "../compliance/weigh-result.ts";
import { selectsCheck } from "../compliance/selects-check.ts";
import { DEFAULT_EVENTS } from "../compliance/counts-as-proof.ts";
import type { Commit, CommitSha } from "../model.ts";
import type { CheckSelector, DeferredCheckPolicy } from "../policy.ts";
import { judgeMessage } from "../tickets/judge-message.ts";
import type { Proposal } from "./propose-policy.ts";
import type { Survey } from "./survey.ts";

/** A time during which deploys would have been halted, because one check stayed red past its grace. */
export interface PreviewedHalt {
  readonly check: string;
  readonly firstRed: CommitSha;
  readonly from: Date;
  /** null: it would still be so. */
  readonly until: Date | null;
}

/** What the proposed policy would have done lately, from what was read; each part is null where that could not be read. */
export interface Preview {
  readonly trunk: {
    readonly commits: number;
    /** How far back it was read. */
    readonly since: Date;
    /** As far as the window: else the trunk is busier than what was read. */
    readonly whole: boolean;
    readonly halts: readonly PreviewedHalt[];
    /** How long deploys would have been halted, overlaps counted once; milliseconds. */
    readonly haltedFor: number;
    /** Streaks that were mended within their grace. */
    readonly mended: number;
    /** Commits on which a required check was red when it ended. */
    readonly redHeads: number;
  } | null;
  /** null also where the proposal asks for no tickets. */
  readonly tickets: {
    readonly commits: number;
    readonly since: Date;
    readonly without: readonly Pick<Commit, "sha" | "message">[];
  } | null;
}

/** Milliseconds. */
export const WINDOW = 30 * 86_400_000;
const HOUR = 3_600_000;

export function previewOf(survey: Survey, proposal: Proposal): Preview {
  const { trunk, commits, takenAt } = survey;
  return {
    trunk: trunk.state === "known" ? previewTrunk(trunk.value, proposal, takenAt) : null,
    tickets: commits.state === "known" ? previewTickets(commits.value, proposal, takenAt) : null,
  };
}

function previewTrunk(evidence: TrunkEvidence, proposal: Proposal, at: Date): Preview["trunk"] {
  const start = new Date(at.getTime() - WINDOW);
  const times = evidence.chain.map(({ committedAt }) => committedAt.getTime());
  const oldest = new Date(Math.min(at.getTime(), ...times));
  const whole = evidence.complete || oldest <= start;
  const checks = proposal.checks.deferred.map(({ name, match }) => asPolicy(name, match, proposal.grace));
  const tracks = gatherTracks(evidence, { checks, openCases: [], at, hour: HOUR });
  const streaks = tracks.flatMap(({ name, policy, marks }) =>
    redStreaks(marks.filter(isProof)).map((streak) => ({ ...streak, check: policy?.name ?? name })),
  );
  const lately = streaks.filter(({ until }) => until === null || until > start);
  const halts = lately.flatMap(({ check, firstRed, since, until }): readonly PreviewedHalt[] => {
    const from = new Date(since.getTime() + proposal.grace);
    return from < (until ?? at) ? [{ check, firstRed, from: from < start ? start : from, until }] : [];
  });
  const inWindow = evidence.chain.filter(({ committedAt }) => committedAt >= start);
  return {
    commits: inWindow.length,
    since: whole ? start : oldest,
    whole,
    halts: halts.toSorted((one, other) => other.from.getTime() - one.from.getTime()),
    haltedFor: lengthOf(halts, at),
    mended: lately.length - halts.length,
    redHeads: inWindow.filter(({ sha }) => isRed(evidence, sha, proposal, at)).length,
  };
}

function asPolicy(name: string, match: CheckSelector, grace: number): DeferredCheckPolicy {
  const more = { environments: null, events: DEFAULT_EVENTS, confirm: 1, verifyGrace: 0, owners: [] };
  return { name, match, grace, ...more };
}

interface RedStreak {
  readonly firstRed: CommitSha;
  readonly since: Date;
  readonly until: Date | null;
}

/** From the first red to the green that ended it; the marks come newest first. */
function redStreaks(marks: readonly Mark[]): readonly RedStreak[] {
  const streaks: RedStreak[] = [];
  let open: Mark | null = null;
  for (const mark of marks.toReversed()) {
    if (mark.weight === "red") open ??= mark;
    else if (open !== null) {
      streaks.push({ firstRed: open.run.sha, since: open.run.at, until: mark.run.at });
      open = null;
    }
  }
  if (open !== null) streaks.push({ firstRed: open.run.sha, since: open.run.at, until: null });
  return streaks;
}

/** Of all of them together: an hour during which two checks halt is one hour. */
function lengthOf(halts: readonly PreviewedHalt[], at: Date): number {
  let end = -Infinity;
  let length = 0;
  for (const { from, until } of halts.toSorted((one, other) => one.from.getTime() - other.from.getTime())) {
    const [begins, ends] = [Math.max(from.getTime(), end), (until ?? at).getTime()];
    if (ends > begins) length += ends - begins;
    end = Math.max(end, ends);
  }
  return length;
}

function isRed(evidence: TrunkEvidence, sha: CommitSha, { checks }: Proposal, at: Date): boolean {
  const newest = new Map<string, (typeof evidence.results)[number]>();
  for (const result of evidence.results) {
    if (result.sha !== sha || !checks.required.some(({ match }) => selectsCheck(match, result))) continue;
    const before = newest.get(result.name);
    if (before === undefined || result.sequence > before.sequence) newest.set(result.name, result);
  }
  return [...newest.values()].some((result) => weighResult(result, { at, hour: HOUR }) === "red");
}

function previewTickets(commits: readonly Commit[], { tickets }: Proposal, at: Date): Preview["tickets"] {
  if (tickets.projects.length === 0) return null;
  const start = at.getTime() - WINDOW;
  const lately = commits.filter(({ committedAt }) => new Date(committedAt).getTime() >= start);
  const policy = {
    projects: tickets.projects,
    require: "commit" as const,
    exempt: { authors: tickets.exemptAuthors, subjects: [] },
  };
  const oldest = lately.map(({ committedAt }) => new Date(committedAt).getTime());
  return {
    commits: lately.length,
    since: new Date(Math.min(at.getTime(), ...oldest)),
    without: lately.filter(
      ({ message, parents, author }) =>
        parents.length < 2 &&
        !tickets.exemptAuthors.some((login) => login === author.login) &&
        !judgeMessage(message, policy).accepted,
    ),
  };
}
