import { authorsOfChanges } from "../../domain/authority/authors.ts";
import { nameOf } from "../../domain/authority/issue-notes.ts";
import { channelMessage, reasonInSlack } from "../../domain/authority/hold-message.ts";
import { slackText } from "../../domain/escape/slack-text.ts";
import { blocking, tryOverride } from "../../domain/gate/blocking.ts";
import { environmentOf } from "../../domain/gate/environment-of.ts";
import { lifted } from "../../domain/wording/authority.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment, shortSha } from "../../domain/wording/counted.ts";
import { takeDeploySnapshot } from "../../snapshot/take-deploy-snapshot.ts";
import { setDeadline } from "../../store/deadline.ts";
import { addOverride } from "../../store/override.ts";
import { overrideDeadline } from "../ending-overrides.ts";
import type { StoredIssue } from "../read-issue.ts";
import { askGate } from "../ask-gate.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, shownAt, sourceOf } from "./asked.ts";
import { refuseAuthor } from "./may-lift.ts";
import { findMeantCommit, type MeantCommit } from "./meant-commit.ts";
import type { Lifting } from "./override.ts";

/**
 * Lifts all that holds one commit in one environment at this moment, or, in the cockpit, as much of it as was shown. What comes to
 * hold it later is not lifted.
 */
export async function overrideReasons(
  asked: AskedUnderPolicy,
  stored: StoredIssue,
  lifting: Lifting,
): Promise<CommandResult> {
  const { dependencies, issueNumber, ground, policy, by } = asked;
  const { because, lasts, cut } = lifting;
  const { repository } = ground;
  const found = await findMeantCommit(asked, stored, lifting);
  if (!found.ok) return found.refusal;
  const { environment, sha, codes: seen } = found.meant;
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
  const all = [...new Set(held.map(({ code }) => code))].filter((code) => seen?.includes(code) ?? true);
  const tried = {
    id: 0,
    repositoryId: repository.id,
    scope: { kind: "reasons", environment, sha, codes: all } as const,
    by: by.login,
    because,
    beganAt: at,
    endsAt,
    endedAt: null,
  };
  const { codes, left } = tryOverride(gate.facts, tried);
  if (codes.length === 0) {
    return refused(asked, "override", "cannot-be-lifted", wording.cannotBeLifted(where, left));
  }
  const fourEyes = await refuseOwnWork(asked, found.meant);
  if (fourEyes !== null) return fourEyes;
  const source = sourceOf(asked);
  const { id: repositoryId } = repository;
  const told = { person: slackText(by.login), codes, because: reasonInSlack(because) };
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

/** With four eyes nobody lets out what they wrote or opened; where nobody can say who wrote it, nobody does. */
async function refuseOwnWork(
  asked: AskedUnderPolicy,
  given: Pick<MeantCommit, "environment" | "sha" | "pullRequest">,
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
