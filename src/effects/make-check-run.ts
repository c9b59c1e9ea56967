import type { Effect } from "../domain/effect.ts";
import type { Posted, PostsToGitHub } from "../ports/posts.ts";
import type { RepositoryRef } from "../ports/repository.ts";

/** Posts the check run with its footnote, into the one that is there already. */
export async function makeCheckRun(
  github: Pick<PostsToGitHub, "postCheckRun">,
  repository: RepositoryRef,
  desired: Extract<Effect, { kind: "check-run" }>,
  existingId: number | null,
): Promise<Posted> {
  return await github.postCheckRun(repository, { ...desired, text: wholeText(desired) }, existingId);
}

function wholeText({ text, footnote }: Extract<Effect, { kind: "check-run" }>): string | null {
  if (footnote === undefined) return text;
  return text === null ? footnote : `${text}\n\n${footnote}`;
}
