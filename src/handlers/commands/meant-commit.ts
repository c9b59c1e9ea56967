import { nameOf } from "../../domain/authority/issue-notes.ts";
import type { CommitSha, PullRequest } from "../../domain/model.ts";
import { headMoved } from "../../domain/wording/cockpit/commands.ts";
import * as wording from "../../domain/wording/commands.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import { findHeadSince } from "../../store/subject.ts";
import type { StoredIssue } from "../read-issue.ts";
import { type AskedUnderPolicy, type CommandResult, refused, type Said } from "./asked.ts";
import { findDeployedHead } from "./deployed-head.ts";
import { placeOf } from "./environment.ts";
import type { Lifting } from "./override.ts";

const SECOND = 1_000;

/** The commit that an override is for. */
export interface MeantCommit {
  readonly environment: string;
  readonly sha: CommitSha;
  /** The open pull request whose head it is; null: it is the deploy head. */
  readonly pullRequest: PullRequest | null;
  /** What the person saw holding it; null: all that holds it. */
  readonly codes: readonly string[] | null;
}

export type FoundCommit =
  | { readonly ok: true; readonly meant: MeantCommit }
  | { readonly ok: false; readonly refusal: CommandResult };

/** The pull request's head, or the deploy head on the issue of a halt; in the cockpit the deploy head that was shown. */
export async function findMeantCommit(
  asked: AskedUnderPolicy,
  stored: StoredIssue,
  lifting: Pick<Lifting, "check" | "environment">,
): Promise<FoundCommit> {
  const { said } = asked;
  return said.door === "cockpit"
    ? await shownCommit(asked, said)
    : await commitOfIssue(asked, said, stored, lifting);
}

async function shownCommit(
  asked: AskedUnderPolicy,
  { on }: Extract<Said, { readonly door: "cockpit" }>,
): Promise<FoundCommit> {
  if (on.kind !== "deploy") return no(refused(asked, "override", "nothing-open", wording.nothingOpen()));
  const place = placeOf(asked, "override", on.environment);
  if (!place.ok) return no(place.refusal);
  const head = await findDeployedHead(asked);
  if (head === null) return no(refused(asked, "override", "no-commit", wording.noCommitToLift()));
  if (head !== on.sha) {
    const [shown, now] = [nameOf(shortSha(on.sha)), nameOf(shortSha(head))];
    return no(refused(asked, "override", "head-moved", headMoved(shown, now)));
  }
  const { environment } = place;
  return { ok: true, meant: { environment, sha: on.sha, pullRequest: null, codes: on.codes } };
}

async function commitOfIssue(
  asked: AskedUnderPolicy,
  said: Extract<Said, { readonly door: "comment" }>,
  stored: StoredIssue,
  { check, environment: named }: Pick<Lifting, "check" | "environment">,
): Promise<FoundCommit> {
  const { onPullRequest } = said.comment;
  if (!onPullRequest && stored.halts.length === 0) {
    return no(refused(asked, "override", "nothing-here", wording.nothingToLiftHere()));
  }
  if (check !== null)
    return no(refused(asked, "override", "check-not-here", wording.checkNotHere(nameOf(check))));
  const place = placeOf(asked, "override", named);
  if (!place.ok) return no(place.refusal);
  const pullRequest = onPullRequest ? await readOpenPullRequest(asked, said) : null;
  const isMeant = pullRequest === null || (await wasHeadThen(asked, said, pullRequest));
  if (!isMeant) return no(refuseNewHead(asked, pullRequest));
  const sha = pullRequest?.headSha ?? (await findDeployedHead(asked));
  if (sha === null) return no(refused(asked, "override", "no-commit", wording.noCommitToLift()));
  return { ok: true, meant: { environment: place.environment, sha, pullRequest, codes: null } };
}

function no(refusal: CommandResult): FoundCommit {
  return { ok: false, refusal };
}

/** null: one that is merged or closed: what goes out then is the deploy head. */
async function readOpenPullRequest(
  { dependencies, ground }: AskedUnderPolicy,
  { subject }: Extract<Said, { readonly door: "comment" }>,
): Promise<PullRequest | null> {
  const read = await dependencies.github.readPullRequest(ground.repository, subject.issueNumber);
  return read.state === "known" && read.value.state === "open" ? read.value : null;
}

/** Whether that head had been looked at when the comment was written, which may be almost a second later than it says. */
async function wasHeadThen(
  { dependencies }: AskedUnderPolicy,
  { subject, comment }: Extract<Said, { readonly door: "comment" }>,
  { headSha, number }: Pick<PullRequest, "headSha" | "number">,
): Promise<boolean> {
  const { repositoryId } = subject;
  const judged = { kind: "pull-request", repositoryId, number } as const;
  const since = await findHeadSince(dependencies.database, judged, headSha);
  return since !== null && since.getTime() < comment.at.getTime() + SECOND;
}

/** Pushed after the comment, or seen only since then: nobody has said that this one may go out. It is looked at for the next time. */
function refuseNewHead(
  asked: AskedUnderPolicy,
  { headSha, number }: Pick<PullRequest, "headSha" | "number">,
): CommandResult {
  const answer = wording.newHead(nameOf(shortSha(headSha)));
  const { id: repositoryId } = asked.ground.repository;
  return {
    ...refused(asked, "override", "new-head", answer),
    looks: [{ kind: "pull-request", repositoryId, number }],
  };
}
