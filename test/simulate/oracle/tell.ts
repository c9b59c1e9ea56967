import type { Fact, Happening, JobSaid, SimulatedPolicy } from "../fact.ts";
import type { Seen, SeenGate, SeenIssue } from "../seen.ts";

/** Small histories by hand: one repository, hours counted from the beginning. */
export const SHOP = "acme/shop";
const BEGINNING = Date.UTC(2026, 2, 2);

export const POLICY: SimulatedPolicy = {
  mode: "enforce",
  graceHours: 72,
  confirm: 1,
  checks: [{ name: "long", workflow: "long.yml", job: "integration" }],
  statuses: ["Done"],
  riskRequired: false,
  require: "commit",
  overrideHours: 24,
  slack: false,
};

export function hour(hours: number): Date {
  return new Date(BEGINNING + hours * 3_600_000);
}

/** `a1` as a whole sha. */
export function sha(name: string): string {
  return name.padEnd(40, "0");
}

export function at(hours: number, happening: Happening): Fact {
  return { at: hour(hours), ...happening };
}

export interface Commit {
  readonly parents?: readonly string[];
  readonly carries?: readonly string[];
  readonly reverts?: string;
}

/** A commit, and `main` on it; short names. */
export function push(hours: number, name: string, commit: Commit = {}): readonly Fact[] {
  return [beside(hours, name, commit), branch(hours, "main", name)];
}

/** A commit that is on no branch yet. */
export function beside(
  hours: number,
  name: string,
  { parents = [], carries = ["PLAY-1"], reverts }: Commit,
): Fact {
  return at(hours, {
    kind: "commit",
    repository: SHOP,
    sha: sha(name),
    parents: parents.map(sha),
    author: "octocat",
    subject: name,
    carries,
    reverts: reverts === undefined ? null : sha(reverts),
  });
}

export function branch(hours: number, name: string, to: string | null): Fact {
  return at(hours, { kind: "branch", repository: SHOP, branch: name, sha: to === null ? null : sha(to) });
}

export function merged(hours: number, name: string, carries: readonly string[] = []): Fact {
  return at(hours, {
    kind: "merged",
    repository: SHOP,
    number: 900,
    author: "octocat",
    title: name,
    carries,
    sha: sha(name),
  });
}

/** What `integration` of `long.yml` says; the run is numbered by the caller. */
export function job(
  hours: number,
  name: string,
  run: number,
  says: JobSaid["says"],
  more: Partial<JobSaid> = {},
): Fact {
  return at(hours, {
    kind: "job",
    repository: SHOP,
    sha: sha(name),
    workflow: "long.yml",
    job: "integration",
    run,
    attempt: 1,
    event: "push",
    says,
    ...more,
  });
}

export function policy(hours: number, changes: Partial<SimulatedPolicy> | "missing" | "broken" = {}): Fact {
  const said = typeof changes === "string" ? changes : { ...POLICY, ...changes };
  return at(hours, { kind: "policy", repository: SHOP, policy: said });
}

export function ticket(
  hours: number,
  key: string,
  status: string | null = "Done",
  risk: string | null = null,
): Fact {
  return at(hours, { kind: "ticket", key, ticket: status === null ? null : { status, risk } });
}

export function role(hours: number, login: string, to: "admin" | "write" | "read" | "none"): Fact {
  return at(hours, { kind: "role", repository: SHOP, login, role: to });
}

export function quiet(hours: number): Fact {
  return at(hours, { kind: "quiet" });
}

/** Somebody does something to issue 7, which is what `issue` makes unless told otherwise. */
export function touch(
  hours: number,
  by: string,
  did: "closed" | "reopened" | "labelled" | "unlabelled" | "deleted",
  label: string | null = null,
  number = 7,
): Fact {
  return at(hours, { kind: "issue", repository: SHOP, number, by, did, label });
}

export function say(
  hours: number,
  by: string,
  command: Extract<Happening, { readonly kind: "comment" }>["command"],
  number = 7,
): Fact {
  return at(hours, { kind: "comment", repository: SHOP, number, by, command });
}

/** What is there before anything goes wrong: a policy, an admin, a writer, a ticket that may go out, and `a0` live and green. */
export const SHOP_OPENS: readonly Fact[] = [
  at(0, { kind: "repository", repository: SHOP }),
  role(0, "octocat", "admin"),
  role(0, "hubot", "write"),
  role(0, "reader", "read"),
  policy(0),
  ticket(0, "PLAY-1"),
  ...push(0, "a0"),
  branch(0, "production", "a0"),
  quiet(0),
];

/** Issue 7, opened by Holdpoint about that commit. */
export function issue(hours: number, firstRed: string, more: Partial<SeenIssue> = {}): SeenIssue {
  return {
    number: 7,
    state: "open",
    title: `integration red on main since ${sha(firstRed).slice(0, 7)}`,
    body: `- [ ] \`integration\` of \`long.yml\`: red\n\n<!-- holdpoint compliance ${sha(firstRed)} -->`,
    labels: ["deferred-compliance"],
    createdAt: hour(hours),
    comments: [],
    ...more,
  };
}

export function seen(hours: number, more: Partial<Seen> = {}): Seen {
  return { at: hour(hours), repository: SHOP, gates: [], issues: [], messages: [], statuses: [], ...more };
}

export function answered(
  name: string,
  decision: SeenGate["decision"],
  codes: readonly string[] = [],
): SeenGate {
  const reasons = codes.map((code) => ({ kind: "", code, message: "", since: null, until: null }));
  return { sha: sha(name), environment: "production", decision, wouldBe: decision, reasons };
}
