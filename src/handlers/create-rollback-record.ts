import { channelMessage } from "../domain/authority/hold-message.ts";
import { slackText } from "../domain/escape/slack-text.ts";
import type { ToolRollback } from "../domain/gate/rolled-past.ts";
import type { Policy } from "../domain/policy.ts";
import { shortSha } from "../domain/wording/counted.ts";
import { toolRollsBack } from "../domain/wording/gate-api.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { appendAudit } from "../store/audit.ts";
import { noteToolRollback } from "../store/tool-rollback.ts";
import type { HandlerDependencies } from "./dependencies.ts";

const HOUR = 3_600_000;

/**
 * J4: on record and announced before the tool is told, once an hour however often it asks. It permits nothing: a protection rule
 * opens for those alone whom a person with write access permitted.
 */
export function createRollbackRecord({
  database,
  queue,
  clock,
}: Pick<HandlerDependencies, "database" | "queue" | "clock">): (rollback: ToolRollback) => Promise<void> {
  return async (rollback) => {
    const { token, repository, facts, past } = rollback;
    const { environment, sha } = facts;
    const { id: repositoryId, installationId } = repository;
    const policy = facts.heldTo ?? facts.policy;
    const at = clock.now();
    const since = new Date(at.getTime() - (policy?.deferred.hour ?? HOUR));
    await database.transaction(async (transaction) => {
      if (!(await noteToolRollback(transaction, { repositoryId, environment, sha, at, since }))) return;
      await sendToOutbox(transaction, queue, policy === null ? [] : announce(policy, at, rollback), at);
      await appendAudit(transaction, {
        installationId,
        at,
        record: {
          what: "rollback-by-tool",
          repository: repositoryId,
          by: token,
          environment,
          sha,
          past: past.map(({ kind, code, message }) => ({ kind, code, message })),
        },
      });
    });
  };
}

function announce(policy: Policy, at: Date, { token, repository, facts, past }: ToolRollback) {
  const { environment, sha } = facts;
  const text = toolRollsBack({
    tool: slackText(token),
    sha: shortSha(sha),
    environment: slackText(environment),
    past: past.map((reason) => slackText(reason.message)),
  });
  return channelMessage(repository, policy, `rollback:api:${environment}:${sha}:${at.toISOString()}`, text);
}
