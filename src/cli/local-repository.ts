import type { InstallationId, RepositoryFacts, RepositoryId } from "../domain/model.ts";

/** A local clone is no repository of GitHub's: it has the number that GitHub gives to none. */
export function localRepository(): RepositoryFacts {
  const none = 0;
  if (!isNone(none)) throw new TypeError("zero is zero");
  return {
    id: none,
    installationId: none,
    owner: "",
    name: "",
    defaultBranch: "",
    private: true,
    archived: false,
  };
}

function isNone(id: number): id is RepositoryId & InstallationId {
  return id === 0;
}
