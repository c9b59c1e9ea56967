import type { SimulatedPolicy } from "./fact.ts";

export const FIRST_POLICY: SimulatedPolicy = {
  mode: "enforce",
  graceHours: 72,
  confirm: 1,
  checks: [
    { name: "Database", workflow: "long.yml", job: "integration db" },
    { name: "Interfaces", workflow: "long.yml", job: "integration api" },
  ],
  statuses: ["Ready to deploy", "Done"],
  riskRequired: true,
  require: "commit",
  overrideHours: 24,
  slack: true,
};

/** The file as somebody would write it. */
export function policyText(policy: SimulatedPolicy): string {
  const checks = policy.checks.map(
    ({ name, workflow, job }) =>
      `    - { name: "${name}", match: { workflow: ${workflow}, job: "${job}" }, confirm: ${String(policy.confirm)}, owners: ["@admin"] }`,
  );
  return [
    `mode: ${policy.mode}`,
    "deploy:",
    "  environments:",
    "    production: { base: { branch: production } }",
    "tickets:",
    "  projects: [PLAY]",
    // YAML would take a bare `off` for false in the tongue of some.
    `  require: "${policy.require}"`,
    `  statuses: ${JSON.stringify(policy.statuses)}`,
    ...(policy.riskRequired ? ['  fields: [{ name: "Risk assessment" }]'] : []),
    "  complete: off",
    ...(policy.checks.length === 0
      ? []
      : ["deferred:", `  grace: ${String(policy.graceHours)}h`, "  checks:", ...checks]),
    `override: { expires: ${String(policy.overrideHours)}h }`,
    ...(policy.slack ? ['notify: { slack: { channel: "#deploys" } }'] : []),
    "",
  ].join("\n");
}
