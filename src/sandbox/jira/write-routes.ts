import type { Context, Hono } from "hono";
import { z } from "zod";
import { badRequest, ISSUE_GONE, readJson, refuse } from "./answers.ts";
import { toDocument, toPlainText } from "./document.ts";
import { renderEditScreen, renderTransitionScreen, takeValue } from "./edit-screen.ts";
import type { SandboxComment, SandboxIssue, SandboxResult } from "./model.ts";
import { type Dialect, renderStatus, restUrl } from "./render.ts";
import type { World } from "./world.ts";

const editBody = z.object({ fields: z.record(z.string(), z.unknown()) });
const transitionBody = z.object({
  transition: z.object({ id: z.string() }),
  fields: z.record(z.string(), z.unknown()).default({}),
});
const commentBody = z.object({ body: z.unknown() });

/** Everything that changes a ticket, and what its screens ask for before that. */
export function addWriting(app: Hono, world: World, dialect: Dialect): void {
  app.get("/issue/:key/editmeta", (context) =>
    onVisible(context, world, (issue) => context.json(renderEditScreen(world, issue))),
  );

  app.put("/issue/:key", async (context) => {
    const body = editBody.safeParse(await readJson(context));
    if (!body.success) return refuse(context, badRequest("Invalid request payload."));
    const { summary, ...given } = body.data.fields;
    const fields: Record<string, unknown> = {};
    for (const [id, value] of Object.entries(given)) {
      const field = world.site().fields.find((one) => one.id === id);
      const taken = field === undefined ? { ok: true as const, value } : takeValue(field, value, dialect);
      if (!taken.ok) return refuse(context, { status: 400, messages: [], errors: { [id]: taken.complaint } });
      fields[id] = taken.value;
    }
    const edit = { fields, ...(typeof summary === "string" ? { summary } : {}) };
    return onVisible(context, world, ({ key }) => done(context, world.edit(key, edit)));
  });

  app.get("/issue/:key/transitions", (context) =>
    onVisible(context, world, (issue) => {
      const expands = context.req.query("expand")?.split(",").includes("transitions.fields") ?? false;
      const transitions = world.transitions(issue).map((transition) => {
        const { id, name, to, needs = [] } = transition;
        const status = world.site().statuses.find((one) => one.name === to);
        return {
          id,
          name,
          to: status === undefined ? null : renderStatus(status, dialect),
          hasScreen: needs.length > 0,
          ...(expands ? { fields: renderTransitionScreen(world, transition) } : {}),
        };
      });
      return context.json({ expand: "transitions", transitions });
    }),
  );

  app.post("/issue/:key/transitions", async (context) => {
    const body = transitionBody.safeParse(await readJson(context));
    if (!body.success) return refuse(context, badRequest("Missing 'transition' identifier"));
    const { transition, fields } = body.data;
    return onVisible(context, world, (issue) => {
      const taken = world.transitions(issue).find(({ id }) => id === transition.id);
      const empty = (taken?.needs ?? []).filter((id) => (fields[id] ?? issue.values[id] ?? "") === "");
      if (empty.length > 0) {
        const nameOf = (id: string) => world.site().fields.find((one) => one.id === id)?.name ?? id;
        const errors = Object.fromEntries(empty.map((id) => [id, `${nameOf(id)} is required.`]));
        return refuse(context, { status: 400, messages: [], errors });
      }
      return done(context, world.transition(issue.key, transition.id));
    });
  });

  app.get("/issue/:key/comment", (context) =>
    onVisible(context, world, ({ comments }) => {
      const startAt = Number(context.req.query("startAt") ?? 0);
      const maxResults = Number(context.req.query("maxResults") ?? 50);
      const shown = comments.slice(startAt, startAt + maxResults);
      const rendered = shown.map((comment) => renderComment(comment, dialect));
      return context.json({ startAt, maxResults, total: comments.length, comments: rendered });
    }),
  );

  app.post("/issue/:key/comment", async (context) => {
    const body = commentBody.safeParse(await readJson(context));
    return onVisible(context, world, (issue) => {
      if (!body.success) return refuse(context, badRequest("Comment body can not be empty!"));
      const result = world.comment(issue.key, body.data.body);
      if (!result.ok) return refuse(context, result.refusal);
      const comment = result.value.comments.at(-1);
      const self = `${restUrl(dialect)}/issue/${issue.id}/comment/${comment?.id}`;
      return context.json({ self, ...comment }, 201);
    });
  });
}

function renderComment({ id, body, created }: SandboxComment, { version }: Dialect): unknown {
  return { id, created, body: version === "3" ? toDocument(body) : toPlainText(body) };
}

function onVisible(context: Context, world: World, work: (issue: SandboxIssue) => Response): Response {
  const issue = world.find(context.req.param("key") ?? "");
  if (issue === null || issue.restricted) return refuse(context, ISSUE_GONE);
  return work(issue);
}

function done(context: Context, result: SandboxResult<SandboxIssue>): Response {
  return result.ok ? context.body(null, 204) : refuse(context, result.refusal);
}
