import type { Probot } from "probot";
import { isRedWord } from "../domain/compliance/heard-red.ts";
import { CHECK_RUN_NAME } from "../domain/statuses.ts";
import { eventNotUsed, othersCheckRun, ownEvent } from "../domain/wording/ingress.ts";
import { checkAgainAction } from "../domain/wording/report.ts";
import type { AppOptions } from "./app-options.ts";
import { inRepository } from "./in-repository.ts";
import { branchesOfStatus, branchOfSuite } from "./named-branches.ts";
import * as payloads from "./payloads.ts";
import { events, ignored } from "./translation.ts";

/** What CI says of commits, and what deploys say and ask. */
export function listenToCi(probot: Probot, { appId, tell }: AppOptions): void {
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
}

const OUR_CONTEXTS = "holdpoint/";

/** A deployment that fails after it had succeeded changes what is live, too. */
const DEPLOYED: ReadonlySet<string> = new Set(["success", "failure", "error"]);

/** What an event says of itself is no evidence: it is what a read must show sooner or later. */
function redOf(said: string | null | undefined): { readonly red?: true } {
  return said !== null && said !== undefined && isRedWord(said) ? { red: true } : {};
}
