import type { CodeOwner } from "../code-owners/parse-owners-line.ts";
import { canBeMentioned } from "../escape/mention.ts";
import type { RedRange, TaggedPeople, TaggedPerson } from "./issue-view.ts";

const MOST_AUTHORS = 5;
const MOST_CODE_OWNERS = 5;

export interface PeopleFacts {
  readonly range: RedRange;
  /** The policy's, as they are written there. */
  readonly owners: readonly string[];
  /** It was red already when it began to be watched: whoever wrote then is not called now. */
  readonly adopted: boolean;
  /** Those who own most of the changed files first; null: could not be read, or not to the end. */
  readonly codeOwners: { readonly owners: readonly CodeOwner[]; readonly complete: boolean };
}

/** Who is told (J10): up to five authors, else none of them; up to five code owners; the policy's owners always. */
export function tagPeople({ range, owners, adopted, codeOwners }: PeopleFacts): TaggedPeople {
  const fromPolicy = owners.map(ownerOf);
  if (adopted) return { tagged: fromPolicy, listed: [], ownersMayBeIncomplete: false };
  const authors = distinct(range.pullRequests.flatMap(({ author }) => (author === null ? [] : [author])));
  const people = authors.filter((name) => canBeMentioned({ kind: "person", name }));
  const isFew = people.length <= MOST_AUTHORS;
  const tagged: readonly TaggedPerson[] = [
    ...(isFew ? people : []).map((name) => ({ kind: "person", name, because: "author" }) as const),
    ...mentionable(codeOwners.owners)
      .slice(0, MOST_CODE_OWNERS)
      .map((who) => ({ ...who, because: "code-owner" }) as const),
    ...fromPolicy,
  ];
  return {
    tagged,
    listed: isFew ? authors.filter((name) => !people.includes(name)) : authors,
    ownersMayBeIncomplete: !codeOwners.complete,
  };
}

/** `@acme/server` is a team, `@octocat` a person. */
export function ownerOf(written: string): TaggedPerson {
  const name = written.replace(/^@/, "");
  return { kind: name.includes("/") ? "team" : "person", name, because: "owner" };
}

/** An e-mail address tells nobody on GitHub. */
function mentionable(owners: readonly CodeOwner[]): readonly { kind: "person" | "team"; name: string }[] {
  return owners.flatMap(({ kind, name }) => (kind === "email" ? [] : [{ kind, name }]));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
