import type { CommitSha, InstallationId, Reading, RepositoryFacts } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { fields, installationId, sha } from "./json.ts";
import { parseRepository } from "./parse-repository.ts";
import type { RepositoryCalls } from "./repository-calls.ts";
import type { Transport } from "./transport.ts";

/** For commands, where people name repositories and commits. */
export interface FindsRepositories {
  /** By its name as a person typed it. A name that was left behind by a rename is not followed. */
  readonly findRepository: (owner: string, name: string) => Promise<Reading<RepositoryFacts>>;
  /** A branch, a tag or a sha, shortened or not. */
  readonly resolveRef: (repository: RepositoryRef, ref: string) => Promise<Reading<CommitSha>>;
}

/** Whose installation a repository belongs to; null: the App is not installed there. */
export type FindsInstallation = (owner: string, name: string) => Promise<InstallationId | null>;

export function createRepositoryFinder(
  transport: Transport,
  calls: RepositoryCalls,
  findInstallation: FindsInstallation,
): FindsRepositories {
  return {
    findRepository: async (owner, name) => {
      const missing = { state: "missing", detail: wording.githubRepositoryGone() } as const;
      const installation = await findInstallation(owner, name);
      if (installation === null) return missing;
      const answer = await transport.send({
        caller: { kind: "installation", installation },
        route: "GET /repos/{owner}/{repo}",
        parameters: { owner, repo: name },
        doing: `looking for the repository ${owner}/${name}`,
      });
      if (answer.status !== 200) return missing;
      return { state: "known", value: parseRepository(answer.data, installation) };
    },

    resolveRef: async (repository, ref) => {
      const answer = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/commits/{ref}",
        parameters: { ref },
        doing: `looking for ${ref}`,
      });
      if (answer.status === 200) return { state: "known", value: sha(fields(answer.data, "commit"), "sha") };
      return { state: "missing", detail: wording.githubObjectGone(ref) };
    },
  };
}

export function createInstallationFinder(transport: Transport): FindsInstallation {
  return async (owner, name) => {
    const answer = await transport.send({
      caller: { kind: "app" },
      route: "GET /repos/{owner}/{repo}/installation",
      parameters: { owner, repo: name },
      doing: `looking for the installation of ${owner}/${name}`,
    });
    return answer.status === 200 ? installationId(fields(answer.data, "installation"), "id") : null;
  };
}
