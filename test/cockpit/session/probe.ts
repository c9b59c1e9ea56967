import { Hono } from "hono";
import { findVisible } from "../../../src/cockpit/find-visible.ts";
import { notFound } from "../../../src/cockpit/not-found.ts";
import type { CockpitEnvironment } from "../../../src/cockpit/person.ts";
import { requirePerson } from "../../../src/cockpit/session/require-person.ts";
import { createSignInApp } from "../../../src/cockpit/session/sign-in-app.ts";
import { readWriteGround } from "../../../src/cockpit/session/write-ground.ts";
import type { OpenCockpit } from "../open-cockpit.ts";

/** The session alone, before one page and one form that do as little as there is to do. */
export interface Probe {
  readonly app: Hono;
  /** What was done, in whose name, with what. */
  readonly done: { readonly login: string; readonly right: string; readonly text: string }[];
}

export function openProbe({ parts }: Pick<OpenCockpit, "parts">): Probe {
  const done: { login: string; right: string; text: string }[] = [];
  const app = new Hono();
  app.route("/", createSignInApp(parts));
  const signedIn = new Hono<CockpitEnvironment>();
  signedIn.use(requirePerson(parts));
  signedIn.get("/:owner/:repo", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(parts, person, context.req.param());
    return repository === null ? await notFound(context, person) : context.text(repository.right);
  });
  signedIn.post("/:owner/:repo/probe", async (context) => {
    const ground = await readWriteGround(parts, context);
    if (ground instanceof Response) return ground;
    const { person, repository, form } = ground;
    done.push({ login: person.login, right: repository.right, text: form.get("text") ?? "" });
    return context.redirect("/", 303);
  });
  app.route("/", signedIn);
  return { app, done };
}
