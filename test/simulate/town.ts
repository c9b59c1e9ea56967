import { z } from "zod";
import type { Fact, Happening, SimulatedPolicy } from "./fact.ts";
import type { Outside } from "./outside.ts";
import { FIRST_POLICY, policyText } from "./policy-text.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A repository as its people know it. */
export interface Place {
  readonly name: string;
  readonly policy: SimulatedPolicy;
  /** First parents of the trunk, oldest first. */
  readonly trunk: readonly string[];
  readonly production: string;
  /** Jobs that are broken at the head of the trunk. */
  readonly broken: ReadonlySet<string>;
  /** Tickets of what is not live yet, oldest first. */
  readonly keys: readonly string[];
  readonly runs: readonly StartedRun[];
}

export interface StartedRun {
  readonly run: number;
  readonly attempt: number;
  readonly sha: string;
  readonly jobs: readonly { readonly id: number; readonly name: string; readonly ends: JobEnd }[];
}

export type JobEnd = "success" | "failure" | "cancelled";

/** Something that happens by itself later on: a run of CI that ends. */
export interface Later {
  readonly at: Date;
  readonly happen: () => Promise<void>;
}

/** The people and machines around Holdpoint, and the truth about them. */
export interface Town {
  readonly outside: Outside;
  readonly time: VirtualTime;
  readonly facts: readonly Fact[];
  readonly place: (index: number) => Place;
  readonly change: (index: number, change: Partial<Place>) => void;
  /** It is true from this moment on. */
  readonly note: (happening: Happening) => void;
  readonly later: (later: Later) => void;
  readonly takeDue: () => readonly Later[];
  readonly nextAt: () => Date | null;
  /** A number that nobody had before. */
  readonly next: () => number;
  /** Issues that Holdpoint opened and that are open. */
  readonly openIssues: (repository: string) => Promise<readonly OpenIssue[]>;
}

export const PEOPLE = [
  { login: "admin", role: "admin" },
  { login: "boss", role: "admin" },
  { login: "monalisa", role: "write" },
  { login: "hubot-fan", role: "write" },
  { login: "guest", role: "read" },
] as const;

/** Always in order: what the team's own housekeeping is filed under. */
export const HOUSEKEEPING = "PLAY-1";

const issueSchema = z.array(
  z.object({
    number: z.number(),
    user: z.object({ type: z.string() }),
    labels: z.array(z.object({ name: z.string() })),
  }),
);
export interface OpenIssue {
  readonly number: number;
  readonly labels: readonly string[];
}

export async function openTown(
  outside: Outside,
  time: VirtualTime,
  repositories: readonly string[],
): Promise<Town> {
  const { control } = outside.github;
  const facts: Fact[] = [];
  const places: Place[] = [];
  let later: Later[] = [];
  let count = 0;

  function note(happening: Happening): void {
    facts.push({ at: time.now(), ...happening });
  }

  const { key } = outside.jira.createIssue({
    project: "PLAY",
    type: "Story",
    summary: "Housekeeping",
    status: "Done",
    fields: { "Risk assessment": "none" },
  });
  if (key !== HOUSEKEEPING) throw new Error(`the first ticket is ${key}`);
  note({ kind: "ticket", key, ticket: { status: "Done", risk: "none" } });
  await control.createOrganisation({ login: "acme" });
  const { token } = await control.createUserToken({ login: "admin" });
  for (const name of repositories) places.push(await found(name));

  async function found(name: string): Promise<Place> {
    const [owner = "", short = ""] = name.split("/");
    const { sha } = await control.createRepository({
      owner,
      name: short,
      private: true,
      files: { ".github/holdpoint.yml": policyText(FIRST_POLICY), ".github/workflows/long.yml": WORKFLOW },
    });
    if (sha === null) throw new Error(`${name} has no first commit`);
    note({ kind: "repository", repository: name });
    for (const { login, role } of PEOPLE) {
      await control.setPermission({ repository: name, login, role });
      note({ kind: "role", repository: name, login, role });
    }
    const first = { repository: name, sha, parents: [], author: "octocat", subject: "First", carries: [] };
    note({ kind: "commit", ...first, reverts: null });
    note({ kind: "branch", repository: name, branch: "main", sha });
    note({ kind: "policy", repository: name, policy: FIRST_POLICY });
    await control.createBranch({ repository: name, branch: "production" });
    note({ kind: "branch", repository: name, branch: "production", sha });
    return {
      name,
      policy: FIRST_POLICY,
      trunk: [sha],
      production: sha,
      broken: new Set(),
      keys: [],
      runs: [],
    };
  }

  async function openIssues(repository: string): Promise<readonly OpenIssue[]> {
    const response = await outside.github.fetch(
      new Request(`https://api.github.com/repos/${repository}/issues?state=open&per_page=100`, {
        headers: { authorization: `token ${token}`, "user-agent": "people" },
      }),
    );
    const issues = issueSchema.parse(await response.json());
    return issues
      .filter(({ user }) => user.type === "Bot")
      .map(({ number, labels }) => ({ number, labels: labels.map(({ name }) => name) }));
  }

  return {
    outside,
    time,
    facts,
    place(index) {
      const place = places[index];
      if (place === undefined) throw new Error(`there is no repository ${String(index)}`);
      return place;
    },
    change(index, change) {
      const place = places[index];
      if (place !== undefined) places[index] = { ...place, ...change };
    },
    note,
    later: (one) => void later.push(one),
    takeDue() {
      const due = later
        .filter(({ at }) => at <= time.now())
        .toSorted((a, b) => a.at.getTime() - b.at.getTime());
      later = later.filter((one) => !due.includes(one));
      return due;
    },
    nextAt: () => (later.length === 0 ? null : new Date(Math.min(...later.map(({ at }) => at.getTime())))),
    next: () => (count += 1),
    openIssues,
  };
}

const WORKFLOW = `name: Long
on: push
jobs:
  db: { name: integration db, runs-on: ubuntu-latest, steps: [] }
  api: { name: integration api, runs-on: ubuntu-latest, steps: [] }
`;
