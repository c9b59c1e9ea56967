import * as wording from "../../domain/wording/cockpit/why.ts";

/** What the address asks, as it was typed. */
export interface TypedQuestion {
  readonly environment: string;
  readonly sha: string;
  readonly rollback: boolean;
}

/** What is wrong with it, by field; nothing is lost of what was typed. */
export interface WhyProblems {
  readonly environment?: string;
  readonly sha?: string;
  readonly intent?: string;
}

export type ReadQuestion =
  /** Nothing is asked yet. */
  | { readonly state: "empty"; readonly typed: TypedQuestion }
  | { readonly state: "wrong"; readonly typed: TypedQuestion; readonly problems: WhyProblems }
  | {
      readonly state: "asked";
      readonly typed: TypedQuestion;
      /** null: the main one. */
      readonly environment: string | null;
      /** The whole sha, or how it begins; lower case. */
      readonly sha: string;
      readonly intent: "deploy" | "rollback";
    };

/** GitHub's own limit for the name of an environment. */
const MAX_ENVIRONMENT = 255;
const SHA = /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/;
const MAX_SHOWN = 255;

/** Reads `environment`, `sha` and `intent`; of a parameter that comes twice the first counts, as in the form. */
export function readWhyQuestion(query: URLSearchParams): ReadQuestion {
  const given = (query.get("environment") ?? "").trim();
  const sha = (query.get("sha") ?? "").trim().toLowerCase();
  const intent = query.get("intent") ?? "deploy";
  const typed = {
    environment: given.slice(0, MAX_SHOWN),
    sha: sha.slice(0, MAX_SHOWN),
    rollback: intent === "rollback",
  };
  const isSubmitted = query.has("sha");
  const problems: WhyProblems = {
    ...(given.length > MAX_ENVIRONMENT || /\p{Cc}|\p{Cf}|\p{Cs}/u.test(given)
      ? { environment: wording.environmentUnreadable(MAX_ENVIRONMENT) }
      : {}),
    ...(sha === "" && isSubmitted ? { sha: wording.commitMissing() } : {}),
    ...(sha !== "" && !SHA.test(sha) ? { sha: wording.commitUnreadable() } : {}),
    ...(intent === "deploy" || intent === "rollback" ? {} : { intent: wording.intentUnreadable() }),
  };
  if (Object.keys(problems).length > 0) return { state: "wrong", typed, problems };
  if (sha === "") return { state: "empty", typed };
  return {
    state: "asked",
    typed,
    environment: given === "" ? null : given,
    sha,
    intent: typed.rollback ? "rollback" : "deploy",
  };
}
