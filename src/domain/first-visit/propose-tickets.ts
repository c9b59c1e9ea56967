import type { Commit } from "../model.ts";
import { projectOf } from "../tickets/key.ts";
import { readMessage } from "../tickets/read-message.ts";
import { isStandard } from "../tickets/standards.ts";
import { foundIn, type Survey } from "./survey.ts";
import { isWritable } from "./writable.ts";

export interface ProposedTickets {
  /** Empty: commits name no tickets, and none are asked for. */
  readonly projects: readonly string[];
  readonly statuses: readonly string[];
  /** Any status that means done counts as well. */
  readonly done: boolean;
  readonly fields: readonly string[];
  readonly exemptAuthors: readonly string[];
}

/** Once may be chance, or a standard that nobody thought of. */
const OFTEN = 2;
const MOST_PROJECTS = 10;
const MOST_FIELDS = 3;
const MOST_STATUSES = 5;
const READY = /\b(?:ready (?:to|for) (?:deploy|release|production|ship|go live)|releasable|deployable)/i;
const ASKED_BEFORE_DEPLOY = /\brisk|post[- ]?deploy|roll[- ]?back plan|test plan/i;

/** Which tickets the commits of the trunk name, and what Jira has that says whether one may go out. */
export function proposeTickets({ commits, jira }: Pick<Survey, "commits" | "jira">): ProposedTickets {
  const projects = findProjects(foundIn(commits), jira === null ? null : foundIn(jira.projects));
  if (projects.length === 0) {
    return { projects, statuses: [], done: false, fields: [], exemptAuthors: [] };
  }
  const names = jira?.names.state === "known" ? jira.names.value : null;
  const statuses = (names?.statuses ?? []).map(({ name }) => name).filter((name) => READY.test(name));
  const fields = (names?.fields ?? []).filter((name) => ASKED_BEFORE_DEPLOY.test(name));
  return {
    projects,
    statuses: onlyOnce(statuses, 100).slice(0, MOST_STATUSES),
    done: names !== null && names.statuses.some(({ done }) => done),
    fields: onlyOnce(fields, 255).slice(0, MOST_FIELDS),
    exemptAuthors: bots(foundIn(commits)),
  };
}

/** Named often; where Jira's own projects are known, once is enough of one of them, and no other counts. */
function findProjects(commits: readonly Commit[], known: readonly string[] | null): readonly string[] {
  const counts = new Map<string, number>();
  for (const { message } of commits) {
    const { named, leading } = readMessage(message);
    const keys = [...named, ...leading].filter((key) => !isStandard(key));
    for (const project of new Set(keys.map(projectOf))) counts.set(project, (counts.get(project) ?? 0) + 1);
  }
  const isKnown = new Set(known ?? []);
  return [...counts]
    .filter(([project, count]) => (isKnown.size > 0 ? isKnown.has(project) : count >= OFTEN))
    .toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, MOST_PROJECTS)
    .map(([project]) => project);
}

/** Whatever the case, as the policy compares them. */
function onlyOnce(names: readonly string[], limit: number): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const key = name.toLowerCase();
    if (seen.has(key) || !isWritable(name, limit)) return false;
    seen.add(key);
    return true;
  });
}

/** Apps that commit here, with their logins as GitHub proved them. */
function bots(commits: readonly Commit[]): readonly string[] {
  const logins = commits.flatMap(({ author }) =>
    author.proven && author.login !== null ? [author.login] : [],
  );
  return [...new Set(logins)]
    .filter((login) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\[bot\]$/.test(login))
    .toSorted();
}
