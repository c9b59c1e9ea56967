import * as wording from "../wording/cockpit/policy-comments.ts";
import type { CheckSelector, EnvironmentPolicy } from "../policy.ts";
import type { ProposedCheck } from "./propose-checks.ts";
import type { Proposal } from "./propose-policy.ts";
import type { ProposedTickets } from "./propose-tickets.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The proposal as the file that is committed, with a comment wherever something was decided. */
export function policyTextOf(proposal: Proposal): string {
  const { checks, grace } = proposal;
  const parts = [
    wording.policyHead().map((line) => `# ${line}`),
    [`mode: observe # ${wording.observeComment()}`],
    deployLines(proposal),
    ticketLines(proposal.tickets),
    requiredLines(checks.required),
    deferredLines(checks.deferred, grace),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function deployLines({ environments, deployBranch }: Proposal): readonly string[] {
  if (environments.length === 0) return wording.noEnvironmentComment().map((line) => `# ${line}`);
  return [
    "deploy:",
    ...(deployBranch === null ? [] : [`  branch: ${scalar(deployBranch)}`]),
    `  environments: # ${wording.environmentsComment()}`,
    ...environments.map(({ name, base }) => `    ${scalar(name)}: { base: ${baseText(base)} }`),
  ];
}

function baseText(base: EnvironmentPolicy["base"]): string {
  return base.kind === "branch"
    ? `{ branch: ${scalar(base.branch)} }`
    : `{ deployment: ${scalar(base.environment)} }`;
}

function ticketLines({
  projects,
  statuses,
  done,
  fields,
  exemptAuthors,
}: ProposedTickets): readonly string[] {
  if (projects.length === 0) return [`tickets: { require: "off" } # ${wording.noTicketsComment()}`];
  const allowed = [...statuses.map(scalar), ...(done ? ["{ category: done }"] : [])];
  return [
    "tickets:",
    `  projects: ${flowList(projects.map(scalar))} # ${wording.projectsComment()}`,
    ...(allowed.length === 0 ? [] : [`  statuses: ${flowList(allowed)} # ${wording.statusesComment()}`]),
    ...(fields.length === 0
      ? []
      : [
          `  fields: # ${wording.fieldsComment()}`,
          ...fields.map((name) => `    - { name: ${scalar(name)} }`),
        ]),
    ...(exemptAuthors.length === 0 ? [] : [`  exempt: { authors: ${flowList(exemptAuthors.map(scalar))} }`]),
  ];
}

function requiredLines(checks: readonly ProposedCheck[]): readonly string[] {
  if (checks.length === 0) return [];
  return [
    `required_checks: # ${wording.requiredComment()}`,
    ...checks.map(({ match, took }) => `  - ${selectorText(match)}${tookText(took)}`),
  ];
}

function deferredLines(checks: readonly ProposedCheck[], grace: number): readonly string[] {
  if (checks.length === 0) return [];
  return [
    "deferred:",
    `  grace: ${grace / HOUR}h`,
    `  checks: # ${wording.deferredComment()}`,
    ...checks.flatMap(({ name, match, took }) => [
      `    - name: ${scalar(name)}${tookText(took)}`,
      `      match: ${selectorText(match)}`,
    ]),
  ];
}

function tookText(took: number | null): string {
  return took === null ? "" : ` # ${wording.tookComment(Math.max(1, Math.round(took / MINUTE)))}`;
}

function selectorText(match: CheckSelector): string {
  switch (match.kind) {
    case "workflow":
      return pairs(["workflow", match.workflow], ["job", match.job?.pattern ?? null]);
    case "check":
      return pairs(["check", match.check.pattern], ["app", match.app]);
    case "status":
      return pairs(["status", match.status.pattern]);
  }
}

function pairs(...given: readonly (readonly [string, string | null])[]): string {
  const shown = given.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${scalar(value)}`]));
  return `{ ${shown.join(", ")} }`;
}

function flowList(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** Words that YAML, of one age or another, takes for something else than a text. */
const RESERVED = new Set(["y", "yes", "n", "no", "true", "false", "on", "off", "null", "nan", "inf"]);

/** As it is where nobody could take it for anything else; else quoted, which is JSON's way and YAML's alike. */
function scalar(value: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9_-]*$/.test(value) && !RESERVED.has(value.toLowerCase());
  return plain ? value : JSON.stringify(value);
}
