import { Hono, type Context } from "hono";
import { z } from "zod";
import { lieSchema } from "./lies.ts";
import type { SandboxIssue, SandboxResult } from "./model.ts";
import type { SandboxJira } from "./create-sandbox-jira.ts";
import { readJson, refuse } from "./answers.ts";

const newIssue = z.strictObject({
  project: z.string(),
  type: z.string(),
  summary: z.string(),
  key: z.string().optional(),
  status: z.string().optional(),
  parent: z.string().optional(),
  restricted: z.boolean().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});

const edit = z.strictObject({
  summary: z.string().optional(),
  restricted: z.boolean().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});

const field = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum([
    "textarea",
    "text",
    "number",
    "date",
    "select",
    "multi-select",
    "cascading-select",
    "user",
    "labels",
  ]),
  options: z.array(z.string()).optional(),
  types: z.array(z.string()),
});

/** The control methods of a sandbox Jira over HTTP, for one that runs in a process of its own. */
export function createControlApp(jira: Omit<SandboxJira, "fetch">): Hono {
  const app = new Hono();

  app.get("/issues", (context) => context.json(jira.listIssues()));
  app.get("/issues/:key", (context) => {
    const issue = jira.findIssue(context.req.param("key"));
    return issue === null ? context.notFound() : context.json(issue);
  });
  app.post("/issues", (context) => control(context, newIssue, (wanted) => jira.tryCreateIssue(wanted)));
  app.patch("/issues/:key", (context) =>
    control(context, edit, (wanted) => jira.tryEditIssue(keyOf(context), wanted)),
  );
  app.post("/issues/:key/transition", (context) =>
    control(context, z.strictObject({ to: z.string() }), ({ to }) => jira.tryTransition(keyOf(context), to)),
  );
  app.post("/issues/:key/comment", (context) =>
    control(context, z.strictObject({ body: z.unknown() }), ({ body }) =>
      jira.tryComment(keyOf(context), body),
    ),
  );
  app.post("/issues/:key/move", (context) =>
    control(context, z.strictObject({ project: z.string() }), ({ project }) =>
      jira.tryMove(keyOf(context), project),
    ),
  );
  app.delete("/issues/:key", (context) => answer(context, jira.tryRemove(keyOf(context))));

  app.post("/fields", async (context) => {
    const body = field.safeParse(await readJson(context));
    if (!body.success) return complain(context, body.error);
    const { types, ...added } = body.data;
    jira.addField(added, types);
    return context.body(null, 204);
  });
  app.post("/lies", async (context) => {
    const body = lieSchema.safeParse(await readJson(context));
    if (!body.success) return complain(context, body.error);
    jira.lie(body.data);
    return context.body(null, 204);
  });
  app.delete("/lies", (context) => {
    jira.tellTheTruth();
    return context.body(null, 204);
  });
  app.put("/webhook", async (context) => {
    const body = z
      .strictObject({ url: z.url(), secret: z.string().nullable() })
      .safeParse(await readJson(context));
    if (!body.success) return complain(context, body.error);
    jira.setWebhook(body.data);
    return context.body(null, 204);
  });
  app.get("/requests", (context) => context.json(jira.requests()));
  app.delete("/requests", (context) => {
    jira.forgetRequests();
    return context.body(null, 204);
  });
  app.get("/webhooks", (context) => context.json(jira.webhooks()));
  return app;
}

async function control<Body>(
  context: Context,
  schema: z.ZodType<Body>,
  work: (body: Body) => SandboxResult<SandboxIssue>,
): Promise<Response> {
  const body = schema.safeParse(await readJson(context));
  return body.success ? answer(context, work(body.data)) : complain(context, body.error);
}

function answer(context: Context, result: SandboxResult<SandboxIssue>): Response {
  return result.ok ? context.json(result.value) : refuse(context, result.refusal);
}

function complain(context: Context, error: z.ZodError): Response {
  return refuse(context, { status: 400, messages: [z.prettifyError(error)], errors: {} });
}

function keyOf(context: Context): string {
  return context.req.param("key") ?? "";
}
