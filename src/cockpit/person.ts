import type { RepositoryFacts } from "../domain/model.ts";

/** Somebody who is signed in. */
export interface Person {
  readonly id: number;
  readonly login: string;
  /** Names the session in the database; the cookie's text is not kept. */
  readonly sessionHash: Buffer;
}

/** What a person may do in a repository they see, as GitHub said at most five minutes ago. */
export type Right = "read" | "write" | "admin";

/** A repository that the person may see. Whatever they may not see answers like what does not exist. */
export interface VisibleRepository {
  readonly facts: RepositoryFacts;
  readonly right: Right;
  readonly openCases: number;
}

/** What the session's middleware puts into every request's context. */
export interface CockpitEnvironment {
  readonly Variables: { readonly person: Person };
}
