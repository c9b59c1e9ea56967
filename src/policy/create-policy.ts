import type { DeferredPolicy, EnvironmentPolicy, Policy } from "../domain/policy.ts";
import { parseDuration } from "../domain/duration.ts";
import { HOUR } from "./scale-policy.ts";
import type { PolicyFile } from "./schema.ts";

const DEFAULT_REMINDERS = ["24h", "4h"].map((text) => parseDuration(text) ?? 0);
/** Proof that a check is green on the trunk; never pull requests. */
const DEFAULT_EVENTS = ["push", "schedule", "merge_group"];

/**
 * The policy of a file without problems. The environments' order is given apart: an object would put a name
 * such as 42 first, and the first environment is the main one.
 */
export function createPolicy(file: PolicyFile, environmentNames: readonly string[]): Policy {
  return {
    mode: file.mode,
    onUnknown: file.on_unknown,
    trunk: file.trunk ?? null,
    deploy: {
      branch: file.deploy.branch ?? null,
      allowDiverged: file.deploy.allow_diverged,
      environments: environmentNames.flatMap((name): EnvironmentPolicy[] => {
        const base = file.deploy.environments[name]?.base;
        return base === undefined ? [] : [{ name, base }];
      }),
    },
    tickets: file.tickets,
    requiredChecks: file.required_checks,
    deferred: createDeferred(file.deferred),
    override: {
      label: file.override.label,
      allow: file.override.allow,
      expires: file.override.expires,
      max: file.override.max,
      reason: file.override.reason,
      fourEyes: file.override.four_eyes,
    },
    gate: { maxWait: file.gate.max_wait },
    notify: { slack: createSlack(file.notify.slack) },
  };
}

function createDeferred(file: PolicyFile["deferred"]): DeferredPolicy {
  return {
    grace: file.grace,
    // A shorter grace leaves out the default reminders that do not fit; its author need not repeat them.
    remind: file.remind ?? DEFAULT_REMINDERS.filter((reminder) => reminder < file.grace),
    label: file.label,
    haltLabel: file.halt_label,
    hour: HOUR,
    checks: file.checks.map((check) => ({
      name: check.name,
      match: check.match,
      grace: check.grace ?? file.grace,
      environments: check.environments ?? null,
      events: check.events ?? DEFAULT_EVENTS,
      confirm: check.confirm,
      verifyGrace: check.verify_grace,
      owners: check.owners,
    })),
  };
}

function createSlack(file: PolicyFile["notify"]["slack"]): Policy["notify"]["slack"] {
  if (file?.channel === undefined) return null;
  const people = new Map(Object.entries(file.people).map(([login, id]) => [login.toLowerCase(), id]));
  return { channel: file.channel, people };
}
