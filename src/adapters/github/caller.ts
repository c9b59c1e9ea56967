import type { InstallationId } from "../../domain/model.ts";
import type { Answer } from "./exchange.ts";

/** As whom GitHub is called. */
export type Caller =
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly installation: InstallationId };

/** What proves to GitHub who calls. */
export interface Credentials {
  readonly authorise: (caller: Caller) => Promise<Authorisation>;
  /** After a 401: whether there is a new proof, so that one more try makes sense. */
  readonly renew: (caller: Caller, used: Authorisation, refusal: Answer) => boolean;
}

export interface Authorisation {
  /** The `authorization` header. Secret. */
  readonly header: string;
  /** Made a moment ago: GitHub's servers may not all know it yet, and then answer 403. */
  readonly fresh: boolean;
}
