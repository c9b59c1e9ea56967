import type { PostsToGitHub } from "../../ports/posts.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { readCounted } from "./counted-pages.ts";
import type { Answer } from "./exchange.ts";
import { fields, integer, list, optionalFields, optionalText, text } from "./json.ts";
import { lastLine } from "./last-line.ts";
import type { OwnIdentity } from "./own-identity.ts";
import { readPages } from "./pages.ts";
import { parseCheckRun } from "./parse-check-run.ts";
import { posted, unclear } from "./posted.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

/** GitHub has no code for it, only these words. */
const COMMIT_NOT_SEEN = /^No commit found for SHA/;

export interface PostsOptions {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  readonly identity: OwnIdentity;
}

export function createPosts({ calls, apiUrl, identity }: PostsOptions): PostsToGitHub {
  return {
    postStatus: async (repository, { sha, context, state, description, targetUrl }) => {
      const doing = `posting ${context} to ${sha.slice(0, 7)}`;
      const answer = await calls.restSurely(repository, {
        route: "POST /repos/{owner}/{repo}/statuses/{sha}",
        parameters: {
          sha,
          context,
          state,
          description,
          ...(targetUrl === null ? {} : { target_url: targetUrl }),
        },
        doing,
        // A second status of the same words changes nothing.
        repeatable: true,
      });
      const outcome = posted(answer, doing);
      // A push is seen before all of GitHub knows its commit; this alone of the refusals passes by itself.
      if (outcome.state === "refused" && COMMIT_NOT_SEEN.test(outcome.detail)) throw unclear(answer, doing);
      return outcome;
    },

    postCheckRun: async (repository, run, existingId) => {
      const doing = `posting the check run ${run.name} to ${run.sha.slice(0, 7)}`;
      const body = checkRunBody(run);
      const known = existingId ?? (await findCheckRun(repository, run));
      if (known !== null) {
        const updated = await update(repository, known, body, doing);
        if (updated.status !== 404) return posted(updated, doing);
      }
      const created = await calls.restSurely(repository, {
        route: "POST /repos/{owner}/{repo}/check-runs",
        parameters: { ...body, head_sha: run.sha },
        doing,
      });
      return posted(created, doing);
    },

    postComment: async (repository, { issueNumber, marker, body }) => {
      const doing = `commenting on #${issueNumber}`;
      const existing = await findComment(repository, issueNumber, marker);
      if (existing !== null) return { state: "done", remoteId: existing };
      const answer = await calls.restSurely(repository, {
        route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        parameters: {
          issue_number: issueNumber,
          body: `${body}\n\n${marker}`,
        },
        doing,
      });
      return posted(answer, doing);
    },
  };

  function update(
    repository: RepositoryRef,
    id: number,
    body: Readonly<Record<string, unknown>>,
    doing: string,
  ): Promise<Answer> {
    return calls.restSurely(repository, {
      route: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
      parameters: { check_run_id: id, ...body },
      doing,
      repeatable: true,
    });
  }

  /** Of this App alone: others may use the same name. */
  async function findCheckRun(
    repository: RepositoryRef,
    run: Pick<CheckRunPost, "sha" | "name" | "externalId">,
  ): Promise<number | null> {
    const { items } = await readCounted(calls, repository, apiUrl, {
      route: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      parameters: { ref: run.sha, check_name: run.name, filter: "all", ...identity.checkRunFilter },
      doing: `looking for the check run ${run.name}`,
      list: "check_runs",
    });
    const ours = items
      .map(parseCheckRun)
      .filter(({ app, externalId }) => identity.isOwnApp(app?.id ?? null) && externalId === run.externalId);
    return ours.length === 0 ? null : Math.max(...ours.map(({ id }) => id));
  }

  /**
   * Anybody may write our marker: only a comment by this App's own account counts, and of that the last line
   * alone, for what stands before may quote a stranger.
   */
  async function findComment(
    repository: RepositoryRef,
    issueNumber: number,
    marker: string,
  ): Promise<number | null> {
    const candidates: { id: number; login: string; isBot: boolean; appId: number | null }[] = [];
    await readPages(
      (next) =>
        calls.rest(repository, {
          route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
          parameters: { issue_number: issueNumber, per_page: 100, ...next },
          doing: `reading the comments of #${issueNumber}`,
        }),
      apiUrl,
      (answer) => {
        if (answer.status !== 200) return "enough";
        for (const item of list(answer.data, "comments")) {
          const from = fields(item, "comment");
          if (lastLine(optionalText(from, "body") ?? "") !== marker) continue;
          const user = optionalFields(from["user"], "user");
          const via = optionalFields(from["performed_via_github_app"], "performed_via_github_app");
          candidates.push({
            id: integer(from, "id"),
            login: user === null ? "" : text(user, "login"),
            isBot: user !== null && optionalText(user, "type") === "Bot",
            appId: via === null ? null : integer(via, "id"),
          });
        }
        return "more";
      },
    );
    for (const { id, login, isBot, appId } of candidates) {
      if (isBot && (await identity.isOwnBot({ login, appId }))) return id;
    }
    return null;
  }
}

type CheckRunPost = Parameters<PostsToGitHub["postCheckRun"]>[1];

function checkRunBody(run: CheckRunPost): Readonly<Record<string, unknown>> {
  const output = { title: run.title, summary: run.summary, ...(run.text === null ? {} : { text: run.text }) };
  return {
    name: run.name,
    external_id: run.externalId,
    status: "completed",
    conclusion: run.conclusion,
    output,
    actions: run.actions,
    ...(run.detailsUrl === null ? {} : { details_url: run.detailsUrl }),
  };
}
