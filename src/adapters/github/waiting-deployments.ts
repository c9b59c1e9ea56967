import * as wording from "../../domain/wording/github.ts";
import { callbackElsewhere, runIsOver, runNotWaitingYet } from "../../domain/wording/deployment-rule.ts";
import { Fault } from "../../errors.ts";
import type {
  AnswersDeployments,
  ReadsWaitingDeployments,
  WaitingDeployment,
} from "../../ports/deployments.ts";
import type { Posted } from "../../ports/posts.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { readCounted } from "./counted-pages.ts";
import { fields, flag, integer, isFields, list, optionalFields, sha, shownText, text } from "./json.ts";
import type { OwnIdentity } from "./own-identity.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export interface WaitingDeploymentsOptions {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  readonly identity: OwnIdentity;
}

const CALLBACK = "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule";
/** Final: the same answer will be refused again. */
const REFUSALS = new Set([400, 409, 410, 422, 451]);

/** Jobs that wait for an environment's protection rule: who waits for us, and what we say to them. */
export function createWaitingDeployments(
  options: WaitingDeploymentsOptions,
): ReadsWaitingDeployments & AnswersDeployments {
  const { calls, apiUrl, identity } = options;
  return {
    listWaitingDeployments: async (repository) => {
      const { status, items } = await readCounted(calls, repository, apiUrl, {
        route: "GET /repos/{owner}/{repo}/actions/runs",
        parameters: { status: "waiting" },
        doing: "looking for runs that wait",
        list: "workflow_runs",
      });
      // Actions may be switched off: then nothing waits.
      if (status !== 200) return [];
      const waiting: WaitingDeployment[] = [];
      const ours = new Map<string, boolean>();
      for (const item of items) {
        const run = fields(item, "workflow_run");
        for (const environment of await readPending(repository, integer(run, "id"))) {
          const isOurs = ours.get(environment) ?? (await hasOurRule(repository, environment));
          ours.set(environment, isOurs);
          if (isOurs) waiting.push(waitingFor(repository, run, environment));
        }
      }
      return waiting;
    },

    answerDeployment: async (repository, { runId, environment, callbackUrl, answer, comment }) => {
      const refusal = whyNotToCall(callbackUrl, runId);
      if (refusal !== null) return { state: "refused", status: 0, detail: refusal };
      const doing = `answering run ${runId} for ${environment}`;
      const said = await calls.restSurely(repository, {
        route: CALLBACK,
        parameters: {
          run_id: runId,
          environment_name: environment,
          ...(answer === "report" ? {} : { state: answer }),
          comment,
        },
        doing,
        // Ten reports are all that GitHub takes, and an answer given twice is refused the second time.
        repeatable: answer !== "report",
      });
      if (said.status === 204) return { state: "done", remoteId: null };
      if (said.status === 404) return await explainNotFound(repository, runId, doing);
      if (REFUSALS.has(said.status)) return refused(said);
      throw retryLater(doing, said.status, wording.githubAnsweredError(said.status));
    },
  };

  function waitingFor(
    { owner, name }: RepositoryRef,
    run: Readonly<Record<string, unknown>>,
    environment: string,
  ): WaitingDeployment {
    const runId = integer(run, "id");
    return {
      runId,
      environment,
      sha: sha(run, "head_sha"),
      callbackUrl: `${apiUrl}/repos/${owner}/${name}/actions/runs/${runId}/deployment_protection_rule`,
      startedAt: new Date(text(run, "run_started_at")),
    };
  }

  /** Names of the environments that jobs of the run wait for. */
  async function readPending(repository: RepositoryRef, runId: number): Promise<readonly string[]> {
    const answer = await calls.rest(repository, {
      route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments",
      parameters: { run_id: runId },
      doing: `reading what run ${runId} waits for`,
    });
    // The run ended, or was deleted, since it was listed.
    if (answer.status !== 200) return [];
    return list(answer.data, "pending_deployments").flatMap((item) => {
      const environment = optionalFields(fields(item, "pending_deployment")["environment"], "environment");
      return environment === null ? [] : [text(environment, "name")];
    });
  }

  async function hasOurRule(repository: RepositoryRef, environment: string): Promise<boolean> {
    const answer = await calls.rest(repository, {
      route: "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules",
      parameters: { environment_name: environment },
      doing: `reading the protection rules of ${environment}`,
    });
    if (answer.status !== 200) return false;
    const rules = fields(answer.data, "rules")["custom_deployment_protection_rules"] ?? [];
    return list(rules, "custom_deployment_protection_rules").some((item) => {
      const rule = fields(item, "rule");
      return flag(rule, "enabled") && identity.isOwnApp(integer(fields(rule["app"], "app"), "id"));
    });
  }

  /** The address came in a payload: only GitHub's own, and only that run's, may be meant. */
  function whyNotToCall(callbackUrl: string, runId: number): string | null {
    const api = new URL(apiUrl);
    if (!URL.canParse(callbackUrl)) return callbackElsewhere();
    const url = new URL(callbackUrl);
    const path = api.pathname.replace(/\/$/, "");
    const rest = url.pathname.startsWith(`${path}/`) ? url.pathname.slice(path.length) : "";
    const run = /^\/repos\/[^/]+\/[^/]+\/actions\/runs\/([0-9]+)\/deployment_protection_rule$/.exec(
      rest,
    )?.[1];
    const isThere = url.origin === api.origin && url.username === "" && url.password === "";
    return isThere && run === String(runId) ? null : callbackElsewhere();
  }

  /** Nothing waits there: not yet, or no more. */
  async function explainNotFound(repository: RepositoryRef, runId: number, doing: string): Promise<Posted> {
    const run = await calls.rest(repository, {
      route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
      parameters: { run_id: runId },
      doing: `reading run ${runId}`,
    });
    const isOver = run.status !== 200 || text(fields(run.data, "workflow_run"), "status") === "completed";
    if (isOver) return { state: "refused", status: 404, detail: runIsOver() };
    throw retryLater(doing, 404, runNotWaitingYet());
  }
}

function refused({ status, data }: Answer): Posted {
  const message = isFields(data) ? shownText(data, "message") : "";
  return {
    state: "refused",
    status,
    detail: (message === "" ? wording.githubAnsweredError(status) : message).slice(0, 500),
  };
}

function retryLater(doing: string, status: number, detail: string): Fault {
  return new Fault({ kind: "retry-later", code: "github-inconsistent", doing, status, detail });
}
