import type { JobContext, JobData } from "../queue/jobs.ts";
import { answerComment } from "./answer-comment.ts";
import { answerRequest } from "./answer-request.ts";
import { collectFailedDeliveries } from "./collect-failed-deliveries.ts";
import type { HandlerDependencies } from "./dependencies.ts";
import { lookAtCompliance } from "./look-at-compliance.ts";
import { lookAtDeploy } from "./look-at-deploy.ts";
import { lookAtGate } from "./look-at-gate.ts";
import { lookAtIssue } from "./look-at-issue.ts";
import { lookAtMergeGroup } from "./look-at-merge-group.ts";
import { lookAtPullRequest } from "./look-at-pull-request.ts";
import { lookAtTicket } from "./look-at-ticket.ts";
import { reconcileInstallation } from "./reconcile-installation.ts";
import { reconcileInstallations } from "./reconcile-installations.ts";
import { reconcileRepository } from "./reconcile-repository.ts";

/** One handler for each kind of subject. The queue runs the looks at one subject one at a time. */
export async function look(
  dependencies: HandlerDependencies,
  { subject }: JobData["look"],
  context?: Pick<JobContext, "retries">,
): Promise<void> {
  switch (subject.kind) {
    case "deploy":
      return await lookAtDeploy(dependencies, subject);
    case "pull-request":
      return await lookAtPullRequest(dependencies, subject);
    case "merge-group":
      return await lookAtMergeGroup(dependencies, subject);
    case "comment":
      return await answerComment(dependencies, subject);
    case "repository":
      return await reconcileRepository(dependencies, subject);
    case "installation":
      return await reconcileInstallation(dependencies, subject);
    case "installations":
      return await reconcileInstallations(dependencies);
    case "compliance":
      return await lookAtCompliance(dependencies, subject);
    case "gate":
      return await lookAtGate(dependencies, subject);
    case "issue":
      return await lookAtIssue(dependencies, subject);
    case "request":
      return await answerRequest(dependencies, subject, context);
    case "ticket":
      return await lookAtTicket(dependencies, subject);
    case "failed-deliveries":
      return await collectFailedDeliveries(dependencies);
  }
}
