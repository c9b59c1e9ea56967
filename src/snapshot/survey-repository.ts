import { DEPLOY_BRANCHES, foundIn, LIVE_BRANCHES, type Survey } from "../domain/first-visit/survey.ts";
import { WINDOW } from "../domain/first-visit/preview.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { Commit, Reading, RepositoryFacts } from "../domain/model.ts";
import type { GitHub } from "../ports/github.ts";
import type { ReadsTickets, SurveysJira } from "../ports/jira.ts";
import { readFact } from "./reading.ts";

export interface SurveyDependencies {
  readonly github: Pick<
    GitHub,
    | "listEnvironments"
    | "listWorkflows"
    | "readBranches"
    | "readLiveDeployment"
    | "readTrunk"
    | "readRecentCommits"
  >;
  readonly jira: (Pick<ReadsTickets, "readProjects"> & SurveysJira) | null;
}

/** Four pages of the trunk: with the rest, ten calls. */
const MOST_COMMITS = 70;
const MOST_MESSAGES = 100;
/** Environments whose deployments are looked at, those that sound like production first. */
const MOST_LIVE = 3;
const SOUNDS_LIVE = /prod|live/i;

/**
 * Everything of a repository that a first policy is written from, in some ten calls of GitHub, whatever it has. What cannot be read
 * is unknown by itself.
 */
export async function surveyRepository(
  { github, jira }: SurveyDependencies,
  repository: RepositoryFacts,
  at: Date,
): Promise<Survey> {
  const [environments, workflows, branches, fromJira] = await Promise.all([
    readFact(() => github.listEnvironments(repository)),
    readFact(() => github.listWorkflows(repository)),
    readFact(() => findBranches(github, repository)),
    jira === null ? null : readJira(jira),
  ]);
  const names = foundIn(environments);
  const [live, trunk] = await Promise.all([
    findLive(github, repository, names),
    readFact(() => github.readTrunk(repository, repository.defaultBranch, names, isEnough(at))),
  ]);
  return {
    defaultBranch: repository.defaultBranch,
    branches,
    environments,
    live,
    workflows,
    trunk,
    commits: await readCommits(github, repository, trunk),
    jira: fromJira,
    takenAt: at,
  };
}

async function readJira(jira: NonNullable<SurveyDependencies["jira"]>): Promise<NonNullable<Survey["jira"]>> {
  const [projects, names] = await Promise.all([
    readFact(() => jira.readProjects()),
    readFact(() => jira.readNames()),
  ]);
  return { projects, names };
}

async function findBranches(
  github: Pick<GitHub, "readBranches">,
  repository: RepositoryFacts,
): Promise<Reading<readonly string[]>> {
  const candidates = [...LIVE_BRANCHES, ...DEPLOY_BRANCHES].filter(
    (name) => name !== repository.defaultBranch,
  );
  const heads = await github.readBranches(repository, candidates);
  const there = candidates.filter((name) => heads.get(name)?.state === "known");
  return there.length === 0
    ? { state: "missing", detail: candidates.join(", ") }
    : { state: "known", value: there };
}

/** An environment whose deployments cannot be read is not known to be live. */
async function findLive(
  github: Pick<GitHub, "readLiveDeployment">,
  repository: RepositoryFacts,
  environments: readonly string[],
): Promise<readonly string[]> {
  const asked = environments
    .toSorted((one, other) => Number(SOUNDS_LIVE.test(other)) - Number(SOUNDS_LIVE.test(one)))
    .slice(0, MOST_LIVE);
  const answers = await Promise.all(
    asked.map((name) => readFact(() => github.readLiveDeployment(repository, name))),
  );
  return asked.filter((_, index) => answers[index]?.state === "known");
}

function isEnough(at: Date): (evidence: TrunkEvidence) => boolean {
  return ({ chain }) => {
    const oldest = chain.at(-1);
    return (
      chain.length >= MOST_COMMITS ||
      (oldest !== undefined && at.getTime() - oldest.committedAt.getTime() > WINDOW)
    );
  };
}

async function readCommits(
  github: Pick<GitHub, "readRecentCommits">,
  repository: RepositoryFacts,
  trunk: Reading<TrunkEvidence>,
): Promise<Reading<readonly Commit[]>> {
  if (trunk.state !== "known") return trunk;
  const { head } = trunk.value;
  return await readFact(async () => ({
    state: "known",
    value: await github.readRecentCommits(repository, head, MOST_MESSAGES),
  }));
}
