import {
  ASKED_EVENTS,
  ASKED_PERMISSIONS,
  type AskedEvent,
  type AskedPermission,
  type Level,
} from "./asked.ts";
import type { Granted } from "./granted.ts";

/** A permission that the App asks for and does not have, or has in part only. */
export interface MissingPermission {
  readonly name: AskedPermission;
  readonly wanted: Level;
  /** null: not given at all. */
  readonly has: Level | null;
}

export interface Missing {
  readonly permissions: readonly MissingPermission[];
  readonly events: readonly AskedEvent[];
}

/** Of organisations alone: the account of a person has no members, and the permission is never given there. */
const OF_ORGANISATIONS: ReadonlySet<AskedPermission> = new Set(["members"]);

/**
 * What stops working there. Answered for what GitHub said last: an App that asks for more is not given it before an owner of the
 * account accepts.
 */
export function findMissing({ permissions, events, page }: Granted): Missing {
  const ofOrganisation = page?.includes("/organizations/") === true;
  const given: ReadonlySet<string> = new Set(events);
  return {
    permissions: names().flatMap((name) => {
      if (OF_ORGANISATIONS.has(name) && !ofOrganisation) return [];
      const wanted = ASKED_PERMISSIONS[name];
      const has = levelOf(permissions[name]);
      const enough = has === "write" || has === wanted;
      return enough ? [] : [{ name, wanted, has }];
    }),
    events: ASKED_EVENTS.filter((event) => !given.has(event)),
  };
}

export function isComplete({ permissions, events }: Missing): boolean {
  return permissions.length === 0 && events.length === 0;
}

function levelOf(given: string | undefined): Level | null {
  if (given === undefined) return null;
  return given === "read" ? "read" : "write";
}

function names(): readonly AskedPermission[] {
  return Object.keys(ASKED_PERMISSIONS).filter(isAsked);
}

function isAsked(name: string): name is AskedPermission {
  return Object.hasOwn(ASKED_PERMISSIONS, name);
}
