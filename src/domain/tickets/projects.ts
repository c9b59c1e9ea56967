import type { TicketKey } from "../model.ts";
import { projectOf } from "./key.ts";
import { isStandard } from "./standards.ts";

/** Where keys were seen: each source is a message, a title or a branch's name. */
export interface Sighting {
  /** Keys in a place where a ticket is named, upper case. */
  readonly named: readonly TicketKey[];
  /** Keys anywhere, the named ones included; each once. */
  readonly seen: readonly TicketKey[];
  /** Tickets only if their project is known from elsewhere: leading a line, or in a branch in lower case. */
  readonly unproven: readonly TicketKey[];
}

export interface Projects {
  /** Whether a key may be a ticket that is carried. */
  readonly holds: (key: TicketKey) => boolean;
  /** Whether a key is worth mentioning at all. */
  readonly mayMention: (key: TicketKey) => boolean;
}

/** A list decides alone: the policy's projects, else Jira's own. */
export function listedProjects(listed: readonly string[]): Projects {
  const known = new Set(listed.map((project) => project.toUpperCase()));
  const holds = (key: TicketKey) => known.has(projectOf(key));
  return { holds, mayMention: holds };
}

/**
 * Where nobody can tell which projects exist: a prefix counts that names a ticket at least once and was seen
 * at least twice. Well-known standards never do. Every other key is only mentioned.
 */
export function observedProjects(sightings: readonly Sighting[]): Projects {
  const { named, repeated } = prefixesOf(sightings);
  return {
    holds: (key) => {
      const project = projectOf(key);
      return named.has(project) && repeated.has(project) && !isStandard(key);
    },
    mayMention: () => true,
  };
}

/** Whether more sightings could change the answer for a key that stands where a ticket is named. */
export function hasDoubtfulPrefix(sightings: readonly Sighting[]): boolean {
  const { named, repeated } = prefixesOf(sightings);
  const doubtful = (project: string) => !named.has(project) || !repeated.has(project);
  return (
    [...named].some(doubtful) ||
    sightings.some(({ unproven }) => unproven.some((key) => doubtful(projectOf(key))))
  );
}

function prefixesOf(sightings: readonly Sighting[]): {
  readonly named: ReadonlySet<string>;
  readonly repeated: ReadonlySet<string>;
} {
  const named = new Set(sightings.flatMap((sighting) => sighting.named.map(projectOf)));
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  for (const project of sightings.flatMap((sighting) => sighting.seen.map(projectOf))) {
    (seen.has(project) ? repeated : seen).add(project);
  }
  return { named, repeated };
}
