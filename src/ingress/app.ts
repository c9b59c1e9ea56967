import type { Probot } from "probot";
import type { z } from "zod";
import { isRedWord } from "../domain/compliance/heard-red.ts";
import type { DomainEvent } from "../domain/event.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { eventNotUsed, notForAnInstallation, othersCheckRun, ownEvent } from "../domain/wording/ingress.ts";
import { CHECK_RUN_NAME } from "../domain/statuses.ts";
import { checkAgainAction } from "../domain/wording/report.ts";
import { branchesOfStatus, branchOfSuite } from "./named-branches.ts";
import * as payloads from "./payloads.ts";
import { events, ignored, translate, type Translation } from "./translation.ts";

export interface AppOptions {
  /** Our own App: what it did itself asks for nothing. */
  readonly appId: number;
  /** Takes the translation of the delivery with that id. */
  readonly tell: (deliveryId: string, translation: Translation) => void;
}

/** The events that the application listens to. */
export const USED_EVENTS = [
  "push",
  "pull_request",
  "merge_group",
  "check_run",
  "check_suite",
  "workflow_run",
  "status",
  "deployment_status",
  "deployment_protection_rule",
  "issue_comment",
  "issues",
  "repository",
  "installation",
  "installation_repositories",
] as const;

/**
 * The Probot application. It only translates: what to do about an event is decided by whoever looks. It
 * listens to events, not to single actions, so that a payload under a wrong name never passes unseen.
 */
export function app(probot: Probot, { appId, tell }: AppOptions): void {
  probot.on("push", ({ id, payload }) => {
    const told = inRepository("push", payloads.push, payload, ({ ref }, repository) => {
      if (!ref.startsWith(BRANCHES)) return ignored(eventNotUsed("push", "tag"));
      return events({ kind: "pushed", repository, branch: ref.slice(BRANCHES.length) });
    });
    tell(id, told);
  });

  probot.on("pull_request", ({ id, payload }) => {
    const told = inRepository("pull_request", payloads.pullRequest, payload, (given, repository) => {
      const { action, number } = given;
      if (LABELLING.has(action)) {
        return events({ kind: "issue-changed", repository, number, label: given.label?.name ?? null });
      }
      if (!CHANGES_OF_PULL_REQUESTS.has(action)) return ignored(eventNotUsed("pull_request", action));
      const merged = given.pull_request.merged ?? false;
      return events({
        kind: "pull-request-changed",
        repository,
        number,
        closed: action === "closed",
        merged,
      });
    });
    tell(id, told);
  });

  probot.on("merge_group", ({ id, payload }) => {
    const told = inRepository("merge_group", payloads.mergeGroup, payload, (given, repository) => {
      if (given.action !== "checks_requested") return ignored(eventNotUsed("merge_group", given.action));
      const { head_sha: headSha, base_sha: baseSha, head_ref: headRef } = given.merge_group;
      return events({ kind: "merge-group-asked", repository, headSha, baseSha, headRef });
    });
    tell(id, told);
  });

  probot.on("check_run", ({ id, payload }) => {
    const told = inRepository("check_run", payloads.checkRun, payload, (given, repository) => {
      const { action, check_run: run, requested_action: button } = given;
      const ours = run.app?.id === appId;
      const branches = branchOfSuite(run.app, run.check_suite);
      if (!ours && run.name === CHECK_RUN_NAME) return ignored(othersCheckRun(run.app?.id ?? null));
      if (action === "completed") {
        return ours
          ? ignored(ownEvent())
          : events({
              kind: "check-finished",
              repository,
              sha: run.head_sha,
              branches,
              ...redOf(run.conclusion),
            });
      }
      // A deployment's status is "created" too, and names a check run without its App.
      if (action === "created" && !ours && run.app) {
        return events({ kind: "check-started", repository, sha: run.head_sha, branches });
      }
      const again =
        action === "rerequested" ||
        (action === "requested_action" && button?.identifier === checkAgainAction().identifier);
      if (!again || !ours) return ignored(eventNotUsed("check_run", action));
      return events({ kind: "check-again-asked", repository, externalId: run.external_id ?? "" });
    });
    tell(id, told);
  });

  probot.on("check_suite", ({ id, payload }) => {
    const told = inRepository("check_suite", payloads.checkSuite, payload, (given, repository) => {
      const { action, check_suite: suite } = given;
      const ours = suite.app?.id === appId;
      if (action === "completed") {
        const branches = branchOfSuite(suite.app, suite);
        return ours
          ? ignored(ownEvent())
          : events({
              kind: "check-finished",
              repository,
              sha: suite.head_sha,
              branches,
              ...redOf(suite.conclusion),
            });
      }
      if (action !== "rerequested" || !ours) return ignored(eventNotUsed("check_suite", action));
      return events({ kind: "check-again-asked", repository, externalId: "" });
    });
    tell(id, told);
  });

  probot.on("workflow_run", ({ id, payload }) => {
    const told = inRepository("workflow_run", payloads.workflowRun, payload, (given, repository) => {
      const { head_sha: sha, head_branch: branch, conclusion } = given.workflow_run;
      const branches = branch ? [branch] : null;
      if (given.action === "in_progress") return events({ kind: "check-started", repository, sha, branches });
      if (given.action !== "completed") return ignored(eventNotUsed("workflow_run", given.action));
      return events({ kind: "check-finished", repository, sha, branches, ...redOf(conclusion) });
    });
    tell(id, told);
  });

  probot.on("status", ({ id, payload }) => {
    const told = inRepository("status", payloads.status, payload, (given, repository) => {
      const { id: statusId, sha, context, state, description, sender } = given;
      const branches = branchesOfStatus(given.branches);
      const finished = events({ kind: "check-finished", repository, sha, branches, ...redOf(state) });
      if (!context.toLowerCase().startsWith(OUR_CONTEXTS)) return finished;
      // The payload does not say which App posted it, and anybody with write access can use our name.
      const reported = {
        statusId,
        repository,
        sha,
        context,
        state,
        description: description ?? "",
        by: sender?.login ?? null,
      };
      return { ...finished, underOurName: reported };
    });
    tell(id, told);
  });

  probot.on("deployment_status", ({ id, payload }) => {
    const told = inRepository(
      "deployment_status",
      payloads.deploymentStatus,
      payload,
      (given, repository) => {
        const { state } = given.deployment_status;
        if (!DEPLOYED.has(state)) return ignored(eventNotUsed("deployment_status", state));
        return events({
          kind: "deployment-succeeded",
          repository,
          environment: given.deployment.environment,
        });
      },
    );
    tell(id, told);
  });

  probot.on("deployment_protection_rule", ({ id, payload }) => {
    const told = inRepository(
      "deployment_protection_rule",
      payloads.deploymentProtectionRule,
      payload,
      (given, repository) => {
        const { action, environment, deployment, deployment_callback_url: callbackUrl } = given;
        if (action !== "requested") return ignored(eventNotUsed("deployment_protection_rule", action));
        return events({
          kind: "deployment-asked",
          repository,
          runId: payloads.runOfCallback(callbackUrl),
          environment,
          sha: deployment.sha,
          callbackUrl,
        });
      },
    );
    tell(id, told);
  });

  probot.on("issue_comment", ({ id, payload }) => {
    const told = inRepository("issue_comment", payloads.issueComment, payload, (given, repository) => {
      const { action, issue, comment } = given;
      if (action !== "created") return ignored(eventNotUsed("issue_comment", action));
      // Our own answers quote commands; no bot's command counts.
      if (comment.user?.type === "Bot") return ignored(eventNotUsed("issue_comment", "of a bot"));
      const command = MAY_BE_COMMAND.test(comment.body ?? "");
      return events({
        kind: "comment-made",
        repository,
        issueNumber: issue.number,
        commentId: comment.id,
        command,
      });
    });
    tell(id, told);
  });

  probot.on("issues", ({ id, payload }) => {
    const told = inRepository("issues", payloads.issues, payload, (given, repository) => {
      const { action, issue, label } = given;
      const labelling = LABELLING.has(action);
      if (!labelling && !CHANGES_OF_ISSUES.has(action)) return ignored(eventNotUsed("issues", action));
      const name = labelling ? (label?.name ?? null) : null;
      return events({ kind: "issue-changed", repository, number: issue.number, label: name });
    });
    tell(id, told);
  });

  probot.on("repository", ({ id, payload }) => {
    const told = inRepository("repository", payloads.repository, payload, ({ action }, repository) => {
      if (action === "deleted") {
        return events({ kind: "repository-gone", repositoryId: repository.id, because: "deleted" });
      }
      if (!CHANGES_OF_REPOSITORIES.has(action)) return ignored(eventNotUsed("repository", action));
      return events({ kind: "repository-changed", repository });
    });
    tell(id, told);
  });

  probot.on("installation", ({ id, payload }) => {
    const told = translate("installation", payloads.installation, payload, ({ action, installation }) => {
      const state = INSTALLATION_STATES.get(action);
      if (state === undefined) return ignored(eventNotUsed("installation", action));
      return events(installationChanged(installation, state));
    });
    tell(id, told);
  });

  probot.on("installation_repositories", ({ id, payload }) => {
    const told = translate(
      "installation_repositories",
      payloads.installationRepositories,
      payload,
      ({ installation, repositories_removed: removed }) =>
        events(
          installationChanged(installation, "active"),
          ...removed.map(
            (gone) => ({ kind: "repository-gone", repositoryId: gone.id, because: "removed" }) as const,
          ),
        ),
    );
    tell(id, told);
  });
}

const BRANCHES = "refs/heads/";
const OUR_CONTEXTS = "holdpoint/";
/** Wide: whether it is a command, and whose, is decided by whoever reads the comment again. */
const MAY_BE_COMMAND = /^ {0,3}\/holdpoint(?![^\s])/im;

const CHANGES_OF_PULL_REQUESTS: ReadonlySet<string> = new Set([
  "opened",
  "edited",
  "synchronize",
  "reopened",
  "ready_for_review",
  "closed",
]);

const LABELLING: ReadonlySet<string> = new Set(["labeled", "unlabeled"]);

const CHANGES_OF_ISSUES: ReadonlySet<string> = new Set([
  "closed",
  "reopened",
  "edited",
  "deleted",
  "transferred",
  "locked",
]);

const CHANGES_OF_REPOSITORIES: ReadonlySet<string> = new Set([
  "created",
  "edited",
  "renamed",
  "transferred",
  "archived",
  "unarchived",
  "privatized",
  "publicized",
]);

/** A deployment that fails after it had succeeded changes what is live, too. */
const DEPLOYED: ReadonlySet<string> = new Set(["success", "failure", "error"]);

const INSTALLATION_STATES: ReadonlyMap<string, "active" | "suspended" | "deleted"> = new Map([
  ["created", "active"],
  ["unsuspend", "active"],
  ["new_permissions_accepted", "active"],
  ["suspend", "suspended"],
  ["deleted", "deleted"],
]);

/** Translates what happened in a repository that the App is installed on. */
function inRepository<Payload extends payloads.InRepository>(
  name: string,
  schema: z.ZodType<Payload>,
  payload: unknown,
  translateFitting: (payload: Payload, repository: RepositoryFacts) => Translation,
): Translation {
  return translate(name, schema, payload, (fitting) => {
    const repository = payloads.repositoryOf(fitting);
    return repository === null ? ignored(notForAnInstallation()) : translateFitting(fitting, repository);
  });
}

function installationChanged(
  { id, account }: z.infer<typeof payloads.installation>["installation"],
  state: "active" | "suspended" | "deleted",
): DomainEvent {
  return { kind: "installation-changed", installationId: id, account: payloads.accountOf(account), state };
}

/** What an event says of itself is no evidence: it is what a read must show sooner or later. */
function redOf(said: string | null | undefined): { readonly red?: true } {
  return said !== null && said !== undefined && isRedWord(said) ? { red: true } : {};
}
