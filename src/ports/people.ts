import type { BasePermission } from "../domain/authority/authority.ts";
import type { CommitSha, Reading } from "../domain/model.ts";
import type { FileAtCommit, RepositoryRef } from "./repository.ts";

export type Permission = BasePermission;

export type Membership = "active" | "pending" | "none";

export interface ReadsPeople {
  /** `org/slug`; nested teams count. unknown: the App may not read members, so nobody knows; a rate limit is a fault. */
  readonly readMembership: (
    repository: RepositoryRef,
    team: string,
    login: string,
  ) => Promise<Reading<Membership>>;
  /** CODEOWNERS in force at the commit: `.github/`, the root, `docs/`, the first of them; under 3 MB. */
  readonly readCodeOwners: (repository: RepositoryRef, sha: CommitSha) => Promise<Reading<FileAtCommit>>;
  /** Paths that one pull request changed, both names of a rename; `truncated` past 3,000. */
  readonly readChangedFiles: (
    repository: RepositoryRef,
    pullRequest: number,
  ) => Promise<Reading<readonly string[]>>;
  /** The public e-mail address of a person; null where there is none. */
  readonly readEmail: (repository: RepositoryRef, login: string) => Promise<string | null>;
}
