import type { Finding, RuleName, Verdict } from "./finding.ts";
import type { Outcome } from "./model.ts";
import { RULES_AT_DEPLOY, RULES_AT_PULL_REQUEST } from "./rules/registry.ts";
import { type Rule, keysGoingOut, passed, unknown } from "./rules/rule.ts";
import { readChanges, unreadBase } from "./rules/read-changes.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Carriage } from "./tickets/carriage.ts";
import { forkNotAsked, nothingAttributed, ticketsFound } from "./wording/rules.ts";

/**
 * Asks every rule of the door and adds the answers up: any fail is a fail, else any unknown is unknown.
 * `carriage` is null where the change set is not known. Knows nothing of the policy's `mode` and
 * `on_unknown`: what is unknown stays unknown here, `decisionOf` says what follows from it.
 */
export function evaluate(snapshot: Snapshot, carriage: Carriage | null): Verdict {
  return snapshot.kind === "deploy"
    ? judge(RULES_AT_DEPLOY, snapshot, carriage)
    : judge(RULES_AT_PULL_REQUEST, snapshot, carriage);
}

function judge<Facts extends Snapshot>(
  rules: readonly Rule<Facts>[],
  snapshot: Facts,
  carriage: Carriage | null,
): Verdict {
  const findings: Finding[] = [];
  const skipped: RuleName[] = [];
  for (const rule of rules) {
    const answer = ask(rule, snapshot, carriage);
    if (answer === "skipped") skipped.push(rule.name);
    else findings.push(...answer);
  }
  return { outcome: outcomeOf(findings), findings, skipped };
}

/** Any fail is a fail, else any unknown is unknown. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
  if (findings.some(({ outcome }) => outcome === "fail")) return "fail";
  return findings.some(({ outcome }) => outcome === "unknown") ? "unknown" : "pass";
}

function ask<Facts extends Snapshot>(
  rule: Rule<Facts>,
  snapshot: Facts,
  carriage: Carriage | null,
): readonly Finding[] | "skipped" {
  if (rule.reads === "head") return rule.evaluate(snapshot);
  if (rule.reads === "jira" && snapshot.tickets.state === "off" && snapshot.tickets.because !== "fork") {
    return "skipped";
  }
  if (snapshot.kind === "deploy") {
    if (snapshot.base.state === "missing") return "skipped";
    if (snapshot.base.state === "unknown") {
      return [unknown({ rule: rule.name, ...unreadBase(snapshot.base) })];
    }
  }
  const changes = readChanges(snapshot.changeSet);
  if (!changes.readable) return [unknown({ rule: rule.name, ...changes.why })];
  if (carriage === null) {
    return [unknown({ rule: rule.name, code: "not-attributed", message: nothingAttributed() })];
  }
  if (rule.reads === "changes") return rule.evaluate(snapshot, carriage);
  return snapshot.tickets.state === "on"
    ? rule.evaluate(snapshot, carriage, snapshot.tickets.answers)
    : [fromFork(rule.name, carriage)];
}

/** Strangers' pull requests could otherwise make Holdpoint ask Jira whatever they like. */
function fromFork(rule: RuleName, carriage: Carriage): Finding {
  const tickets = keysGoingOut(carriage);
  if (tickets.length === 0) return passed({ rule, code: "ok", message: ticketsFound(0) });
  return unknown({ rule, code: "fork-not-asked", message: forkNotAsked(tickets), tickets });
}
