import { Hono } from "hono";
import { html } from "hono/html";
import { sandboxPage } from "../../sandbox-page.ts";
import type { RunsActions } from "../control.ts";
import type { Grants } from "../oauth/grants.ts";
import { findRepository, type World } from "../world.ts";
import { authorize, authorizePage } from "./authorize-page.ts";
import { commitPage } from "./commit-page.ts";
import { installPage } from "./install-page.ts";
import { issuePage } from "./issue-page.ts";
import { newFilePage } from "./new-file-page.ts";
import { personPage, repositoryPage } from "./repository-page.ts";

/** Browsers ask for it beside every page, as for a picture. */
const ICON = "/favicon.ico";

/** Whether somebody asks with a browser; programs get the API at the same address. */
export function wantsPage(request: Request): boolean {
  return (
    new URL(request.url).pathname === ICON || request.headers.get("accept")?.includes("text/html") === true
  );
}

/** The few pages of GitHub that links of Holdpoint lead to: enough to see that they lead to the right thing. */
export function createWebApp(world: World, run: RunsActions, grants: Grants): Hono {
  const app = new Hono();
  app.notFound(() =>
    sandboxPage("GitHub", {
      title: "Nothing here",
      body: html`<p>This part of GitHub is not played.</p>`,
      status: 404,
    }),
  );
  app.get("/login/oauth/authorize", (context) => authorizePage(world, grants, context.req.query()));
  app.post("/login/oauth/authorize", async (context) => {
    const form = await context.req.formData();
    return await authorize(
      world,
      grants,
      Object.fromEntries([...form.keys()].map((key) => [key, textOf(form, key)])),
    );
  });
  app.get("/apps/:slug/installations/new", () => installPage(world));
  app.post("/apps/:slug/installations/new", async (context) => {
    const account = textOf(await context.req.formData(), "account");
    await run("installApp", { account });
    return context.redirect(`/${account}`, 303);
  });
  app.get(ICON, (context) => context.body(null, 204));
  app.get("/:login", (context) => personPage(world, context.req.param("login")) ?? context.notFound());
  app.get("/:owner/:repo", (context) => {
    const repository = findRepository(world, context.req.param("owner"), context.req.param("repo"));
    return repository === null ? context.notFound() : repositoryPage(world, repository);
  });
  app.get("/:owner/:repo/:kind{issues|pull}/:number{[0-9]+}", (context) => {
    const { owner, repo, number } = context.req.param();
    const repository = findRepository(world, owner, repo);
    const issue = repository?.issues.get(Number(number));
    if (repository === null || issue === undefined) return context.notFound();
    return issuePage(repository, issue);
  });
  for (const path of ["/:owner/:repo/commit/:sha", "/:owner/:repo/commit/:sha/checks"] as const) {
    app.get(path, (context) => {
      const { owner, repo, sha } = context.req.param();
      const repository = findRepository(world, owner, repo);
      const [found] = repository?.git.graph.beginningWith(sha) ?? [];
      const commit = found === undefined ? null : (repository?.git.graph.get(found) ?? null);
      if (repository === null || commit === null) return context.notFound();
      return commitPage(world, repository, commit);
    });
  }
  app.get("/:owner/:repo/new/:branch{.+}", (context) => {
    const { owner, repo, branch } = context.req.param();
    const repository = findRepository(world, owner, repo);
    if (repository === null) return context.notFound();
    const { filename = "", value = "" } = context.req.query();
    return newFilePage(world, repository, { branch, filename, value });
  });
  app.post("/:owner/:repo/new/:branch{.+}", async (context) => {
    const { owner, repo, branch } = context.req.param();
    const repository = findRepository(world, owner, repo);
    if (repository === null) return context.notFound();
    const form = await context.req.formData();
    const [filename, value, message, author] = ["filename", "value", "message", "as"].map((name) =>
      textOf(form, name),
    );
    const files = { [filename ?? ""]: value };
    await run("commit", { repository: `${owner}/${repo}`, branch, message, author, files });
    return context.redirect(`/${owner}/${repo}`, 303);
  });
  return app;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
