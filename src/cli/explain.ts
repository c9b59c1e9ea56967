import { startClock } from "../clock.ts";
import { readJiraSettings } from "../config.ts";
import { decisionOf } from "../domain/decision.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import { explainHelp, explanation, oneRepositoryWanted } from "../domain/wording/explain.ts";
import type { Command } from "./command.ts";
import { readOptions } from "./read-options.ts";

const OPTIONS = {
  environment: { type: "string" },
  sha: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Why: every rule's answer about one commit and environment, by the same snapshot as a look, without acting. */
export const explain: Command = {
  help: explainHelp(),
  async run(input) {
    const options = readOptions(input.arguments, OPTIONS);
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const [repository, ...others] = options.positionals;
    if (repository === undefined || others.length > 0) {
      input.err(oneRepositoryWanted());
      return 2;
    }
    const settings = readJiraSettings(input.environment);
    if (!settings.ok) {
      input.err(`${settingsRefused(settings.problems)}\n`);
      return 2;
    }
    const clock = startClock(new Date(), () => performance.now());
    const [{ createJira }, { judgeRepository }] = await Promise.all([
      import("../adapters/jira/create-jira.ts"),
      import("./judge-repository.ts"),
    ]);
    const jira = settings.value === null ? null : createJira(settings.value, { clock });
    const { environment = null, sha: head = null, json = false } = options.values;
    const judged = await judgeRepository(input, jira, { repository, environment, base: null, head });
    if (judged === null) return 2;
    const { snapshot, verdict, document } = judged;
    const decision = decisionOf(verdict, snapshot.policy);
    input.out(
      json
        ? `${JSON.stringify({ ...document, schema: "holdpoint.explain/1", environment: snapshot.environment, decision: decision.state, would_be: decision.wouldBe })}\n`
        : explanation({ repository, snapshot, verdict, decision }),
    );
    if (decision.state === "open") return 0;
    return decision.state === "held" ? 1 : 2;
  },
};
