/** The policies of the world that browsers visit. */

const TICKETS = `tickets:
  projects: [PLAY, OPS]
  statuses: ["Ready to deploy", { category: done }]
  fields:
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks", types: [Story, Bug] }
  exempt: { authors: ["dependabot[bot]"], subjects: ["MINOR"] }
`;

const OVERRIDE = `override:
  allow: { permission: admin }
  expires: 24h
`;

/** Two environments, required checks, and three long jobs. */
export const STOREFRONT = `mode: enforce
deploy:
  environments:
    production: { base: { branch: production } }
    staging: { base: { deployment: staging } }
${TICKETS}required_checks: [{ workflow: "ci.yml", job: "unit *" }]
deferred:
  grace: 72h
  remind: [24h, 8h]
  checks:
    - name: "Enterprise Server integration"
      match: { workflow: "enterprise.yml", job: "integration *" }
      owners: ["@hubot"]
    - name: "Search nightly"
      match: { workflow: "search.yml", job: "nightly" }
      environments: [production]
    - name: "Mobile end-to-end"
      match: { workflow: "mobile.yml", job: "end-to-end" }
${OVERRIDE}`;

/** One environment, tickets, and admins who may override. */
export const PLAIN = `mode: enforce
deploy:
  environments:
    production: { base: { branch: production } }
${TICKETS}${OVERRIDE}`;

export const DEFERRED = `${PLAIN}deferred:
  grace: 72h
  checks:
    - { name: "Route planner", match: { workflow: "routes.yml", job: "plan *" } }
`;

/** `DEFERRED` with more grace: open cases do not get it until somebody authorised accepts. */
export const LOOSER = DEFERRED.replace("grace: 72h", "grace: 96h");

export const OBSERVED = PLAIN.replace("mode: enforce", "mode: observe");

export const CHECKED = `${PLAIN}required_checks: [{ workflow: "ci.yml", job: "unit *" }]\n`;

/** A key that nobody knows, in line 2. */
export const BROKEN = "mode: enforce\ndeplyo: {}\n";
