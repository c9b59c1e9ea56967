import { duplicateOf } from "../../domain/wording/compliance-issue.ts";
import type { WritesIssues } from "../../ports/issues.ts";
import type { Posted } from "../../ports/posts.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { createIssueLabels, type WantedLabel } from "./issue-labels.ts";
import { GONE_ISSUE, isSameLabel, labelFilter, readIssueAnswer } from "./issues.ts";
import { list } from "./json.ts";
import { lastLine } from "./last-line.ts";
import type { OwnIdentity } from "./own-identity.ts";
import { type ParsedIssue, parseIssue } from "./parse-issue.ts";
import { isRefusal, posted, refusedPost, unclear } from "./posted.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export interface IssuePostsOptions {
  readonly calls: RepositoryCalls;
  readonly identity: OwnIdentity;
}

type WantedIssue = Parameters<WritesIssues["putIssue"]>[1];

/** Our own issues are among the newest with their label when nobody knows their number. */
const NEWEST = 100;

export function createIssuePosts({ calls, identity }: IssuePostsOptions): WritesIssues {
  const labels = createIssueLabels(calls);
  return {
    putIssue: async (repository, wanted, existing) => {
      const listed = await listOwn(repository, wanted);
      if ("refusedWith" in listed) return refusedPost(listed.refusedWith);
      const known = await findKnown(repository, existing.number, listed.issues);
      const ours = [...new Map([...listed.issues, ...known].map((one) => [one.number, one])).values()].sort(
        (one, other) => one.number - other.number,
      );
      const [kept, ...duplicates] = ours;
      if (kept === undefined) return await make(repository, wanted, existing.beforeMaking);
      for (const duplicate of duplicates) await closeDuplicate(repository, duplicate, kept.number);
      return await update(repository, kept, wanted);
    },

    putLabel: async (repository, { issueNumber, name, present }) => {
      const answer = await readIssueAnswer(calls, repository, issueNumber);
      if (answer.status === 410 || answer.status === 301) return refusedPost(answer);
      if (answer.status !== 200) throw unclear(answer, `reading #${issueNumber}`);
      const isOn = parseIssue(answer.data).labels.some((label) => isSameLabel(label.name, name));
      if (isOn === present) return { state: "done", remoteId: null };
      return present
        ? await labels.add(repository, issueNumber, [name])
        : await labels.remove(repository, issueNumber, name);
    },

    putIssueState: async (repository, { issueNumber, state }) => {
      const answer = await readIssueAnswer(calls, repository, issueNumber);
      if (answer.status === 410 || answer.status === 301) return refusedPost(answer);
      if (answer.status !== 200) throw unclear(answer, `reading #${issueNumber}`);
      if (parseIssue(answer.data).state === state) return { state: "done", remoteId: null };
      return await patch(repository, issueNumber, { state });
    },
  };

  /**
   * Issues that this App itself wrote with that marker as their last line: anybody may write our marker, or quote it. By the list,
   * which shows what search has not indexed yet.
   */
  async function listOwn(
    repository: RepositoryRef,
    { marker, labels: [label] }: WantedIssue,
  ): Promise<{ readonly issues: readonly ParsedIssue[] } | { readonly refusedWith: Answer }> {
    const doing = "looking for the issue by its marker";
    const answer = await calls.restSurely(repository, {
      route: "GET /repos/{owner}/{repo}/issues",
      parameters: {
        ...(label === undefined ? {} : labelFilter(label.name)),
        state: "all",
        sort: "created",
        direction: "desc",
        per_page: NEWEST,
      },
      doing,
    });
    if (isRefusal(answer)) return { refusedWith: answer };
    if (answer.status !== 200) throw unclear(answer, doing);
    const own: ParsedIssue[] = [];
    for (const item of list(answer.data, "issues")) {
      const issue = parseIssue(item);
      if (!issue.onPullRequest && lastLine(issue.body) === marker && (await isOwn(issue))) own.push(issue);
    }
    return { issues: own };
  }

  async function isOwn({ author }: ParsedIssue): Promise<boolean> {
    return author !== null && author.isBot && (await identity.isOwnBot(author));
  }

  /** By its number: its marker or its label may be gone, it is ours all the same. */
  async function findKnown(
    repository: RepositoryRef,
    number: number | null,
    listed: readonly ParsedIssue[],
  ): Promise<readonly ParsedIssue[]> {
    if (number === null || listed.some((one) => one.number === number)) return [];
    const answer = await readIssueAnswer(calls, repository, number);
    if (GONE_ISSUE.has(answer.status)) return [];
    if (answer.status !== 200) throw unclear(answer, `reading #${number}`);
    return [parseIssue(answer.data)];
  }

  async function make(
    repository: RepositoryRef,
    wanted: WantedIssue,
    beforeMaking: () => Promise<void>,
  ): Promise<Posted> {
    const unlabelled = await ensureLabels(repository, wanted.labels);
    if (unlabelled !== null) return unlabelled;
    await beforeMaking();
    const doing = "opening an issue";
    const answer = await calls.restSurely(repository, {
      route: "POST /repos/{owner}/{repo}/issues",
      parameters: {
        title: wanted.title,
        body: bodyOf(wanted),
        labels: wanted.labels.map(({ name }) => name),
      },
      doing,
    });
    const made = posted(answer, doing, "number");
    if (made.state === "refused") return made;
    // Without one of these the issue is still there, and says everything.
    for (const label of wanted.labelsReady) await labels.ensure(repository, label);
    if (made.remoteId === null || wanted.state === "open") return made;
    const closed = await patch(repository, made.remoteId, { state: wanted.state });
    return closed.state === "refused" ? closed : made;
  }

  /** Writes what differs, and nothing where nothing does. */
  async function update(repository: RepositoryRef, is: ParsedIssue, wanted: WantedIssue): Promise<Posted> {
    const has = (name: string): boolean => is.labels.some((label) => isSameLabel(label.name, name));
    const missing = wanted.labels.filter(({ name }) => !has(name));
    const steps: (() => Promise<Posted | null>)[] = [];
    if (missing.length > 0) {
      steps.push(
        () => ensureLabels(repository, missing),
        () =>
          labels.add(
            repository,
            is.number,
            missing.map(({ name }) => name),
          ),
      );
    }
    for (const name of wanted.labelsOff.filter(has)) {
      steps.push(() => labels.remove(repository, is.number, name));
    }
    const changes = {
      ...(is.title === wanted.title ? {} : { title: wanted.title }),
      ...(isSameText(is.body, bodyOf(wanted)) ? {} : { body: bodyOf(wanted) }),
      ...(is.state === wanted.state ? {} : { state: wanted.state }),
    };
    if (Object.keys(changes).length > 0) steps.push(() => patch(repository, is.number, changes));
    for (const step of steps) {
      const outcome = await step();
      if (outcome?.state === "refused") return outcome;
    }
    return { state: "done", remoteId: is.number };
  }

  async function ensureLabels(
    repository: RepositoryRef,
    wanted: readonly WantedLabel[],
  ): Promise<Posted | null> {
    for (const label of wanted) {
      const refused = await labels.ensure(repository, label);
      if (refused !== null) return refused;
    }
    return null;
  }

  async function closeDuplicate(
    repository: RepositoryRef,
    { number, state }: ParsedIssue,
    kept: number,
  ): Promise<void> {
    if (state === "closed") return;
    const doing = `saying that #${number} is there twice`;
    const said = await calls.restSurely(repository, {
      route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      parameters: { issue_number: number, body: duplicateOf(kept) },
      doing,
    });
    if (said.status !== 201 && !isRefusal(said)) throw unclear(said, doing);
    await patch(repository, number, { state: "closed", state_reason: "not_planned" });
  }

  async function patch(
    repository: RepositoryRef,
    number: number,
    changes: Readonly<Record<string, unknown>>,
  ): Promise<Posted> {
    const doing = `writing #${number}`;
    const answer = await calls.restSurely(repository, {
      route: "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
      parameters: { issue_number: number, ...changes },
      doing,
      repeatable: true,
      mayMove: true,
    });
    if (answer.status === 301) return refusedPost(answer);
    return posted(answer, doing, "number");
  }
}

function bodyOf({ body, marker }: WantedIssue): string {
  return `${body}\n\n${marker}`;
}

/** GitHub may keep the ends of lines as a browser sends them. */
function isSameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(one) === plain(other);
}
