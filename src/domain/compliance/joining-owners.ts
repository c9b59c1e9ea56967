import type { ComplianceCase } from "./case.ts";
import type { IssueView, TaggedPeople, TaggedPerson } from "./issue-view.ts";
import { ownerOf } from "./tag-people.ts";

type Owned = Pick<ComplianceCase, "id" | "owners">;

/** Who is told of the issue, the owners of those checks among them that went red on its commit after it was opened. */
export function withOwners(people: TaggedPeople, cases: readonly Owned[]): TaggedPeople {
  const owners = people.tagged.filter(({ because }) => because === "owner");
  return { ...people, tagged: [...people.tagged, ...ownersBesides(owners, cases)] };
}

/** The owners of checks that join the issue whom nobody has told of it yet. */
export function joiningOwners(
  { cases, people }: { readonly cases: readonly Owned[]; readonly people: IssueView["people"] },
  joining: readonly Owned[],
): readonly TaggedPerson[] {
  const before = cases.filter(({ id }) => joining.every((one) => one.id !== id));
  const told = people.tagged.filter(({ because }) => because !== "owner");
  return ownersBesides([...told, ...before.flatMap(ownersOfCase)], joining);
}

/** Each once. */
function ownersBesides(known: readonly TaggedPerson[], cases: readonly Owned[]): readonly TaggedPerson[] {
  const seen = new Set(known.map(keyOf));
  const more = new Map(cases.flatMap(ownersOfCase).map((who) => [keyOf(who), who] as const));
  return [...more].flatMap(([key, who]) => (seen.has(key) ? [] : [who]));
}

function ownersOfCase({ owners }: Pick<Owned, "owners">): readonly TaggedPerson[] {
  return owners.map(ownerOf);
}

function keyOf({ kind, name }: TaggedPerson): string {
  return `${kind}:${name.toLowerCase()}`;
}
