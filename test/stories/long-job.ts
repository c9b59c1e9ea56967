import type { ComplianceCase } from "../../src/domain/compliance/case.ts";
import { type CaseState, caseState } from "../../src/domain/compliance/case.ts";
import type { SeenIssue } from "../../src/sandbox/spectator.ts";
import { isRepositoryId } from "../../src/domain/brands.ts";
import { type CaseRow, CASE_COLUMNS, readCaseRow } from "../../src/store/compliance-case-row.ts";
import type { Repo, Shop } from "./shop.ts";

export const DEFERRED_POLICY = `
deploy:
  environments:
    production: { base: { branch: production } }
tickets: { require: off }
deferred:
  checks:
    - name: "Integration"
      match: { workflow: "long.yml", job: "integration *" }
      owners: ["@hubot"]
`;

export interface SeenCase {
  readonly id: number;
  readonly name: string;
  readonly state: CaseState;
  readonly firstRed: string;
  readonly reds: number;
  readonly warned: boolean;
  readonly adopted: boolean;
  readonly openedAt: Date;
  readonly deadline: Date | null;
  readonly unverified: boolean;
  readonly ended: string | null;
}

type Said = "success" | "failure" | "cancelled" | "timed_out" | null;

/** A repository whose deferred check is one long job. Everything is waited for. */
export interface LongJob extends Repo {
  /** The job ends on a commit; on the trunk's head where none is given. null: it goes on. Answers the run. */
  readonly run: (conclusion: Said, sha?: string, jobs?: readonly string[]) => Promise<number>;
  /** One more attempt of a run. */
  readonly runAgain: (run: number, sha: string, conclusion: Said) => Promise<void>;
  readonly cases: () => Promise<readonly SeenCase[]>;
  readonly issues: () => Promise<readonly SeenIssue[]>;
  /** What the audit says of cases, oldest first. */
  readonly audit: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A look at the compliance of the repository, as the queue would make it. */
  readonly lookAgain: () => Promise<void>;
}

export async function openLongJob(shop: Shop, policy: string = DEFERRED_POLICY): Promise<LongJob> {
  const repo = await shop.repository({
    policy,
    files: { ".github/workflows/long.yml": "on: push\njobs: {}\n" },
  });
  const { control } = shop.box.github;
  const seen = await shop.spectatorOf("acme");

  async function run(
    conclusion: Said,
    sha = "main",
    jobs: readonly string[] = ["integration (a)"],
  ): Promise<number> {
    const { run: made } = await control.finishWorkflowRun({
      repository: repo.name,
      sha,
      workflow: "long.yml",
      jobs: jobs.map((name) => ({ name, conclusion })),
    });
    await shop.quiet();
    return made;
  }

  return {
    ...repo,
    run,
    async runAgain(of, sha, conclusion) {
      const jobs = [{ name: "integration (a)", conclusion }];
      await control.finishWorkflowRun({ repository: repo.name, sha, workflow: "long.yml", run: of, jobs });
      await shop.quiet();
    },
    async cases() {
      const rows = await shop.db.database.query<CaseRow>(
        `select ${CASE_COLUMNS} from holdpoint.compliance_case where repository_id = $1 order by id`,
        [repo.id],
      );
      return rows.map(readCaseRow).map(seeCase);
    },
    issues: () => seen.issues(repo.name, "deferred-compliance"),
    async audit() {
      const rows = await shop.db.database.query<{ record: Readonly<Record<string, unknown>> }>(
        `select record from holdpoint.audit
          where record->>'what' like 'case-%' and (record->>'repository')::bigint = $1 order by sequence`,
        [repo.id],
      );
      return rows.map(({ record }) => record);
    },
    async lookAgain() {
      const repositoryId = repo.id;
      if (!isRepositoryId(repositoryId)) throw new Error("repositories count from 1");
      const { database, queue } = shop.holdpoint();
      const subject = { kind: "compliance", repositoryId } as const;
      await database.transaction((transaction) =>
        queue.enqueue(transaction, [{ kind: "look", data: { subject, because: "a story asks" } }]),
      );
      await shop.quiet();
    },
  };
}

function seeCase(one: ComplianceCase): SeenCase {
  return {
    id: one.id,
    name: one.name,
    state: caseState(one),
    firstRed: one.firstRed.sha,
    reds: one.reds,
    warned: one.warnedAt !== null,
    adopted: one.adopted,
    openedAt: one.openedAt,
    deadline: one.deadline,
    unverified: one.unverifiedSince !== null,
    ended: one.end?.as ?? null,
  };
}
