import type { RedRange, TaggedPeople } from "../compliance/issue-view.ts";
import type { Author, PullRequest } from "../model.ts";

/** Everybody who is known to have written something of the range in which a check broke: logins, lower case. */
export function authorsOfRange({
  range,
  people,
}: {
  readonly range: RedRange;
  readonly people: TaggedPeople;
}): ReadonlySet<string> {
  const tagged = people.tagged.filter(({ because }) => because === "author").map(({ name }) => name);
  return lowerCased([...range.pullRequests.map(({ author }) => author), ...tagged, ...people.listed]);
}

/** Everybody who wrote a commit of a change set, or opened one of its pull requests. */
export function authorsOfChanges(
  commits: readonly { readonly author: Pick<Author, "login"> }[],
  pullRequests: readonly Pick<PullRequest, "author">[],
): ReadonlySet<string> {
  return lowerCased([
    ...commits.map(({ author }) => author.login),
    ...pullRequests.map(({ author }) => author),
  ]);
}

function lowerCased(logins: readonly (string | null)[]): ReadonlySet<string> {
  return new Set(logins.flatMap((login) => (login === null ? [] : [login.toLowerCase()])));
}
