import type { CheckSelector, Policy } from "../policy.ts";

const UNITS = [
  { letter: "d", milliseconds: 86_400_000, from: 7 * 86_400_000 },
  { letter: "h", milliseconds: 3_600_000, from: 3_600_000 },
  { letter: "m", milliseconds: 60_000, from: 60_000 },
] as const;

/** As a policy would write it: days from a week on, else the largest unit that leaves no rest. */
export function formatDuration(milliseconds: number): string {
  const unit = UNITS.find(
    (candidate) => milliseconds >= candidate.from && milliseconds % candidate.milliseconds === 0,
  );
  return unit === undefined
    ? `${milliseconds / 1_000}s`
    : `${milliseconds / unit.milliseconds}${unit.letter}`;
}

/** What a policy means, a line for each thing that it decides; for people who wrote one. */
export function describePolicy(policy: Policy): readonly string[] {
  return [
    describeMode(policy),
    describeDeploy(policy),
    ...describeEnvironments(policy),
    ...describeTickets(policy),
    ...describeRequiredChecks(policy),
    ...describeDeferred(policy),
    describeOverride(policy),
    describeGate(policy),
    ...describeSlack(policy),
  ];
}

function describeMode({ mode, onUnknown }: Policy): string {
  const enforced =
    mode === "enforce" ? "Mode enforce: what fails is held." : "Mode observe: nothing is held, only said.";
  const unknown =
    onUnknown === "hold"
      ? mode === "enforce"
        ? "What cannot be verified is held, too."
        : "What cannot be verified would be held, too."
      : "What cannot be verified goes out, marked as unverified.";
  return `${enforced} ${unknown}`;
}

function describeDeploy({ trunk, deploy }: Policy): string {
  const branch = deploy.branch ?? trunk;
  const name = branch === null ? "the default branch" : `the branch ${branch}`;
  const diverged = deploy.allowDiverged
    ? "it may take away commits that are live"
    : "it may not take away commits that are live";
  return `The head of ${name} is the next deploy; ${diverged}.`;
}

function describeEnvironments({ deploy }: Policy): readonly string[] {
  if (deploy.environments.length === 0)
    return ["No environments: the pre-deploy check is off, only holds count."];
  return deploy.environments.map(({ name, base }, index) => {
    const main = index === 0 && deploy.environments.length > 1 ? " (the main environment)" : "";
    const live =
      base.kind === "branch"
        ? `the branch ${base.branch}`
        : `the newest successful deployment to ${base.environment}`;
    return `Environment ${name}${main}: compared with ${live}.`;
  });
}

function describeTickets({ tickets }: Policy): readonly string[] {
  const projects = tickets.projects.length === 0 ? "any Jira project" : `project ${either(tickets.projects)}`;
  const required = {
    commit: `Every commit needs a ticket of ${projects}.`,
    "pull-request": `Every pull request needs a ticket of ${projects}.`,
    off: `No ticket is needed; those of ${projects} are checked where there are some.`,
  }[tickets.require];
  const statuses = tickets.statuses.map((status) =>
    status.kind === "name" ? `the status “${status.name}”` : `a status of the category ${status.category}`,
  );
  const fields = tickets.fields.map(({ name, types }) =>
    types.length === 0 ? `“${name}”` : `“${name}” (for ${both(types)})`,
  );
  const complete = {
    warn: "A ticket with open work outside the deploy is a warning.",
    hold: "A ticket with open work outside the deploy holds it.",
    off: "",
  }[tickets.complete];
  const { authors, subjects } = tickets.exempt;
  return [
    required,
    statuses.length === 0 ? "Tickets may have any status." : `Tickets must have ${either(statuses)}.`,
    fields.length === 0 ? "" : `Tickets must have ${both(fields)} filled in.`,
    complete,
    authors.length === 0 ? "" : `Commits of ${both(authors)} need no ticket.`,
    subjects.length === 0
      ? ""
      : `Commits whose subject starts with ${either(subjects.map((text) => `“${text}”`))} need no ticket.`,
    tickets.forks ? "Pull requests from forks ask Jira at once." : "",
  ].filter((line) => line !== "");
}

function describeRequiredChecks({ requiredChecks }: Policy): readonly string[] {
  return requiredChecks.map((selector) => `Must be green on the commit: ${describeSelector(selector)}.`);
}

/** A check by its source, as in “job unit * of ci.yml”. */
function describeSelector(selector: CheckSelector): string {
  switch (selector.kind) {
    case "workflow":
      return selector.job === null
        ? `every job of ${selector.workflow}`
        : `job “${selector.job.pattern}” of ${selector.workflow}`;
    case "check":
      return `check “${selector.check.pattern}”${selector.app === null ? "" : ` of the App ${selector.app}`}`;
    case "status":
      return `status “${selector.status.pattern}”`;
  }
}

function describeDeferred({ deferred }: Policy): readonly string[] {
  return deferred.checks.map(({ name, match, grace, environments }) => {
    const held = environments === null ? "every environment" : both(environments);
    return `Deferred check “${name}” (${describeSelector(match)}): red on the trunk for ${formatDuration(grace)}, it holds ${held}.`;
  });
}

function describeOverride({ override }: Policy): string {
  const who =
    override.allow.kind === "permission"
      ? `people with ${override.allow.permission} permission`
      : `members of ${either(override.allow.teams)}`;
  const reason = override.reason === "required" ? ", with a reason" : "";
  const eyes = override.fourEyes ? ", never the author of the change" : "";
  return `Holds are lifted by ${who}${reason}${eyes}: for ${formatDuration(override.expires)}, at most ${formatDuration(override.max)}.`;
}

function describeGate({ gate }: Policy): string {
  return gate.maxWait === 0
    ? "A held GitHub deployment is rejected at once."
    : `A held GitHub deployment waits up to ${formatDuration(gate.maxWait)} before it is rejected.`;
}

function describeSlack({ notify }: Policy): readonly string[] {
  return notify.slack === null ? [] : [`Messages go to Slack, channel ${notify.slack.channel}.`];
}

function either(names: readonly string[]): string {
  return joined(names, "or");
}

function both(names: readonly string[]): string {
  return joined(names, "and");
}

function joined(names: readonly string[], last: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}
