import { channelMessage, reasonInSlack } from "../../domain/authority/hold-message.ts";
import { nameOf } from "../../domain/authority/issue-notes.ts";
import { isCommitSha } from "../../domain/brands.ts";
import type { Command } from "../../domain/commands.ts";
import { slackText } from "../../domain/escape/slack-text.ts";
import { blocking } from "../../domain/gate/blocking.ts";
import { decideGate } from "../../domain/gate/decide-gate.ts";
import type { CommitSha, Reading } from "../../domain/model.ts";
import { rollbackAsked } from "../../domain/wording/authority.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment, shortSha } from "../../domain/wording/counted.ts";
import { addRollbackPermit } from "../../store/rollback-permit.ts";
import { askGate } from "../ask-gate.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, sourceOf } from "./asked.ts";
import { placeOf } from "./environment.ts";
import { refuseUnlessMayWrite } from "./may-lift.ts";

/** J4: `rollback SHA [in ENV] because …`: what was live there before may go out again for one hour. Anybody with write access may. */
export async function rollback(
  asked: AskedUnderPolicy,
  { because, sha: named, environment: where }: Extract<Command, { kind: "rollback" }>,
): Promise<CommandResult> {
  const refusal = await refuseUnlessMayWrite(asked, "rollback");
  if (refusal !== null) return refusal;
  const { dependencies, ground, policy, by } = asked;
  const place = placeOf(asked, "rollback", where);
  if (!place.ok) return place.refusal;
  const { environment } = place;
  const found = await resolveSha(asked, named);
  const noCommit = wording.noSuchCommit(nameOf(named));
  if (found.state === "missing") return refused(asked, "rollback", "no-such-commit", noCommit);
  if (found.state === "unknown") {
    return refused(asked, "rollback", found.because, wording.couldNotRead(nameOf(named)));
  }
  const sha = found.value;
  const gate = await askGate(asked.dependencies, asked.ground.repository.id, {
    environment,
    sha,
    intent: "rollback",
  });
  const shown = { sha: nameOf(shortSha(sha)), environment: nameOf(environment) };
  const judgement = gate?.facts.judgement;
  if (gate === null || judgement === undefined || judgement.state === "missing") {
    return refused(asked, "rollback", "no-such-commit", noCommit);
  }
  if (judgement.state === "unknown") {
    return refused(asked, "rollback", judgement.because, wording.couldNotRead(shown.sha));
  }
  if (!judgement.value.wasLive) return refused(asked, "rollback", "never-live", wording.neverLive(shown));
  const beganAt = dependencies.clock.now();
  const endsAt = new Date(beganAt.getTime() + policy.deferred.hour);
  const { id: repositoryId } = ground.repository;
  const permit = { repositoryId, environment, sha, because, beganAt, endsAt };
  const granted = { ...permit, by: by.login };
  const after = decideGate({ ...gate.facts, at: beganAt, rollbacks: [...gate.facts.rollbacks, granted] });
  const source = sourceOf(asked);
  const inSlack = rollbackAsked({
    person: slackText(by.login),
    sha: shortSha(sha),
    environment: slackText(environment),
    because: reasonInSlack(because) ?? "",
  });
  return {
    answer: wording.rollbackAllowed({ ...shown, until: moment(endsAt) }, blocking(after)),
    change: (transaction) => addRollbackPermit(transaction, { ...permit, source, by }),
    looks: [{ kind: "gate", repositoryId }],
    effects: channelMessage(ground.repository, policy, `rollback:${source}`, inSlack),
    record: recordOf(asked, "rollback-permitted", {
      source,
      environment,
      sha,
      because,
      until: endsAt.toISOString(),
    }),
  };
}

/** A whole sha is taken as it is: whether there is such a commit is asked anyway. */
async function resolveSha(
  { dependencies, ground }: AskedUnderPolicy,
  named: string,
): Promise<Reading<CommitSha>> {
  if (isCommitSha(named)) return { state: "known", value: named };
  return await dependencies.github.resolveCommit(ground.repository, named);
}
