import { workflowFile } from "../compliance/check-key.ts";
import { groupBy } from "../group-by.ts";
import type { CheckSelector, NameMatcher } from "../policy.ts";
import { selectorText } from "../selector-text.ts";
import type { ObservedCheck } from "./observe-checks.ts";
import { isWritable } from "./writable.ts";

/** Checks as a policy names them, with how long they took. */
export interface ProposedCheck {
  readonly match: CheckSelector;
  /** For people: `ci.yml / integration (*)`. */
  readonly name: string;
  /** Milliseconds; null: the source does not say. */
  readonly took: number | null;
}

export interface ProposedChecks {
  /** Quick, on most commits: a deploy waits for them. */
  readonly required: readonly ProposedCheck[];
  /** Slow, or by a schedule: the trunk must be green within the grace. */
  readonly deferred: readonly ProposedCheck[];
}

/** Longer than that, people merge before it ends. */
export const SLOW = 15 * 60_000;
/** More than that is no policy to begin with. */
const MOST = 20;
const LONGEST = 200;
/** As the policy's own limit for the name of a deferred check. */
const LONGEST_NAME = 100;

/** What of the checks of the trunk a deploy should wait for. One that was never green holds for ever: it is left out. */
export function proposeChecks(checks: readonly ObservedCheck[], commits: number): ProposedChecks {
  const usable = checks.filter(({ wasGreen }) => wasGreen);
  const isDeferred = ({ took, onlyScheduled }: ObservedCheck): boolean =>
    onlyScheduled || (took !== null && took > SLOW);
  const isUsual = (check: ObservedCheck): boolean => check.commits.size * 2 >= commits;
  return {
    required: gather(usable.filter((check) => !isDeferred(check) && isUsual(check))),
    deferred: gather(usable.filter(isDeferred)),
  };
}

/** Jobs of one matrix are one entry: `test (a)` and `test (b)` are `test (*)`. */
function gather(checks: readonly ObservedCheck[]): readonly ProposedCheck[] {
  const groups = groupBy(checks, (check) => JSON.stringify([sourceText(check), family(check.name)]));
  const proposed = [...groups.values()].flatMap((group): readonly ProposedCheck[] => {
    const [first] = group;
    const matcher = group.length > 1 ? anyOf(`${family(first.name)} (`) : exactly(first.name);
    const made = matchOf(first, matcher);
    if (made === null) return [];
    const times = group.flatMap(({ took }) => took ?? []);
    return [{ ...made, took: times.length === 0 ? null : Math.max(...times) }];
  });
  return onlyOnce(proposed).slice(0, MOST);
}

/** The last brackets of a name are what GitHub puts after the name of a job of a matrix. */
function family(name: string): string {
  const at = name.indexOf(" (", 1);
  return at > 0 && name.endsWith(")") ? name.slice(0, at) : name;
}

function sourceText({ source }: ObservedCheck): string {
  switch (source.kind) {
    case "workflow":
      return `workflow ${workflowFile(source.workflow)}`;
    case "app":
      return `app ${source.app}`;
    case "status":
      return "status";
  }
}

/** null: the policy cannot name it, or nobody would see what it says. */
function matchOf(
  { source }: ObservedCheck,
  matcher: NameMatcher,
): Pick<ProposedCheck, "match" | "name"> | null {
  const { pattern } = matcher;
  if (!isWritable(pattern, LONGEST)) return null;
  switch (source.kind) {
    case "workflow": {
      const workflow = workflowFile(source.workflow);
      if (!isWritable(workflow, LONGEST) || !/^[^/\\*]+\.ya?ml$/.test(workflow)) return null;
      return named(`${workflow} / ${pattern}`, { kind: "workflow", workflow, job: matcher });
    }
    case "app":
      if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(source.app) || pattern === "Holdpoint") return null;
      return named(pattern, { kind: "check", check: matcher, app: source.app });
    case "status":
      return named(pattern, { kind: "status", status: matcher });
  }
}

function named(name: string, match: CheckSelector): Pick<ProposedCheck, "match" | "name"> {
  return { name: name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trim()}…` : name, match };
}

/** By what they match, and by name, which must differ whatever the case. */
function onlyOnce(checks: readonly ProposedCheck[]): readonly ProposedCheck[] {
  const seen = new Set<string>();
  return checks.filter(({ match, name }) => {
    const keys = [selectorText(match), `name ${name.toLowerCase()}`];
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

/** A name that has a `*` in it is a pattern, which matches itself too. */
function exactly(pattern: string): NameMatcher {
  return { pattern, matches: (name) => name === pattern };
}

function anyOf(beginning: string): NameMatcher {
  return {
    pattern: `${beginning}*)`,
    matches: (name) => name.startsWith(beginning) && name.endsWith(")"),
  };
}
