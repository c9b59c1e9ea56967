import type { RepositoryFacts } from "../../../src/domain/model.ts";
import type { OpenCockpit } from "../open-cockpit.ts";

const HOUR = 3_600_000;

/** Two environments, the first the main one. */
export const TWO_ENVIRONMENTS = `deploy:
  environments:
    production: { base: { branch: production } }
    staging: { base: { deployment: staging } }
tickets: { projects: [PLAY] }
deferred:
  checks: [{ name: "integration", match: { workflow: "e.yml", job: "integration *" } }]
`;

/** What is stored of one repository. Moments are milliseconds from now. */
export interface StoredWorld {
  /** null: it has none. */
  readonly policy?: string | null;
  readonly production?: "pass" | "fail" | "unknown";
  /** What the finding says. */
  readonly message?: string;
  readonly judgedAt?: number;
  readonly comparedAt?: number | null;
  readonly commits?: number;
  readonly runningChecks?: number;
  readonly waitingJobs?: number;
  readonly deadline?: number;
  readonly halted?: boolean;
  /** Nothing was looked at yet. */
  readonly fresh?: boolean;
}

/** Stores what the looks of a repository would have found. */
export async function storeWorld(
  { db: { database }, now }: Pick<OpenCockpit, "db" | "now">,
  { id }: Pick<RepositoryFacts, "id">,
  world: StoredWorld,
): Promise<void> {
  const at = (milliseconds: number) => new Date(now().getTime() + milliseconds);
  const { policy = TWO_ENVIRONMENTS, judgedAt = -8_000, comparedAt = -60_000, fresh = false } = world;
  const head = shaOf(1_000 + id);
  if (policy !== null) {
    await database.query(
      `insert into holdpoint.policy (repository_id, text, sha, read_at) values ($1, $2, $3, $4)`,
      [id, policy, shaOf(1), now()],
    );
  }
  if (comparedAt !== null) {
    await database.query(`update holdpoint.repository set reconciled_at = $2 where id = $1`, [
      id,
      at(comparedAt),
    ]);
  }
  await database.query(
    `insert into holdpoint.subject (key, repository_id, subject, head, looked_at) values ($1, $2, $3, $4, $5)`,
    [
      `deploy:${id}`,
      id,
      JSON.stringify({ kind: "deploy", repositoryId: id }),
      fresh ? null : head,
      fresh ? null : at(judgedAt),
    ],
  );
  for (const environment of fresh ? [] : ["production", "staging"]) {
    const outcome = environment === "production" ? (world.production ?? "pass") : "pass";
    await database.query(
      `insert into holdpoint.judgement (repository_id, environment, sha, place, was_live, verdict, read_at, shown)
       values ($1, $2, $3, 'deploy-branch', false, $4, $5, true)`,
      [id, environment, head, JSON.stringify(verdictOf(outcome, world.message)), at(judgedAt)],
    );
    const contents = {
      aheadBy: environment === "production" ? (world.commits ?? 0) : 0,
      checks: Array.from({ length: world.runningChecks ?? 0 }, (_, index) => ({
        name: `c${index}`,
        state: "running",
      })),
    };
    await database.query(
      `insert into holdpoint.deploy_contents (repository_id, environment, head, contents, read_at)
       values ($1, $2, $3, $4, $5)`,
      [id, environment, head, JSON.stringify(contents), now()],
    );
  }
  if (world.deadline !== undefined)
    await storeCase({ database, id, openedAt: at(-40 * HOUR), deadline: at(world.deadline) });
  if (world.halted === true) {
    await database.query(
      `insert into holdpoint.halt (repository_id, source, by_id, by_login, because, began_at)
       values ($1, 'request:1', 5, 'hubot', 'the database moves', $2)`,
      [id, at(-HOUR)],
    );
  }
  for (let run = 1; run <= (world.waitingJobs ?? 0); run += 1) {
    await database.query(
      `insert into holdpoint.waiting_deployment (repository_id, run_id, environment, sha, callback_url, asked_at)
       values ($1, $2, 'production', $3, 'https://api.github.com/x', $4)`,
      [id, run, head, now()],
    );
  }
}

async function storeCase({
  database,
  id,
  openedAt,
  deadline,
}: Pick<OpenCockpit["db"], "database"> & {
  readonly id: number;
  readonly openedAt: Date;
  readonly deadline: Date;
}): Promise<void> {
  const red = JSON.stringify({ sha: shaOf(5), at: openedAt.toISOString(), url: null, number: 1, attempt: 1 });
  await database.query(
    `insert into holdpoint.compliance_case
            (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at, adopted,
             grace, verify_grace, owners, warned_at, deadline)
     values ($1, 'k', 'integration', '{"kind": "actions", "workflow": "e.yml", "job": "integration"}', 'integration',
             $2, $3, $2, $4, false, 259200000, 0, '{}', $4, $5)`,
    [id, red, shaOf(5), openedAt, deadline],
  );
}

function verdictOf(outcome: "pass" | "fail" | "unknown", message = "1 commit carries no ticket"): object {
  const finding = {
    rule: "ticket-present",
    outcome,
    warning: false,
    code: "no-ticket",
    commits: [],
    tickets: [],
  };
  return {
    outcome,
    skipped: [],
    findings: outcome === "pass" ? [] : [{ ...finding, message, publicMessage: message }],
  };
}

function shaOf(number: number): string {
  return number.toString(16).padStart(40, "0");
}
