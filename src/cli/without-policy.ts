import type { Policy } from "../domain/policy.ts";

/**
 * What a check of a local clone goes by when no policy file is given: every commit carries a ticket, nothing
 * is exempt, nothing live is lost. Written out here so that the check starts without a YAML parser.
 */
export const WITHOUT_POLICY: Policy = {
  mode: "enforce",
  onUnknown: "hold",
  trunk: null,
  deploy: { branch: null, allowDiverged: false, environments: [] },
  tickets: {
    projects: [],
    require: "commit",
    statuses: [],
    fields: [],
    complete: "off",
    exempt: { authors: [], subjects: [] },
    forks: false,
  },
  requiredChecks: [],
  deferred: { grace: 0, remind: [], label: "", haltLabel: "", hour: 3_600_000, checks: [] },
  override: {
    label: "",
    allow: { kind: "permission", permission: "admin" },
    expires: 0,
    max: 0,
    reason: "optional",
    fourEyes: false,
  },
  gate: { maxWait: 0 },
  notify: { slack: null },
};
