import type { Reading } from "../domain/model.ts";
import type { RepositoryRef } from "./repository.ts";

/** What a repository has that a policy may be written about. */
export interface SurveysRepositories {
  /** Names of its GitHub environments, at most a hundred. Missing: it has none, or GitHub does not show them. */
  readonly listEnvironments: (repository: RepositoryRef) => Promise<Reading<readonly string[]>>;
  /** Files in `.github/workflows` of the default branch: `ci.yml`. Missing: there is no such folder. */
  readonly listWorkflows: (repository: RepositoryRef) => Promise<Reading<readonly string[]>>;
}
