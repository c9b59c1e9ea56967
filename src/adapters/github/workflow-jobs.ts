import { isFields } from "./json.ts";

/** One job of a workflow file: what its check runs are called, and what it waits for. */
export interface WorkflowJob {
  readonly id: string;
  /** The literal pieces of its name; between two of them stands an expression. */
  readonly nameParts: readonly string[];
  readonly needs: readonly string[];
}

/** The jobs of a parsed workflow file; empty for what is no workflow. */
export function workflowJobs(parsed: unknown): readonly WorkflowJob[] {
  const jobs = isFields(parsed) ? parsed["jobs"] : null;
  if (!isFields(jobs)) return [];
  return Object.entries(jobs).flatMap(([id, job]) => {
    if (!isFields(job)) return [];
    const name = typeof job["name"] === "string" ? job["name"] : id;
    return [{ id, nameParts: splitAtExpressions(name), needs: needsOf(job["needs"]) }];
  });
}

/**
 * Whether a skipped job may have been skipped because one that it needs, directly or not, did not go well.
 * In doubt it was: a job or a failure that cannot be found in the file counts against it.
 */
export function mayBeSkippedAfterFailure(
  skipped: string,
  failed: readonly string[],
  jobs: readonly WorkflowJob[],
): boolean {
  const candidates = jobs.filter((job) => isCheckRunOf(job, skipped));
  if (candidates.length === 0) return true;
  const needed = neededBy(candidates, jobs);
  return failed.some((name) => {
    const failing = jobs.filter((job) => isCheckRunOf(job, name));
    return failing.length === 0 || failing.some(({ id }) => needed.has(id));
  });
}

function neededBy(candidates: readonly WorkflowJob[], jobs: readonly WorkflowJob[]): ReadonlySet<string> {
  const byId = new Map(jobs.map((job) => [job.id, job] as const));
  const needed = new Set<string>();
  const queue = candidates.flatMap(({ needs }) => needs);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    queue.push(...(byId.get(id)?.needs ?? []));
  }
  return needed;
}

/** `build`, `build (20, linux)` for a matrix, `build / test` and `build (20) / test` for a called workflow. */
function isCheckRunOf({ nameParts }: WorkflowJob, checkRun: string): boolean {
  const [last = "", ...before] = nameParts.toReversed();
  const withTail = (...tail: readonly string[]): readonly string[] => {
    const [first = "", ...rest] = tail;
    return [...before.toReversed(), last + first, ...rest];
  };
  return [nameParts, withTail(" (", ")"), withTail(" / ", ""), withTail(" (", ") / ", "")].some((parts) =>
    fits(checkRun, parts),
  );
}

/** Whether the text is these pieces in their order, with anything between two. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.at(-1) ?? "";
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function splitAtExpressions(name: string): readonly string[] {
  const parts: string[] = [];
  let rest = name;
  for (let open = rest.indexOf("${{"); open >= 0; open = rest.indexOf("${{")) {
    const close = rest.indexOf("}}", open);
    if (close < 0) break;
    parts.push(rest.slice(0, open));
    rest = rest.slice(close + 2);
  }
  return [...parts, rest];
}

function needsOf(needs: unknown): readonly string[] {
  if (typeof needs === "string") return [needs];
  return Array.isArray(needs) ? needs.filter((need) => typeof need === "string") : [];
}
