import { channelMessage } from "../domain/authority/hold-message.ts";
import { slackText } from "../domain/escape/slack-text.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { overrideOver } from "../domain/wording/authority.ts";
import { sendToOutbox } from "../effects/outbox.ts";
import { appendAudit } from "../store/audit.ts";
import { listOpenCases } from "../store/compliance-case.ts";
import { listLooseOverrides } from "../store/override.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { endOverrides, isOfCases, isOver } from "./ending-overrides.ts";
import { tellOfCases } from "./tell-of-cases.ts";

/**
 * Ends what was lifted in the cockpit, on no issue, and is over: the audit says so, and the channel. What was said on an issue ends with
 * the look at that.
 */
export async function endLooseOverrides(
  dependencies: HandlerDependencies,
  {
    repository,
    policy,
    at,
  }: { readonly repository: RepositoryFacts; readonly policy: Policy; readonly at: Date },
): Promise<void> {
  const { database, queue } = dependencies;
  const standing = await listLooseOverrides(database, repository.id);
  if (standing.length === 0) return;
  await database.transaction(async (transaction) => {
    const cases = await listOpenCases(transaction, repository.id);
    const open = new Set(cases.map(({ id }) => id));
    for (const override of standing.filter((one) => isOver(one, open, at))) {
      const { announcements, records } = await endOverrides(transaction, [override], open, at);
      if (records.length === 0) continue;
      const { scope, source } = override;
      if (isOfCases(scope)) {
        const meant = cases.filter(({ id }) => scope.caseIds.includes(id));
        for (const firstRed of new Set(meant.map((one) => one.firstRed.sha))) {
          await tellOfCases(transaction, dependencies, { repository, policy, firstRed, announcements, at });
        }
      } else {
        const text = overrideOver(scope.codes, slackText(scope.environment));
        const told = channelMessage(repository, policy, `override-ended:${source}`, text);
        await sendToOutbox(transaction, queue, told, at);
      }
      for (const record of records) {
        await appendAudit(transaction, { installationId: repository.installationId, at, record });
      }
    }
  });
}
