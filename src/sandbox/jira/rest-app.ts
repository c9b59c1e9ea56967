import { Hono, type Context } from "hono";
import { z } from "zod";
import type { SandboxIssue, SandboxRefusal } from "./model.ts";
import { addWriting } from "./write-routes.ts";
import { badRequest, ISSUE_GONE, readJson, refuse } from "./answers.ts";
import {
  renderFields,
  renderIssue,
  renderStatus,
  renderType,
  renderTypeFields,
  type Dialect,
} from "./render.ts";
import type { World } from "./world.ts";

/** The part of Jira's REST interface that Holdpoint, its pages and its tests use, in one dialect. */
export function createRestApp(world: World, dialect: Dialect): Hono {
  const app = new Hono();
  addReading(app, world, dialect);
  addSetup(app, world, dialect);
  addWriting(app, world, dialect);
  app.notFound((context) => context.html("<h1>Oops, you've found a dead link.</h1>", 404));
  return app;
}

const bulkBody = z.object({
  issueIdsOrKeys: z.array(z.string()).min(1),
  fields: z.array(z.string()).optional(),
});

const searchBody = z.object({
  jql: z.string(),
  startAt: z.int().nonnegative().default(0),
  maxResults: z.int().nonnegative().default(50),
  fields: z.array(z.string()).optional(),
  validateQuery: z.boolean().default(true),
});

function addReading(app: Hono, world: World, dialect: Dialect): void {
  app.post("/issue/bulkfetch", async (context) => {
    if (dialect.kind !== "cloud") return context.notFound();
    const body = bulkBody.safeParse(await readJson(context));
    if (!body.success) return refuse(context, badRequest("Invalid request payload."));
    const { issueIdsOrKeys, fields } = body.data;
    if (issueIdsOrKeys.length > 100) {
      return refuse(context, badRequest("The number of issues to fetch must not be more than 100."));
    }
    const found = findVisible(world, issueIdsOrKeys);
    return context.json({
      expand: "schema,names",
      issues: found.map((issue) => renderIssue(world, issue, dialect, fields ?? null)),
      issueErrors: [],
    });
  });

  app.all("/search", async (context) => {
    if (dialect.kind === "cloud") {
      const gone = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.";
      return context.json({ errorMessages: [gone], errors: {} }, 410);
    }
    const body = searchBody.safeParse(await readJson(context));
    if (context.req.method !== "POST" || !body.success)
      return refuse(context, badRequest("Invalid request."));
    return answerSearch(context, world, dialect, body.data);
  });

  app.get("/issue/:key", (context) => {
    const issue = world.find(context.req.param("key"));
    if (issue === null) return refuse(context, ISSUE_GONE);
    if (issue.restricted) return refuse(context, refusalOfRestricted(dialect));
    const fields = context.req.query("fields")?.split(",") ?? null;
    return context.json({ expand: "renderedFields", ...record(renderIssue(world, issue, dialect, fields)) });
  });
}

/** A security level: as good as absent in the cloud, a refusal in a data center. */
function refusalOfRestricted(dialect: Dialect): SandboxRefusal {
  if (dialect.kind === "cloud") return ISSUE_GONE;
  return {
    status: 403,
    messages: ["You do not have the permission to see the specified issue."],
    errors: {},
  };
}

function answerSearch(
  context: Context,
  world: World,
  dialect: Dialect,
  search: z.infer<typeof searchBody>,
): Response {
  const keys = /^key in \(([A-Z0-9_, -]+)\)$/.exec(search.jql)?.[1]?.split(/,\s*/);
  if (keys === undefined) return refuse(context, badRequest(`Error in the JQL Query: '${search.jql}'`));
  const unknown = keys.filter((key) => findVisible(world, [key]).length === 0);
  if (search.validateQuery && unknown.length > 0) {
    const messages = unknown.map((key) => `An issue with key '${key}' does not exist for field 'key'.`);
    return refuse(context, { status: 400, messages, errors: {} });
  }
  const found = findVisible(world, keys);
  const page = found.slice(search.startAt, search.startAt + search.maxResults);
  return context.json({
    expand: "names,schema",
    startAt: search.startAt,
    maxResults: search.maxResults,
    total: found.length,
    issues: page.map((issue) => renderIssue(world, issue, dialect, search.fields ?? null)),
  });
}

/** In ascending order of id, each once, whatever was asked for; moved ones by their old key too. */
function findVisible(world: World, keys: readonly string[]): SandboxIssue[] {
  const found = new Set(keys.map((key) => world.find(key)));
  return [...found]
    .filter((issue) => issue !== null)
    .filter((issue) => !issue.restricted)
    .sort((left, right) => Number(left.id) - Number(right.id));
}

function addSetup(app: Hono, world: World, dialect: Dialect): void {
  app.get("/field", (context) => context.json(renderFields(world)));
  app.get("/status", (context) =>
    context.json(world.site().statuses.map((status) => renderStatus(status, dialect))),
  );
  app.get("/myself", (context) => context.json({ accountId: "sandbox:1", displayName: "Holdpoint" }));
  app.get("/serverInfo", (context) =>
    context.json({ baseUrl: dialect.siteUrl, deploymentType: dialect.kind === "cloud" ? "Cloud" : "Server" }),
  );
  app.get("/project", (context) => context.json(renderProjects(world, dialect)));
  app.get("/project/search", (context) => {
    if (dialect.kind !== "cloud") return context.notFound();
    return context.json(page(context, renderProjects(world, dialect), "values"));
  });
  app.get("/issue/createmeta/:project/issuetypes/:type", (context) => {
    const { project, type } = context.req.param();
    const found = world
      .site()
      .projects.find((one) => one.key === project)
      ?.types.find((one) => one.id === type);
    if (found === undefined) return refuse(context, badRequest("Project or issue type not found."));
    const fields = renderTypeFields(world, found);
    return context.json(page(context, fields, dialect.kind === "cloud" ? "fields" : "values"));
  });
}

function renderProjects(world: World, dialect: Dialect): unknown[] {
  return world.site().projects.map(({ key, name, types }, index) => ({
    id: String(10_000 + index),
    key,
    name,
    issueTypes: types.map((type) => renderType(type, dialect)),
  }));
}

function page(context: Context, values: readonly unknown[], name: string): Record<string, unknown> {
  const startAt = Number(context.req.query("startAt") ?? 0);
  const maxResults = Number(context.req.query("maxResults") ?? 50);
  const shown = values.slice(startAt, startAt + maxResults);
  const isLast = startAt + shown.length >= values.length;
  return { startAt, maxResults, total: values.length, isLast, [name]: shown };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
