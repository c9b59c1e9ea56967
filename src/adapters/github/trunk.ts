import type { TrunkCommit, TrunkEvidence } from "../../domain/compliance/evidence.ts";
import type { CommitSha, Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsTrunk, RepositoryRef } from "../../ports/repository.ts";
import { fields, type Fields, list, optionalFields, sha, unexpected } from "./json.ts";
import {
  type Gathered,
  nextCursor,
  parseTrunkCommit,
  takeResults,
  type TrunkReader,
  type Unread,
} from "./parse-trunk-commit.ts";
import { createJobReads } from "./run-jobs.ts";
import type { RepositoryAnswer, RepositoryCalls } from "./repository-calls.ts";
import { TRUNK_PAGE_QUERY, TRUNK_QUERY, trunkRestQuery } from "./trunk-queries.ts";

const FIRST_PAGE = 10;
const LATER_PAGE = 20;
/** Commits of merged branches among them, which GitHub lists too and which are not the trunk. */
const MAX_COMMITS = 250;
const UNREAD_A_QUERY = 10;
const MAX_REST_QUERIES = 20;

export interface TrunkReadsOptions {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  /** Whose check runs are ours and say nothing new; null when we are nobody's App. */
  readonly appId: number | null;
}

/** One page of the branch's history; null where there is no such branch. */
interface Page {
  readonly head: CommitSha;
  readonly nodes: readonly unknown[];
  readonly after: string | null;
}

export function createTrunkReads({ calls, apiUrl, appId }: TrunkReadsOptions): ReadsTrunk {
  return {
    readTrunk: async (repository, branch, governedEnvironments, enough) => {
      const into: Gathered = { results: [], runs: [] };
      const environments = new Set(governedEnvironments.map((name) => name.toLowerCase()));
      const reader: TrunkReader = { appId, governedEnvironments: environments, into };
      return await readOn(calls, repository, branch, reader, enough);
    },
    readJobs: createJobReads(calls, apiUrl),
  };
}

/** Walks the first parents, page by page, through everything that GitHub lists below the head. */
async function readOn(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  branch: string,
  reader: TrunkReader,
  enough: (evidence: TrunkEvidence) => boolean,
): Promise<Reading<TrunkEvidence>> {
  const chain: TrunkCommit[] = [];
  const listed = new Map<CommitSha, Fields>();
  let page = await readFirst(calls, repository, branch);
  if (page === null) return { state: "missing", detail: branch };
  if (page === "forbidden") return forbidden();
  const { head } = page;
  let next: CommitSha | null = head;
  for (;;) {
    for (const node of page.nodes) {
      const commit = fields(node, "commit");
      listed.set(sha(commit, "oid"), commit);
    }
    const unread: Unread[] = [];
    for (
      let node = listed.get(next);
      node !== undefined;
      node = next === null ? undefined : listed.get(next)
    ) {
      const commit: TrunkCommit = parseTrunkCommit(node);
      chain.push(commit);
      unread.push(...takeResults(node, commit, reader));
      next = commit.parent;
    }
    const rest = await readRest(calls, repository, unread);
    if (rest === "forbidden") return forbidden();
    if (rest === "too-much") return truncated(branch);
    const complete = next === null;
    const evidence = { branch, head, chain: [...chain], complete, ...copyOf(reader.into) };
    if (next === null || listed.size >= MAX_COMMITS || enough(evidence))
      return { state: "known", value: evidence };
    if (page.after === null) throw unexpected("history");
    const following = await readNext(calls, repository, head, page.after);
    if (following === "forbidden") return forbidden();
    page = following;
  }
}

function copyOf({ results, runs }: Gathered): Pick<TrunkEvidence, "results" | "runs"> {
  return { results: [...results], runs: [...runs] };
}

async function readFirst(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  branch: string,
): Promise<Page | "forbidden" | null> {
  const answer = await calls.graphql(repository, {
    query: TRUNK_QUERY,
    variables: { branch: `refs/heads/${branch}`, count: FIRST_PAGE },
    doing: `reading the trunk ${branch}`,
  });
  if (refuses(answer)) return "forbidden";
  const ref = optionalFields(answer.repository["ref"], "ref");
  if (ref === null) return null;
  const target = fields(ref["target"], "target");
  return pageOf(sha(target, "oid"), target);
}

async function readNext(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  head: CommitSha,
  after: string,
): Promise<Page | "forbidden"> {
  const answer = await calls.graphql(repository, {
    query: TRUNK_PAGE_QUERY,
    variables: { head, after, count: LATER_PAGE },
    doing: `reading on below ${head.slice(0, 7)}`,
  });
  return refuses(answer) ? "forbidden" : pageOf(head, fields(answer.repository["object"], "object"));
}

function pageOf(head: CommitSha, commit: Fields): Page {
  const history = fields(commit["history"], "history");
  return { head, nodes: list(history["nodes"], "nodes"), after: nextCursor(history) };
}

/** Asks for what did not fit into the pages, several lists at a time, until nothing is left. */
async function readRest(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  unread: readonly Unread[],
): Promise<"done" | "forbidden" | "too-much"> {
  let waiting = unread;
  for (let query = 0; waiting.length > 0; query += 1) {
    if (query >= MAX_REST_QUERIES) return "too-much";
    const asked = waiting.slice(0, UNREAD_A_QUERY);
    const answer = await calls.graphql(repository, {
      query: trunkRestQuery(asked.length),
      variables: Object.fromEntries(
        asked.flatMap(({ id, after }, index) => [
          [`i${index}`, id],
          [`a${index}`, after],
        ]),
      ),
      doing: "reading more results of the trunk",
    });
    if (refuses(answer)) return "forbidden";
    const more = asked.flatMap(({ take }, index) => take(fields(answer.data[`n${index}`], "node")));
    waiting = [...waiting.slice(asked.length), ...more];
  }
  return "done";
}

/** A part that is refused would be missing from the evidence without a word. */
function refuses({ errors }: RepositoryAnswer): boolean {
  return errors.some(({ type }) => type === "FORBIDDEN");
}

function forbidden(): Reading<never> {
  const detail = wording.githubForbids("the results of checks");
  return { state: "unknown", because: "github-forbidden", detail, retryAt: null };
}

function truncated(branch: string): Reading<never> {
  return {
    state: "unknown",
    because: "truncated",
    detail: wording.githubTooManyResults(branch),
    retryAt: null,
  };
}
