import type { InstallationId, RepositoryId } from "../domain/model.ts";
import type { BasePermission } from "../domain/authority/authority.ts";

/** GitHub's tokens of one person. What never ends has no end. */
export interface UserTokens {
  readonly accessToken: string;
  readonly accessEndsAt: Date | null;
  /** Works once. null: the App's tokens do not expire. */
  readonly refreshToken: string | null;
}

/** What a person sees of what the App is installed on. */
export interface SeenRepository {
  readonly id: RepositoryId;
  readonly installationId: InstallationId;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly permission: Exclude<BasePermission, "none">;
}

/**
 * GitHub on behalf of one person: the App's own sign-in, with the person's token. null: GitHub refuses the token or the code (used
 * before, over, revoked); everything else that fails is a `Fault`.
 */
export interface SignsIn {
  /** Where the browser is sent; `challenge` is PKCE's, S256. */
  readonly authorizeUrl: (asked: { state: string; challenge: string; redirectUri: string }) => string;
  readonly exchangeCode: (given: {
    code: string;
    verifier: string;
    redirectUri: string;
  }) => Promise<UserTokens | null>;
  readonly refresh: (refreshToken: string) => Promise<UserTokens | null>;
  readonly readUser: (accessToken: string) => Promise<{ id: number; login: string } | null>;
  /** Exactly what GitHub lets the person see of what the App is installed on. */
  readonly listRepositories: (accessToken: string) => Promise<readonly SeenRepository[] | null>;
  /** Of one repository, now; "none" where it does not exist for the person. */
  readonly readPermission: (accessToken: string, repository: RepositoryId) => Promise<BasePermission | null>;
  /**
   * The token ends, and with it the sign-in that it came from; the person's other browsers stay signed in. What is over already
   * is no error.
   */
  readonly revoke: (accessToken: string) => Promise<void>;
}
