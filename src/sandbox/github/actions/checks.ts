import { z } from "zod";
import { addCheckRun, emitCheckRun, suiteOf, updateCheckRun } from "../checks.ts";
import { findRun } from "../find-checks.ts";
import type { CheckRun, Repository } from "../model.ts";
import { mayWrite } from "../permissions.ts";
import { addStatus } from "../statuses.ts";
import { type Actor, actorOf, ensureApp, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";

const by = z.string().default(DEFAULT_AUTHOR);
export const conclusion = z.enum([
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
]);

/** A commit status by somebody, or by another CI. */
export const setStatus = action(
  z.strictObject({
    repository: z.string(),
    /** A sha, or anything that names a commit. */
    sha: z.string(),
    context: z.string(),
    state: z.enum(["error", "failure", "pending", "success"]),
    description: z.string().nullable().default(null),
    targetUrl: z.string().nullable().default(null),
    by,
  }),
  (world, { repository: name, sha, by: login, ...wanted }) => {
    const repository = expectRepository(world, name);
    const status = addStatus(world, repository, actorOf(world, login), {
      ...wanted,
      sha: resolveRef(repository, sha),
    });
    return { id: status.id };
  },
);

/** A check run of another CI's App, begun or finished; one of that name that is under way is finished. */
export const finishCheck = action(
  z.strictObject({
    repository: z.string(),
    sha: z.string(),
    name: z.string(),
    app: z.string().default("some-ci"),
    /** null: it is in progress. */
    conclusion: conclusion.nullable().default("success"),
    summary: z.string().optional(),
  }),
  (world, { repository: name, sha: ref, app: slug, conclusion: end, ...wanted }) => {
    const repository = expectRepository(world, name);
    const sha = resolveRef(repository, ref);
    const app = ensureApp(world, slug);
    const actor = { account: app.bot, app };
    const suite = suiteOf(world, repository, app, sha);
    const state = end === null ? ({ status: "in_progress" } as const) : { conclusion: end };
    const output = wanted.summary === undefined ? undefined : { title: wanted.name, summary: wanted.summary };
    const open = suite.runs.findLast((run) => run.name === wanted.name && run.status !== "completed");
    if (open === undefined) {
      return { id: addCheckRun(world, repository, actor, suite, { name: wanted.name, output, ...state }).id };
    }
    updateCheckRun(world, repository, actor, open, { output, ...state });
    return { id: open.id };
  },
);

/** A click on a button of a check run: told to the App whose run it is, and to nobody else. */
export const clickCheckRunAction = action(
  z.strictObject({
    repository: z.string(),
    checkRun: z.int(),
    identifier: z.string(),
    by,
  }),
  (world, { repository: name, checkRun, identifier, by: login }) => {
    const { repository, run, actor } = clicked(world, name, checkRun, login);
    if (!run.actions.some((button) => button.identifier === identifier)) {
      throw new Error(`the check run ${checkRun} has no button ${identifier}`);
    }
    if (run.status !== "completed")
      throw new Error(`the check run ${checkRun} shows its buttons once it is completed`);
    const extra = { requested_action: { identifier } };
    emitCheckRun(world, repository, actor, run, "requested_action", extra, run.suite.app);
    return {};
  },
);

/** "Re-run" on a check run. */
export const rerequestCheckRun = action(
  z.strictObject({ repository: z.string(), checkRun: z.int(), by }),
  (world, { repository: name, checkRun, by: login }) => {
    const { repository, run, actor } = clicked(world, name, checkRun, login);
    emitCheckRun(world, repository, actor, run, "rerequested", {}, run.suite.app);
    return {};
  },
);

function clicked(
  world: World,
  name: string,
  id: number,
  login: string,
): { readonly repository: Repository; readonly run: CheckRun; readonly actor: Actor } {
  const repository = expectRepository(world, name);
  const run = findRun(repository, id);
  if (run === null) throw new Error(`${name} has no check run ${id}`);
  const actor = actorOf(world, login);
  if (!mayWrite(repository, actor.account)) throw new Error(`${login} sees no buttons in ${name}`);
  return { repository, run, actor };
}
