import type { ChangeSet, Commit, CommitSha, PullRequest } from "../../../src/domain/model.ts";
import { type AttributionInput, attributeTickets } from "../../../src/domain/tickets/attribute.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import { key } from "../build-snapshot.ts";

function isSha(text: string): text is CommitSha {
  return /^[0-9a-f]{40}$/.test(text);
}

/** The n-th commit's sha: told apart by its first digits, as real ones are. */
export function sha(n: number): CommitSha {
  const text = `${n.toString(16).padStart(4, "0")}${"abc0123456789def".repeat(3)}`.slice(0, 40);
  if (!isSha(text)) throw new TypeError(text);
  return text;
}

export interface GivenCommit {
  readonly message: string;
  readonly parents?: readonly CommitSha[];
  readonly author?: Commit["author"];
  readonly ownChange?: Commit["ownChange"];
  readonly pullRequests?: readonly PullRequest[];
}

/** Commit n of a line: its parent is commit n - 1, the base is commit 0. */
export function commits(
  ...given: readonly (string | GivenCommit)[]
): readonly (Commit & Pick<GivenCommit, "pullRequests">)[] {
  return given.map((one, index) => {
    const { message, parents, author, ownChange, pullRequests } =
      typeof one === "string" ? { message: one } : one;
    return {
      sha: sha(index + 1),
      parents: parents ?? [sha(index)],
      tree: sha(index + 1),
      message,
      author: author ?? { login: null, name: "octocat", proven: false },
      committedAt: "2026-01-01T00:00:00Z",
      ownChange: ownChange ?? "unknown",
      ...(pullRequests === undefined ? {} : { pullRequests }),
    };
  });
}

export function pullRequest(
  number: number,
  title: string,
  headBranch: string,
  state: PullRequest["state"] = "merged",
): PullRequest {
  return {
    number,
    title,
    body: "",
    headBranch,
    headSha: sha(1),
    baseBranch: "main",
    headRepositoryId: 1,
    author: "octocat",
    state,
    url: `https://github.com/acme/shop/pull/${number}`,
  };
}

export function changeSet(list: readonly (Commit & Pick<GivenCommit, "pullRequests">)[]): ChangeSet {
  const knowsPullRequests = list.some((commit) => commit.pullRequests !== undefined);
  return {
    base: sha(0),
    head: list.at(-1)?.sha ?? sha(0),
    relation: "ahead",
    aheadBy: list.length,
    behindBy: 0,
    commits: list,
    lost: [],
    pullRequests: new Map(list.map((commit) => [commit.sha, commit.pullRequests ?? []] as const)),
    knowsPullRequests,
  };
}

export interface Given {
  readonly projects?: readonly string[];
  readonly knownProjects?: readonly string[] | null;
  readonly require?: AttributionInput["policy"]["require"];
  readonly authors?: readonly string[];
  readonly subjects?: readonly string[];
  readonly live?: AttributionInput["live"];
  /** By the number of the commit. */
  readonly attached?: readonly (readonly [commit: number, key: string])[];
}

/** Attributes a line of commits; the projects PLAY and OPS unless said otherwise. */
export function attribute(given: readonly (string | GivenCommit)[], options: Given = {}): Carriage {
  return attributeTickets({
    changeSet: changeSet(commits(...given)),
    policy: {
      projects: options.projects ?? ["PLAY", "OPS"],
      require: options.require ?? "commit",
      exempt: { authors: options.authors ?? [], subjects: options.subjects ?? [] },
    },
    knownProjects: options.knownProjects ?? null,
    live: options.live ?? [],
    attached: (options.attached ?? []).map(([commit, text]) => ({ sha: sha(commit), key: key(text) })),
  });
}

export function keys(carriage: Carriage): readonly string[] {
  return carriage.tickets.map(({ key }) => key);
}

/** `0001` of a sha: which commit it is, for reading. */
export function numbers(shas: readonly CommitSha[]): readonly number[] {
  return shas.map((one) => Number.parseInt(one.slice(0, 4), 16));
}
