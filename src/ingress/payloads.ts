import { z } from "zod";
import { isCommitSha, isInstallationId, isRepositoryId } from "../domain/brands.ts";
import type { CommitSha, InstallationId, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Granted } from "../domain/permissions/granted.ts";

/**
 * Only the fields that are used, one small schema an event: new fields and missing optional ones change
 * nothing, and a payload that was sent under another event's name does not fit.
 */
const sha = z.custom<CommitSha>((value) => typeof value === "string" && isCommitSha(value), "a commit's sha");
const repositoryId = z.custom<RepositoryId>(
  (value) => typeof value === "number" && isRepositoryId(value),
  "a repository's id",
);
const installationId = z.custom<InstallationId>(
  (value) => typeof value === "number" && isInstallationId(value) && value > 0,
  "an installation's id",
);
/** What PostgreSQL can keep: no NUL, no half of a surrogate pair. */
const text = z.string().refine((value) => !value.includes("\0") && value.isWellFormed());
const name = text.min(1).max(255);
const number = z.number().int().positive();
const action = z.string();

/** Enterprises have a slug where users and organisations have a login. */
const account = z.object({ id: number, login: name.nullish(), slug: name.nullish() });

const app = z.object({ id: z.number(), slug: z.string().nullish() }).nullish();

/** Of `labeled` and `unlabeled`, and left out where the label is gone by then. */
const label = z.object({ name: z.string() }).nullish();

const inRepository = {
  repository: z.object({
    id: repositoryId,
    name,
    owner: z.object({ login: name }),
    default_branch: name,
    private: z.boolean(),
    archived: z.boolean().optional(),
  }),
  // Absent where the webhook belongs to a repository or an organisation, not to the App.
  installation: z.object({ id: installationId }).nullish(),
};

/** What Probot itself reads of every payload. */
export const envelope = z.object({
  action: z.string().optional(),
  installation: z.object({ id: installationId }).nullish(),
});

export const push = z.object({
  ...inRepository,
  ref: text.startsWith("refs/"),
  before: sha,
  after: sha,
});
export const pullRequest = z.object({
  ...inRepository,
  action,
  number,
  pull_request: z.object({ number, merged: z.boolean().nullish() }),
  label,
});
export const mergeGroup = z.object({
  ...inRepository,
  action,
  merge_group: z.object({ head_sha: sha, base_sha: sha, head_ref: name }),
});
export const checkRun = z.object({
  ...inRepository,
  action,
  check_run: z.object({
    name: z.string().nullish(),
    head_sha: sha,
    external_id: z.string().nullish(),
    app,
    check_suite: z.object({ head_branch: text.nullish() }).nullish(),
    conclusion: text.nullish(),
  }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
});
export const checkSuite = z.object({
  ...inRepository,
  action,
  check_suite: z.object({ head_sha: sha, head_branch: text.nullish(), app, conclusion: text.nullish() }),
});
export const workflowRun = z.object({
  ...inRepository,
  action,
  workflow_run: z.object({ head_sha: sha, head_branch: text.nullish(), conclusion: text.nullish() }),
});
export const status = z.object({
  ...inRepository,
  id: number,
  sha,
  context: text,
  state: text,
  description: text.nullish(),
  branches: z.array(z.object({ name: text })).nullish(),
  sender: z.object({ login: name }).nullish(),
});
export const deploymentStatus = z.object({
  ...inRepository,
  deployment_status: z.object({ state: z.string() }),
  deployment: z.object({ environment: z.string() }),
});
/** Which run of which repository asks is told by the address to answer at alone. */
const CALLBACK = /\/repos\/([^/]+)\/([^/]+)\/actions\/runs\/([1-9][0-9]{0,14})\/deployment_protection_rule$/;

/** GitHub promises few of these; without them nobody could be answered. */
export const deploymentProtectionRule = z
  .object({
    ...inRepository,
    action,
    environment: name,
    deployment_callback_url: text.max(2_000).regex(CALLBACK),
    deployment: z.object({ sha }),
  })
  .refine(
    ({ repository: { owner, name: called }, deployment_callback_url: url }) => {
      const [, ofOwner = "", ofName = ""] = CALLBACK.exec(url) ?? [];
      return `${ofOwner}/${ofName}`.toLowerCase() === `${owner.login}/${called}`.toLowerCase();
    },
    { path: ["deployment_callback_url"] },
  );
/** An issue, that is no comment's: those have one, too. */
export const issues = z.object({
  ...inRepository,
  action,
  issue: z.object({ number }),
  label,
  comment: z.undefined().optional(),
});
export const issueComment = z.object({
  ...inRepository,
  action,
  issue: z.object({ number }),
  comment: z.object({
    id: number,
    body: z.string().nullish(),
    user: z.object({ type: z.string().nullish() }).nullish(),
  }),
});
/**
 * Strict, alone among these: nearly every payload has a repository and an action, and a comment's "deleted" must not be
 * taken for the repository's.
 */
export const repository = z.strictObject({
  ...inRepository,
  action,
  changes: z.unknown().optional(),
  sender: z.unknown().optional(),
  organization: z.unknown().optional(),
  enterprise: z.unknown().optional(),
});
/** What it may do is only shown: an event that tells it in another form is an event all the same. */
const installed = z.object({
  id: installationId,
  account,
  permissions: z.record(z.string(), z.string()).optional().catch(undefined),
  events: z.array(z.string()).optional().catch(undefined),
  html_url: z.string().optional().catch(undefined),
});
export const installation = z.object({ action, installation: installed });
export const installationRepositories = z.object({
  action,
  installation: installed,
  repositories_added: z.array(z.unknown()),
  repositories_removed: z.array(z.object({ id: repositoryId })),
});

export type InRepository = z.infer<z.ZodObject<typeof inRepository>>;

/** The number of the run at whose address an answer is wanted; 0 where there is none. */
export function runOfCallback(callbackUrl: string): number {
  return Number(CALLBACK.exec(callbackUrl)?.[3] ?? 0);
}

/** The repository of a payload in our words; null where the payload names no installation. */
export function repositoryOf({
  repository: given,
  installation: installed,
}: InRepository): RepositoryFacts | null {
  if (!installed) return null;
  return {
    id: given.id,
    installationId: installed.id,
    owner: given.owner.login,
    name: given.name,
    defaultBranch: given.default_branch,
    private: given.private,
    archived: given.archived ?? false,
  };
}

/** Who an installation belongs to, in our words. */
export function accountOf({ id, login, slug }: z.infer<typeof account>): { id: number; login: string } {
  return { id, login: login ?? slug ?? String(id) };
}

/** What the App may do there; null where the payload does not say. */
export function grantedIn({
  permissions,
  events,
  html_url: page,
}: z.infer<typeof installed>): Granted | null {
  return permissions === undefined || events === undefined
    ? null
    : { permissions, events, page: page ?? null };
}
