import { workflowFile } from "../compliance/check-key.ts";
import { selectsCheck } from "../compliance/selects-check.ts";
import type { CheckSelector, DeferredCheckPolicy, NameMatcher } from "../policy.ts";
import type { LaneIdentity } from "./lane.ts";

/** A check that no policy file names: judged like every other, under its own name. */
export function ownCheck(name: string, { grace, confirm }: Pick<DeferredCheckPolicy, "grace" | "confirm">) {
  const match: CheckSelector = { kind: "check", check: exactly(name), app: null };
  const events = ["push"];
  const check: DeferredCheckPolicy = {
    name,
    match,
    grace,
    confirm,
    events,
    environments: null,
    verifyGrace: 0,
    owners: [],
  };
  return check;
}

/** A run of the check that the policy's entry selects: the model draws one for each entry. */
export function identityOf({ name: label, match, events }: DeferredCheckPolicy): LaneIdentity {
  switch (match.kind) {
    case "workflow":
      return workflowJob(
        label,
        match.workflow,
        match.job === null ? label : exampleOf(match.job, label),
        events,
      );
    case "check":
      return appCheck(label, exampleOf(match.check, label), match.app);
    case "status":
      return { label, name: exampleOf(match.status, label), source: { kind: "status" }, event: null };
  }
}

/**
 * The entry that selects a recorded check, and what its runs are then. A file of results does not say where a check comes from: its name is
 * held against each entry's pattern; a job may be written with its workflow, as `ci.yml / integration 1`. null: no entry selects it.
 */
export function identifyRecorded(
  written: string,
  checks: readonly DeferredCheckPolicy[],
): LaneIdentity | null {
  const [, file = null, job = written] = /^(\S+\.ya?ml) \/ (.+)$/.exec(written) ?? [];
  for (const { match, events } of checks) {
    const identity = asSelected(written, { file, job }, match, events);
    if (identity !== null && selectsCheck(match, identity)) return identity;
  }
  return null;
}

function asSelected(
  label: string,
  { file, job }: { readonly file: string | null; readonly job: string },
  match: CheckSelector,
  events: readonly string[],
): LaneIdentity | null {
  switch (match.kind) {
    case "workflow": {
      const isNamed = file !== null && workflowFile(file) === workflowFile(match.workflow);
      // Without a file a name is a job's, and an entry for all jobs of a workflow is not known by it.
      if (!isNamed && (file !== null || match.job === null)) return null;
      return workflowJob(label, match.workflow, job, events);
    }
    case "check":
      return appCheck(label, label, match.app);
    case "status":
      return { label, name: label, source: { kind: "status" }, event: null };
  }
}

function workflowJob(label: string, workflow: string, name: string, events: readonly string[]): LaneIdentity {
  // Of the events that the check counts, the one that tests every commit.
  const event = events.includes("push") ? "push" : (events[0] ?? "push");
  return { label, name, source: { kind: "workflow", workflow }, event };
}

function appCheck(label: string, name: string, app: string | null): LaneIdentity {
  return { label, name, source: { kind: "app", app: app ?? "ci", appId: 1 }, event: null };
}

/** A name that the pattern matches. */
function exampleOf({ pattern }: NameMatcher, label: string): string {
  return pattern === "*" ? label : pattern.replaceAll("*", "1");
}

function exactly(pattern: string): NameMatcher {
  return { pattern, matches: (name) => name === pattern };
}
