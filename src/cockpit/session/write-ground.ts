import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/session.ts";
import { Fault } from "../../errors.ts";
import { findSession, replaceLogin, replaceRight } from "../../store/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, Person, Right, VisibleRepository } from "../person.ts";
import { answerStranger } from "./answer-stranger.ts";
import { askAsPerson } from "./ask-as-person.ts";
import { isFormToken } from "./form-token.ts";
import { keptForm } from "./kept-form.ts";
import { type Form, MAX_FORM_BYTES, readForm } from "./read-form.ts";
import { refuse } from "./refuse.ts";
import { isSameOrigin } from "./same-origin.ts";
import { liveAt } from "./session-lifetime.ts";

/** What a form may stand on: who sends it, where they may do what now, and what they typed. */
export interface WriteGround {
  readonly person: Person;
  readonly repository: VisibleRepository;
  readonly form: Form;
}

type Parts = Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl" | "signIn">;

/**
 * The ground of every form below `/:owner/:repo`: it comes from a page of ours, from this session, is of a bearable size, and GitHub
 * says now what the person may do there. Answers the page to show instead where one of these is not so; where what was typed is
 * somebody's own, that page keeps it.
 */
export async function readWriteGround(
  parts: Parts,
  context: Context<CockpitEnvironment>,
): Promise<WriteGround | Response> {
  const person = context.get("person");
  const told = { user: person.id, path: context.req.path.slice(0, 200) };
  if (!isSameOrigin(context, parts.publicUrl())) {
    parts.log.warn("a form was refused", { ...told, code: "from-elsewhere" });
    return await refuse(context, person, 403, wording.notFromHere(), wording.notFromHereWhy());
  }
  const read = await readForm(context);
  if (read.state === "too-large") {
    const why = wording.formTooLargeWhy(MAX_FORM_BYTES / 1_024);
    return await refuse(context, person, 413, wording.formTooLarge(), why);
  }
  if (read.state === "unreadable") {
    return await refuse(context, person, 400, wording.formUnreadable(), wording.formUnreadableWhy());
  }
  const { form } = read;
  if (!isFormToken(person, form.get("token") ?? "")) {
    parts.log.warn("a form was refused", { ...told, code: "of-another-session" });
    return await keptForm(context, { kind: "other-session", person }, form);
  }
  const { owner = "", repo = "" } = context.req.param();
  const repository = await findVisible(parts, person, { owner, repo });
  if (repository === null) {
    parts.log.warn("a form was refused", { ...told, code: "not-theirs" });
    return await notFound(context, person);
  }
  const now = await readRightNow(parts, person, repository);
  if (now === "unread") return await keptForm(context, { kind: "github-away", person }, form);
  if (now === "over") return await answerStranger(parts, context, form);
  const { right, login } = now;
  if (right === "none") {
    parts.log.warn("a form was refused", { ...told, code: "not-theirs-any-more" });
    return await notFound(context, person);
  }
  return { person: { ...person, login }, repository: { ...repository, right }, form };
}

/**
 * What GitHub says now, and not what it said minutes ago; pages go by it from now on, too. Also what they are called: somebody who
 * renames themselves is asked about by that name, and whoever takes the old one is somebody else.
 */
async function readRightNow(
  parts: Parts,
  { sessionHash }: Person,
  { facts }: VisibleRepository,
): Promise<{ readonly right: Right | "none"; readonly login: string } | "over" | "unread"> {
  const { database, clock, log, signIn } = parts;
  const session = await findSession(database, sessionHash, liveAt(clock.now()));
  if (session === null || signIn === null) return "over";
  const { github } = signIn;
  try {
    const now = await askAsPerson(parts, session, async (token) => {
      const [right, user] = await Promise.all([
        github.readPermission(token, facts.id),
        github.readUser(token),
      ]);
      return right === null || user === null ? null : { right, login: user.login };
    });
    if (now === null) return "over";
    await replaceRight(database, sessionHash, facts.id, now.right === "none" ? null : now.right);
    if (now.login !== session.login) await replaceLogin(database, sessionHash, now.login);
    return now;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("it could not be read what somebody may do", { repository: facts.id, error });
    return "unread";
  }
}
