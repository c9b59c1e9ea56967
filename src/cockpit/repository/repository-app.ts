import { Hono } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { findVisible } from "../find-visible.ts";
import { notFound } from "../not-found.ts";
import type { CockpitEnvironment } from "../person.ts";
import { html } from "../view/html.ts";
import { renderPage } from "../view/page.ts";

/** What a deploy would contain, and what stands in its way. */
export function createRepositoryApp(dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  const app = new Hono<CockpitEnvironment>();
  app.get("/:owner/:repo", async (context) => {
    const person = context.get("person");
    const repository = await findVisible(dependencies, person, context.req.param());
    if (repository === null) return await notFound(context, person);
    const { owner, name, id } = repository.facts;
    return await renderPage(context, {
      title: `${owner}/${name}`,
      place: { kind: "repository", repository, tab: "deploy" },
      person,
      live: { repositoryId: id },
      body: html`<h1>${owner}/${name}</h1>`,
    });
  });
  return app;
}
