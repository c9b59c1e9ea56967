import type { Finding } from "../finding.ts";
import type { ChangeSet } from "../model.ts";
import type { Base, DeploySnapshot } from "../snapshot.ts";
import { firstDeployment, nothingIsLost, nothingNew, wouldBeLost, wouldGoBack } from "../wording/rules.ts";
import { type HeadRule, failed, passed, unknown, warned } from "./rule.ts";
import { readChanges, unreadBase } from "./read-changes.ts";

const rule = "not-a-rollback";

/**
 * The base was already moved to the commit with the same tree where production is ahead by merges or a
 * squash alone, so whatever is left behind here is work that would really be taken away.
 */
export const notARollback: HeadRule<DeploySnapshot> = {
  name: rule,
  question: "Does everything that is live stay live?",
  dependsOn: ["pushes", "deployments", "policy"],
  reads: "head",
  evaluate: ({ base, changeSet, policy }) => {
    if (base.state === "missing") return [passed({ rule, code: "first-deploy", message: firstDeployment() })];
    if (base.state === "unknown") return [unknown({ rule, ...unreadBase(base) })];
    const changes = readChanges(changeSet);
    return changes.readable
      ? [judge(base.value, changes.changeSet, policy.deploy.allowDiverged)]
      : [unknown({ rule, ...changes.why })];
  },
};

function judge(base: Base, { relation, lost, behindBy }: ChangeSet, allowed: boolean): Finding {
  const commits = lost.map(({ sha }) => sha);
  if (relation === "identical") return passed({ rule, code: relation, message: nothingNew(base.label) });
  if (relation === "ahead") return passed({ rule, code: relation, message: nothingIsLost(base.label) });
  const count = Math.max(behindBy, commits.length);
  const say = relation === "behind" ? wouldGoBack : wouldBeLost;
  const message = say(base.label, count, commits);
  const said = { rule, code: relation, message, commits } as const;
  return allowed ? warned(said) : failed(said);
}
