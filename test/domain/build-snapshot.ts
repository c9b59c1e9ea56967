import { isCommitSha, isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import { isTicketKey } from "../../src/domain/tickets/key.ts";
import type { Carriage } from "../../src/domain/tickets/carriage.ts";
import type {
  Author,
  ChangeSet,
  Commit,
  CommitSha,
  PullRequest,
  Reading,
  RepositoryFacts,
  TicketKey,
  UnknownCode,
} from "../../src/domain/model.ts";
import type { Policy, TicketPolicy } from "../../src/domain/policy.ts";
import type { CheckResult, DeploySnapshot, PullRequestSnapshot } from "../../src/domain/snapshot.ts";
import type { FieldValue, Ticket, TicketFacts } from "../../src/domain/ticket.ts";

/** Facts for tests: everything is well unless the test says otherwise. */
export function sha(name: string): CommitSha {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return asSha(hash.toString(16).padStart(8, "0").repeat(5));
}
export function key(text: string): TicketKey {
  if (isTicketKey(text)) return text;
  throw new Error(`${text} is no ticket key`);
}
function asSha(text: string): CommitSha {
  if (isCommitSha(text)) return text;
  throw new Error(`${text} is no sha`);
}
export function known<Value>(value: Value): Reading<Value> {
  return { state: "known", value };
}
export function missing(detail = ""): { readonly state: "missing"; readonly detail: string } {
  return { state: "missing", detail };
}
export function unread(because: UnknownCode, detail = ""): Extract<Reading<never>, { state: "unknown" }> {
  return { state: "unknown", because, detail, retryAt: null };
}

export const HEAD = sha("head");
export const BASE = sha("base");
export const TAKEN_AT = new Date("2026-03-02T10:00:00Z");

export function buildRepository(changes: Partial<RepositoryFacts> = {}): RepositoryFacts {
  const id = 7;
  const installationId = 1;
  if (!isRepositoryId(id) || !isInstallationId(installationId)) throw new Error("ids count from 1");
  return {
    id,
    installationId,
    owner: "acme",
    name: "storefront",
    defaultBranch: "main",
    private: true,
    archived: false,
    ...changes,
  };
}

export function buildPolicy(changes: Partial<Policy> & { readonly tickets?: TicketPolicy } = {}): Policy {
  return {
    mode: "enforce",
    onUnknown: "hold",
    trunk: null,
    deploy: {
      branch: null,
      allowDiverged: false,
      environments: [{ name: "production", base: { kind: "branch", branch: "production" } }],
    },
    tickets: buildTicketPolicy(),
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
    ...changes,
  };
}

export function buildTicketPolicy(changes: Partial<TicketPolicy> = {}): TicketPolicy {
  return {
    projects: ["PLAY"],
    require: "commit",
    statuses: [{ kind: "name", name: "Ready to deploy" }],
    fields: [{ name: "Risk assessment", types: [] }],
    complete: "warn",
    exempt: { authors: [], subjects: [] },
    forks: false,
    ...changes,
  };
}

/** `name` makes the sha; the message is the subject. */
export function buildCommit(name: string, message = name, login = "octocat"): Commit {
  const author: Author = { login, name: login, proven: true };
  return {
    sha: sha(name),
    parents: [],
    tree: "",
    message,
    author,
    committedAt: "2026-03-01T09:00:00Z",
    ownChange: "none",
  };
}

export function buildPullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 12,
    title: "PLAY-1: Speak French",
    body: "",
    headBranch: "french",
    headSha: HEAD,
    baseBranch: "main",
    headRepositoryId: 7,
    author: "octocat",
    state: "open",
    url: "https://github.com/acme/storefront/pull/12",
    ...changes,
  };
}

export function buildChangeSet(changes: Partial<ChangeSet> = {}): ChangeSet {
  const commits = changes.commits ?? [buildCommit("french", "PLAY-1: Speak French")];
  return {
    base: BASE,
    head: HEAD,
    relation: "ahead",
    aheadBy: commits.length,
    behindBy: changes.lost?.length ?? 0,
    lost: [],
    pullRequests: new Map(),
    knowsPullRequests: true,
    ...changes,
    commits,
  };
}

export function buildTicket(
  text: string,
  changes: Partial<Ticket> & { readonly values?: Record<string, FieldValue> } = {},
): Ticket {
  const { values = { "Risk assessment": { state: "filled", text: "low" } }, ...rest } = changes;
  return {
    key: key(text),
    summary: `Summary of ${text}`,
    type: "Story",
    isSubtask: false,
    parent: null,
    status: { name: "Ready to deploy", category: "indeterminate" },
    fields: new Map(Object.entries(values)),
    url: `https://acme.atlassian.net/browse/${text}`,
    ...rest,
  };
}

export function answers(tickets: Record<string, Reading<Ticket> | Ticket>): TicketFacts {
  const entries = Object.entries(tickets).map(([text, one]): [TicketKey, Reading<Ticket>] => [
    key(text),
    "state" in one ? one : known(one),
  ]);
  return { state: "on", answers: new Map(entries) };
}

export function buildCheck(changes: Partial<CheckResult> = {}): CheckResult {
  return {
    name: "unit",
    source: { kind: "workflow", workflow: "ci.yml", runId: 1, attempt: 1 },
    state: "success",
    said: "success",
    url: null,
    governed: false,
    ...changes,
  };
}

export function buildDeploySnapshot(changes: Partial<DeploySnapshot> = {}): DeploySnapshot {
  return {
    kind: "deploy",
    takenAt: TAKEN_AT,
    repository: buildRepository(),
    policy: buildPolicy(),
    environment: "production",
    head: HEAD,
    base: known({ sha: BASE, label: "production", sameTreeAs: null }),
    changeSet: known(buildChangeSet()),
    tickets: answers({ "PLAY-1": buildTicket("PLAY-1") }),
    checks: known([]),
    openPullRequests: known([]),
    outside: missing(),
    projects: known(["PLAY"]),
    attached: [],
    ...changes,
  };
}

export function buildPullRequestSnapshot(changes: Partial<PullRequestSnapshot> = {}): PullRequestSnapshot {
  return {
    kind: "pull-request",
    takenAt: TAKEN_AT,
    repository: buildRepository(),
    policy: buildPolicy(),
    head: HEAD,
    pullRequests: [buildPullRequest()],
    squashOnly: false,
    changeSet: known(buildChangeSet()),
    tickets: answers({ "PLAY-1": buildTicket("PLAY-1") }),
    projects: known(["PLAY"]),
    ...changes,
  };
}

/** By default one commit, `french`, that carries PLAY-1. */
export function buildCarriage(changes: Partial<Carriage> = {}): Carriage {
  return {
    tickets: [{ key: key("PLAY-1"), commits: [sha("french")], reverted: false }],
    mentioned: [],
    reverts: [],
    unticketed: [],
    exempt: [],
    ...changes,
  };
}

/** Tickets that go out, each carried by a commit of the same name. */
export function carrying(...keys: readonly string[]): Carriage {
  return buildCarriage({
    tickets: keys.map((text) => ({ key: key(text), commits: [sha(text)], reverted: false })),
  });
}
