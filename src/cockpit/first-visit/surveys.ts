import type { Survey } from "../../domain/first-visit/survey.ts";
import type { RepositoryFacts, RepositoryId } from "../../domain/model.ts";
import { surveyRepository } from "../../snapshot/survey-repository.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";

type Parts = Pick<CockpitDependencies, "github" | "jira" | "clock">;

interface Remembered {
  readonly survey: Promise<Survey>;
  readonly at: number;
}

/** A survey takes some ten calls: whoever reloads the page, or sits before it with others, is answered from the last one. */
const FRESH = 120_000;
const REMEMBERED = 200;

/** By whom they were read from: each process has one GitHub, each test its own. */
const surveysOf = new WeakMap<object, Map<RepositoryId, Remembered>>();

/** null: it is still being read when the page has waited long enough; asked for again, it goes on from there. */
export async function findSurvey(
  { github, jira, clock }: Parts,
  repository: RepositoryFacts,
  patience: number,
): Promise<Survey | null> {
  const known = surveysOf.get(github) ?? new Map<RepositoryId, Remembered>();
  surveysOf.set(github, known);
  const now = clock.now();
  const before = known.get(repository.id);
  const isFresh = before !== undefined && now.getTime() - before.at < FRESH;
  const survey = isFresh ? before.survey : surveyRepository({ github, jira }, repository, now);
  if (!isFresh) remember(known, repository.id, { survey, at: now.getTime() });
  const { promise: tired, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), patience);
  try {
    return await Promise.race([survey, tired]);
  } finally {
    clearTimeout(timer);
  }
}

/** What failed altogether is forgotten, and read anew by whoever asks next. */
function remember(known: Map<RepositoryId, Remembered>, id: RepositoryId, one: Remembered): void {
  known.delete(id);
  known.set(id, one);
  for (const oldest of known.keys()) {
    if (known.size <= REMEMBERED) break;
    known.delete(oldest);
  }
  one.survey.catch(() => {
    if (known.get(id) === one) known.delete(id);
  });
}
