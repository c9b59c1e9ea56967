import type { Probot } from "probot";
import type { z } from "zod";
import type { DomainEvent } from "../domain/event.ts";
import { eventNotUsed } from "../domain/wording/ingress.ts";
import type { AppOptions } from "./app-options.ts";
import { listenToCi } from "./ci-events.ts";
import { inRepository } from "./in-repository.ts";
import * as payloads from "./payloads.ts";
import { events, ignored, translate } from "./translation.ts";

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
export function app(probot: Probot, options: AppOptions): void {
  const { tell } = options;
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

  listenToCi(probot, options);

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

const INSTALLATION_STATES: ReadonlyMap<string, "active" | "suspended" | "deleted"> = new Map([
  ["created", "active"],
  ["unsuspend", "active"],
  ["new_permissions_accepted", "active"],
  ["suspend", "suspended"],
  ["deleted", "deleted"],
]);

function installationChanged(
  installation: z.infer<typeof payloads.installation>["installation"],
  state: "active" | "suspended" | "deleted",
): DomainEvent {
  const granted = payloads.grantedIn(installation);
  return {
    kind: "installation-changed",
    installationId: installation.id,
    account: payloads.accountOf(installation.account),
    state,
    ...(granted === null ? {} : { granted }),
  };
}
