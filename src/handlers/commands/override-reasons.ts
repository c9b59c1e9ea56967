import { authorsOfChanges } from "../../domain/authority/authors.ts";
import { nameOf } from "../../domain/authority/issue-notes.ts";
import { channelMessage, reasonInSlack } from "../../domain/authority/hold-message.ts";
import { slackText } from "../../domain/escape/slack-text.ts";
import { decideGate } from "../../domain/gate/decide-gate.ts";
import { environmentOf } from "../../domain/gate/environment-of.ts";
import type { Override } from "../../domain/gate/override.ts";
import type { CommitSha, PullRequest } from "../../domain/model.ts";
import { lifted } from "../../domain/wording/authority.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment, shortSha } from "../../domain/wording/counted.ts";
import { takeDeploySnapshot } from "../../snapshot/take-deploy-snapshot.ts";
import { setDeadline } from "../../store/deadline.ts";
import { addOverride } from "../../store/override.ts";
import { findHeadSince } from "../../store/subject.ts";
import { overrideDeadline } from "../ending-overrides.ts";
import type { StoredIssue } from "../read-issue.ts";
import { askGate, blocking } from "../ask-gate.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, shownAt, sourceOf } from "./asked.ts";
import { findDeployedHead } from "./deployed-head.ts";
import { placeOf } from "./environment.ts";
import { refuseAuthor } from "./may-lift.ts";
import type { Lifting } from "./override.ts";

const SECOND = 1_000;

/**
 * Lifts all that holds one commit in one environment at this moment: the pull request's head, or the deploy head on the issue of a
 * halt. What comes to hold it later is not lifted.
 */
export async function overrideReasons(
  asked: AskedUnderPolicy,
  stored: StoredIssue,
  { because, check, environment: named, lasts, cut }: Lifting,
): Promise<CommandResult> {
  const { dependencies, subject, ground, policy, by, comment } = asked;
  const { repository } = ground;
  if (!comment.onPullRequest && stored.halts.length === 0) {
    return refused(asked, "override", "nothing-here", wording.nothingToLiftHere());
  }
  if (check !== null)
    return refused(asked, "override", "check-not-here", wording.checkNotHere(nameOf(check)));
  const place = placeOf(asked, "override", named);
  if (!place.ok) return place.refusal;
  const { environment } = place;
  const pullRequest = await readOpenPullRequest(asked);
  const isMeant = pullRequest === null || (await wasHeadThen(asked, pullRequest));
  if (!isMeant) return refuseNewHead(asked, pullRequest);
  const sha = pullRequest?.headSha ?? (await findDeployedHead(asked));
  if (sha === null) return refused(asked, "override", "no-commit", wording.noCommitToLift());
  const gate = await askGate(asked.dependencies, asked.ground.repository.id, {
    environment,
    sha,
    intent: "deploy",
  });
  if (gate === null) return refused(asked, "override", "no-commit", wording.noCommitToLift());
  const held = blocking(gate.answer);
  const where = { sha: nameOf(shortSha(sha)), environment: nameOf(environment) };
  if (held.length === 0) return refused(asked, "override", "open-already", wording.openAlready(where));
  const at = dependencies.clock.now();
  const endsAt = new Date(at.getTime() + lasts);
  const all = [...new Set(held.map(({ code }) => code))];
  const tried: Override = {
    id: 0,
    repositoryId: repository.id,
    scope: { kind: "reasons", environment, sha, codes: all },
    by: by.login,
    because,
    beganAt: at,
    endsAt,
    endedAt: null,
  };
  const after = decideGate({ ...gate.facts, at, overrides: [...gate.facts.overrides, tried] });
  const left = blocking(after);
  const codes = all.filter((code) => !left.some((reason) => reason.code === code));
  if (codes.length === 0) {
    return refused(asked, "override", "cannot-be-lifted", wording.cannotBeLifted(where, left));
  }
  const fourEyes = await refuseOwnWork(asked, { environment, sha, pullRequest });
  if (fourEyes !== null) return fourEyes;
  const source = sourceOf(asked);
  const { repositoryId, issueNumber } = subject;
  const told = { person: slackText(by.login), codes: codes.join(", "), because: reasonInSlack(because) };
  const inSlack = lifted({
    ...told,
    environment: slackText(environment),
    sha: shortSha(sha),
    until: moment(endsAt),
  });
  return {
    answer: wording.reasonsLifted({ ...where, codes, until: moment(endsAt), cut }, left),
    change: async (transaction) => {
      const scope = { kind: "reasons", environment, sha, codes } as const;
      const shared = { repositoryId, source, scope, because, issueNumber, by, awaitsReason: false };
      const added = await addOverride(transaction, { ...shared, beganAt: at, endsAt });
      if (added !== null) await setDeadline(transaction, overrideDeadline(added));
      return added !== null;
    },
    looks: shownAt(asked),
    effects: channelMessage(repository, policy, `override-began:${source}`, inSlack),
    record: recordOf(asked, "override-began", {
      source,
      environment,
      sha,
      codes,
      because,
      until: endsAt.toISOString(),
    }),
  };
}

/** null: no pull request, or one that is merged or closed: what goes out then is the deploy head. */
async function readOpenPullRequest({
  dependencies,
  subject,
  ground,
  comment,
}: AskedUnderPolicy): Promise<PullRequest | null> {
  if (!comment.onPullRequest) return null;
  const read = await dependencies.github.readPullRequest(ground.repository, subject.issueNumber);
  return read.state === "known" && read.value.state === "open" ? read.value : null;
}

/** Whether that head had been looked at when the comment was written, which may be almost a second later than it says. */
async function wasHeadThen(
  { dependencies, subject, comment }: AskedUnderPolicy,
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
  const { repositoryId } = asked.subject;
  return {
    ...refused(asked, "override", "new-head", answer),
    looks: [{ kind: "pull-request", repositoryId, number }],
  };
}

/** With four eyes nobody lets out what they wrote or opened; where nobody can say who wrote it, nobody does. */
async function refuseOwnWork(
  asked: AskedUnderPolicy,
  given: { readonly environment: string; readonly sha: CommitSha; readonly pullRequest: PullRequest | null },
): Promise<CommandResult | null> {
  const { dependencies, ground, policy } = asked;
  if (!policy.override.fourEyes) return null;
  const { sha, pullRequest } = given;
  const opened = pullRequest === null ? [] : [pullRequest];
  const environment = environmentOf(policy, given.environment);
  if (environment === null) return refuseAuthor(asked, "override", authorsOfChanges([], opened));
  const taken = await takeDeploySnapshot(dependencies, {
    repository: ground.repository,
    policy,
    environment,
    sha,
  });
  const changes = taken.state === "known" ? taken.value.snapshot.changeSet : null;
  if (changes?.state !== "known") return refuseAuthor(asked, "override", null);
  const { commits, pullRequests } = changes.value;
  const all = [...opened, ...[...pullRequests.values()].flat()];
  return refuseAuthor(asked, "override", authorsOfChanges(commits, all));
}
