import { asError, Fault } from "../../errors.ts";
import type { SeenRepository, SignsIn } from "../../ports/sign-in.ts";
import { findSession, replaceRights, type StoredSession } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { askAsPerson } from "./ask-as-person.ts";
import { liveAt } from "./session-lifetime.ts";

/** `over`: GitHub takes the person's token no more. `unread`: what they may see is older than it may be, and GitHub does not answer. */
export type Rights = "fresh" | "over" | "unread";

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "signIn">;

const MINUTE = 60_000;
/** A page shows nothing by older rights than these. */
const OLDEST = 5 * MINUTE;
/** From here on they are read again behind the page, so that whoever goes on working never waits for it. */
const SOON = 4 * MINUTE;

/** Sees to it that a page stands on what GitHub lets the person see now, or did at most five minutes ago. */
export function createFreshRights(parts: Parts): (session: StoredSession) => Promise<Rights> {
  const { clock, log, signIn } = parts;
  /** One read for each session, however many of its pages wait for it. */
  const underWay = new Map<string, Promise<Rights>>();

  function readAgain(session: StoredSession, github: SignsIn): Promise<Rights> {
    const key = session.idHash.toString("hex");
    const reading =
      underWay.get(key) ?? readRights(parts, github, session).finally(() => underWay.delete(key));
    underWay.set(key, reading);
    return reading;
  }

  return async (session) => {
    if (signIn === null) return "over";
    const { rightsReadAt } = session;
    const age = rightsReadAt === null ? Infinity : clock.now().getTime() - rightsReadAt.getTime();
    if (age < SOON) return "fresh";
    const reading = readAgain(session, signIn.github);
    if (age >= OLDEST) return await reading;
    reading.catch((error: unknown) =>
      log.warn("what somebody may see could not be read again", { error: asError(error) }),
    );
    return "fresh";
  };
}

async function readRights(parts: Parts, github: SignsIn, session: StoredSession): Promise<Rights> {
  const { database, clock, log } = parts;
  const { idHash } = session;
  // Before the answer: what changes while it is read is read again in time.
  const at = clock.now();
  // A page that saw the session just before another one had read again does not ask once more.
  const newest = await findSession(database, idHash, liveAt(at));
  if (newest === null) return "over";
  if (newest.rightsReadAt?.getTime() !== session.rightsReadAt?.getTime()) return "fresh";
  let seen: readonly SeenRepository[] | null;
  try {
    seen = await askAsPerson(parts, session, (token) => github.listRepositories(token));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("it could not be read what somebody may see", { error });
    return "unread";
  }
  if (seen === null) return "over";
  const rights = seen.map(({ id: repositoryId, permission }) => ({ repositoryId, permission }));
  await database.transaction((transaction) => replaceRights(transaction, idHash, rights, at));
  return "fresh";
}
