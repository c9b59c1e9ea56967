import { isCommitSha } from "../domain/brands.ts";
import type { CommitSha } from "../domain/model.ts";
import * as wording from "../domain/wording/gate-api.ts";

/** What is asked about a repository: may this commit go to this environment now? */
interface AskedInQuery {
  readonly environment: string;
  readonly sha: CommitSha;
  readonly intent: "deploy" | "rollback";
}

const PARAMETERS = ["environment", "sha", "intent"] as const;
/** GitHub's own limit for the name of an environment. */
const MAX_ENVIRONMENT = 255;

/** What the query asks, or the sentence that says what is wrong with it. A misspelt parameter is never passed over. */
export function readGateQuestion(
  query: URLSearchParams,
): { readonly ok: true; readonly asked: AskedInQuery } | { readonly ok: false; readonly problem: string } {
  const no = (problem: string) => ({ ok: false, problem }) as const;
  for (const name of query.keys()) {
    if (!PARAMETERS.some((known) => known === name)) return no(wording.parameterUnknown(PARAMETERS));
  }
  const twice = PARAMETERS.find((name) => query.getAll(name).length > 1);
  if (twice !== undefined) return no(wording.parameterTwice(twice));
  const environment = query.get("environment") ?? "";
  if (environment.trim() === "") return no(wording.environmentMissing());
  if (environment.length > MAX_ENVIRONMENT || /\p{Cc}|\p{Cs}/u.test(environment)) {
    return no(wording.environmentImpossible(MAX_ENVIRONMENT));
  }
  const given = query.get("sha") ?? "";
  if (given === "") return no(wording.shaMissing());
  const sha = given.toLowerCase();
  if (!isCommitSha(sha)) return no(wording.shaNotWhole());
  const intent = query.get("intent") ?? "deploy";
  if (intent !== "deploy" && intent !== "rollback") return no(wording.intentUnknown());
  return { ok: true, asked: { environment, sha, intent } };
}

/** `owner/name` as GitHub takes them; null: no repository can be called so. */
export function readRepositoryName(
  owner: string,
  name: string,
): { readonly owner: string; readonly name: string } | null {
  const isPossible =
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$/.test(owner) &&
    /^[A-Za-z0-9._-]{1,100}$/.test(name) &&
    !/^\.{1,2}$/.test(name);
  return isPossible ? { owner, name } : null;
}
