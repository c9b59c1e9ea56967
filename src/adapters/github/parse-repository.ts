import type { InstallationId, RepositoryFacts } from "../../domain/model.ts";
import { fields, type Fields, flag, integer, optionalFields, repositoryId, text } from "./json.ts";

/** From the REST schema `repository`. */
export function parseRepository(data: unknown, installationId: InstallationId): RepositoryFacts {
  const from = fields(data, "repository");
  return {
    id: repositoryId(from, "id"),
    installationId,
    owner: text(fields(from["owner"], "owner"), "login"),
    name: text(from, "name"),
    defaultBranch: text(from, "default_branch"),
    private: flag(from, "private"),
    archived: flag(from, "archived"),
  };
}

/** From the fields that the GraphQL queries ask of a `Repository`. An empty repository has no default branch yet: "". */
export function parseGraphqlRepository(from: Fields, installationId: InstallationId): RepositoryFacts {
  const branch = optionalFields(from["defaultBranchRef"], "defaultBranchRef");
  return {
    id: repositoryId(from, "databaseId"),
    installationId,
    owner: text(fields(from["owner"], "owner"), "login"),
    name: text(from, "name"),
    defaultBranch: branch === null ? "" : text(branch, "name"),
    private: flag(from, "isPrivate"),
    archived: flag(from, "isArchived"),
  };
}

export function isSameRepository(from: Fields, id: number): boolean {
  return integer(from, "databaseId") === id;
}
