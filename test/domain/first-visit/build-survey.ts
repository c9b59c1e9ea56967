import type { TrunkEvidence, TrunkResult } from "../../../src/domain/compliance/evidence.ts";
import type { Survey } from "../../../src/domain/first-visit/survey.ts";
import type { Commit } from "../../../src/domain/model.ts";
import { buildCommit, known, sha } from "../build-snapshot.ts";

export const AT = new Date("2026-11-21T12:00:00Z");
const nothing = { state: "missing", detail: "" } as const;

/** A repository in which nothing was found, but for what is given. */
export function buildSurvey(more: Partial<Survey> = {}): Survey {
  return {
    defaultBranch: "main",
    branches: nothing,
    environments: nothing,
    live: [],
    workflows: nothing,
    trunk: nothing,
    commits: nothing,
    jira: null,
    takenAt: AT,
    ...more,
  };
}

export function hoursAgo(hours: number): Date {
  return new Date(AT.getTime() - hours * 3_600_000);
}

export interface SeenJob {
  readonly name: string;
  readonly workflow?: string;
  readonly said?: string;
  readonly minutes?: number;
  readonly event?: string;
}

/** A trunk with a commit every so many hours, newest first, and what each job said on it. */
export function buildTrunk(commits: readonly (readonly SeenJob[])[], every = 1): TrunkEvidence {
  const chain = commits.map((_, index) => ({
    sha: sha(`c${index}`),
    parent: sha(`c${index + 1}`),
    subject: `c${index}`,
    committedAt: hoursAgo(every * index + 1),
  }));
  let sequence = 1_000_000;
  const results = commits.flatMap((jobs, index) =>
    jobs.map(({ name, workflow = "ci.yml", said = "success", minutes = 2, event = "push" }): TrunkResult => {
      sequence -= 1;
      const startedAt = hoursAgo(every * index + 0.5);
      return {
        sha: sha(`c${index}`),
        name,
        source: { kind: "workflow", workflow: `.github/workflows/${workflow}` },
        runId: 1_000 - index,
        sequence,
        said,
        at: new Date(startedAt.getTime() + minutes * 60_000),
        startedAt,
        url: null,
        event,
        governed: false,
      };
    }),
  );
  return { branch: "main", head: sha("c0"), chain, complete: false, results, runs: [] };
}

export function messages(...texts: readonly string[]): readonly Commit[] {
  return texts.map((message, index) => ({
    ...buildCommit(`m${index}`, message),
    committedAt: hoursAgo(index + 1).toISOString(),
  }));
}

export { known, sha };
