import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/session.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment, Person, VisibleRepository } from "../person.ts";
import { isFormToken } from "./form-token.ts";
import { type Form, MAX_FORM_BYTES, readForm } from "./read-form.ts";
import { refuse } from "./refuse.ts";
import { isSameOrigin } from "./same-origin.ts";

/** What a form may stand on: who sends it, where they may do what now, and what they typed. */
export interface WriteGround {
  readonly person: Person;
  readonly repository: VisibleRepository;
  readonly form: Form;
}

/**
 * The ground of every form below `/:owner/:repo`: it comes from a page of ours, from this session, is of a bearable size, and GitHub
 * says now what the person may do there. Answers the page to show instead where one of these is not so.
 */
export async function readWriteGround(
  dependencies: Pick<CockpitDependencies, "database" | "clock" | "log" | "publicUrl" | "signIn">,
  context: Context<CockpitEnvironment>,
): Promise<WriteGround | Response> {
  const person = context.get("person");
  if (!isSameOrigin(context, dependencies.publicUrl())) {
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
  if (!isFormToken(person, read.form.get("token") ?? "")) {
    return await refuse(context, person, 403, wording.notFromHere(), wording.notFromHereWhy());
  }
  const { owner = "", repo = "" } = context.req.param();
  const repository = await findVisible(dependencies, person, { owner, repo });
  if (repository === null) return await notFound(context, person);
  return { person, repository, form: read.form };
}
