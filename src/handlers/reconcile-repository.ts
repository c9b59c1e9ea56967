import type { RepositoryFacts, RepositoryId } from "../domain/model.ts";
import { compareSights, type Sight } from "../domain/sight.ts";
import { type Subject, subjectKey } from "../domain/subject.ts";
import type { Watch } from "../domain/watch.ts";
import { githubListsWhatItHides } from "../domain/wording/github.ts";
import { Fault } from "../errors.ts";
import type { ReadsInstallations } from "../ports/installations.ts";
import { type SightTaken, takeSight } from "../snapshot/take-sight.ts";
import { unlessForbidden } from "../snapshot/unless-forbidden.ts";
import { listUndoneEffects } from "../store/effect.ts";
import {
  findReachableRepository,
  markReconciled,
  markReconciling,
  markRepositoryGone,
  upsertRepository,
} from "../store/repository.ts";
import { findOrganisationHead, findSight, keepSight, listStaleSubjects } from "../store/sight.ts";
import { listOpenSubjects } from "../store/subject.ts";
import { voidCases } from "../store/void-cases.ts";
import { findWatch, hasOpenCases } from "../store/watch.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { findWaitingDeployments } from "./find-waiting-deployments.ts";
import { missedWords } from "./missed-words.ts";
import { restoreStatuses } from "./restore-statuses.ts";

const MINUTE = 60_000;
/** An effect that is not true after this long has lost its job: it is asked for again. */
const PATIENCE = 5 * MINUTE;
/** Tickets change without a word where Jira's webhooks are not set up. */
const TICKETS_MAY_BE = 10 * MINUTE;
/** What failed for so long that its look was given up may come through by now. */
const GIVEN_UP_FOR = 10 * MINUTE;
/** Whatever was overlooked by comparing is found after this long. */
const ANYTHING_MAY_BE = 6 * 60 * MINUTE;

/**
 * Compares what is stored with what GitHub has, mostly by conditional requests, and asks for looks at what differs: a lost
 * webhook costs minutes, never an answer. Nothing is decided here.
 */
export async function reconcileRepository(
  dependencies: HandlerDependencies,
  subject: Extract<Subject, { kind: "repository" }>,
): Promise<void> {
  const { github, database, queue, clock, log } = dependencies;
  const { repositoryId } = subject;
  const known = await findReachableRepository(database, repositoryId);
  if (known === null) return;
  await markReconciling(database, repositoryId, clock.now());
  const repository = await readAgain(dependencies, known);
  if (repository === null) return;
  const watch = await findWatch(database, repositoryId);
  const before = await findSight(database, repositoryId);
  const organisation = await findOrganisationHead(database, repository);
  const at = clock.now();
  const taken =
    watch === null ? null : await takeSight(github, log, { repository, watch, organisation, before, at });
  const looks =
    watch !== null && taken !== null && before !== null && !isOtherPolicy(before, taken.sight)
      ? await whatDiffers(dependencies, repository, { watch, before, taken, at })
      : await everything(dependencies, repository, taken?.comments ?? []);
  const distinct = [...new Map(looks.map((one) => [subjectKey(one), one])).values()];
  const undone = await listUndoneEffects(database, repositoryId, new Date(at.getTime() - PATIENCE));
  await database.transaction(async (transaction) => {
    await queue.enqueue(transaction, [
      ...distinct.map((one) => ({
        kind: "look" as const,
        data: { subject: one, because: "reconciliation" },
      })),
      ...undone.map((target) => ({ kind: "effect" as const, data: { target } })),
    ]);
    if (taken === null) return;
    await keepSight(transaction, repositoryId, taken.sight, at);
    await markReconciled(transaction, repositoryId, at);
  });
  if (taken === null) return;
  const fields = { repository: repositoryId };
  // Without a policy, too: its jobs wait until they are rejected.
  await unlessForbidden(
    log,
    { ...fields, what: "waiting deployments" },
    () => findWaitingDeployments(dependencies, repository),
    undefined,
  );
  if (watch?.governed !== true) return;
  const trunk = taken.sight.heads[watch.trunk] ?? null;
  await unlessForbidden(
    log,
    { ...fields, what: "statuses" },
    () => restoreStatuses(dependencies, repository, trunk),
    undefined,
  );
}

/** The repository by its number, and what follows where it is gone or archived; null: nothing more is to be done for it. */
async function readAgain(
  { github, database, queue, clock, log }: HandlerDependencies,
  known: RepositoryFacts,
): Promise<RepositoryFacts | null> {
  const read = await github.readRepository(known.installationId, known.id);
  if (read.state === "unknown") return known;
  if (read.state === "missing") {
    await insistOnAbsence(github, known);
    await markRepositoryGone(database, known.id, "removed", clock.now());
    log.warn("the repository is no longer visible to the App", { repository: known.id, detail: read.detail });
    return null;
  }
  const at = clock.now();
  const repository = read.value;
  const ended = await database.transaction(async (transaction) => {
    await upsertRepository(transaction, repository, at);
    if (!repository.archived) return 0;
    await queue.enqueue(transaction, [
      {
        kind: "look",
        data: { subject: { kind: "gate", repositoryId: known.id }, because: "the repository is archived" },
      },
    ]);
    return await voidCases(transaction, known.id, "archived", at);
  });
  if (ended > 0)
    log.info("the cases of an archived repository ended", { repository: known.id, cases: ended });
  return repository.archived ? null : repository;
}

function isOtherPolicy(before: Sight, now: Sight): boolean {
  return before.watch !== now.watch || before.organisation !== now.organisation;
}

async function everything(
  { github, database }: HandlerDependencies,
  repository: RepositoryFacts,
  comments: SightTaken["comments"],
): Promise<readonly Subject[]> {
  const { id: repositoryId } = repository;
  const open = await github.readOpenPullRequests(repository);
  const pullRequests: readonly Subject[] =
    open.state === "known"
      ? open.value.map(({ number }) => ({ kind: "pull-request", repositoryId, number }))
      : [];
  return [
    ...ofRepository(repositoryId),
    ...pullRequests,
    ...(await listOpenSubjects(database, repositoryId)),
    ...(await missedWords({ database }, repositoryId, { issues: null, comments, labels: [] })),
  ];
}

/** Which of them do something is for them to find. */
function ofRepository(repositoryId: RepositoryId): readonly Subject[] {
  return [
    { kind: "deploy", repositoryId },
    { kind: "compliance", repositoryId },
    { kind: "gate", repositoryId },
  ];
}

interface Compared {
  readonly watch: Watch;
  readonly before: Sight;
  readonly taken: SightTaken;
  readonly at: Date;
}

async function whatDiffers(
  { jira, database }: HandlerDependencies,
  { id: repositoryId, defaultBranch }: RepositoryFacts,
  { watch, before, taken, at }: Compared,
): Promise<readonly Subject[]> {
  const { deploy, trunk, issues } = compareSights(before, taken.sight, watch, taken.issues, defaultBranch);
  const looks: Subject[] = [];
  if (deploy) looks.push({ kind: "deploy", repositoryId });
  if (!watch.governed) return looks;
  looks.push({ kind: "gate", repositoryId });
  if (watch.deferredChecks || trunk || (await hasOpenCases(database, repositoryId))) {
    looks.push({ kind: "compliance", repositoryId });
  }
  for (const { onPullRequest, number } of issues) {
    if (onPullRequest) looks.push({ kind: "pull-request", repositoryId, number });
  }
  const said = { issues, comments: taken.comments, labels: watch.labels };
  const stale = {
    any: new Date(at.getTime() - ANYTHING_MAY_BE),
    withTickets: jira === null ? null : new Date(at.getTime() - TICKETS_MAY_BE),
    givenUp: new Date(at.getTime() - GIVEN_UP_FOR),
  };
  return [
    ...looks,
    ...(await missedWords({ database }, repositoryId, said)),
    ...(await listStaleSubjects(database, repositoryId, stale)),
  ];
}

/** One 404 proves nothing: for a moment GitHub answers so for what is there. Throws where its own list has the repository. */
async function insistOnAbsence(
  github: ReadsInstallations,
  { id, installationId }: Pick<RepositoryFacts, "id" | "installationId">,
): Promise<void> {
  const listed = await github.listRepositories(installationId);
  if (!listed.some((repository) => repository.id === id)) return;
  throw new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: `reading repository ${id}`,
    detail: githubListsWhatItHides(),
  });
}
