import { nameOf } from "../../domain/authority/issue-notes.ts";
import type { Effect } from "../../domain/effect.ts";
import { markdownProse } from "../../domain/escape/markdown-prose.ts";
import { plainOfMarkdown } from "../../domain/escape/plain-of-markdown.ts";
import type { CockpitCommand, RequestAnswer, StoredRequest, Wish } from "../../domain/requests/request.ts";
import { doneBefore, saidInCockpit } from "../../domain/wording/cockpit/commands.ts";
import { nothingDoneForRepository } from "../../domain/wording/effect.ts";
import { findComplianceIssue } from "../../store/compliance-issue.ts";
import { lockAskedRequest, settleRequest } from "../../store/request.ts";
import { type Asked, carryOut, type CommandResult } from "../commands/asked.ts";
import { decree } from "../commands/obey.ts";
import type { HandlerDependencies } from "../dependencies.ts";
import { readGround } from "../read-ground.ts";

type CommandWish = Extract<Wish, { kind: "command" }>;

/**
 * Does what somebody commanded in the cockpit, once, by the rules of comments: who may do what is read from GitHub now. The person is
 * answered by the request; the issue of a case is told what was said and done, so that it tells everything.
 */
export async function obeyRequest(
  dependencies: HandlerDependencies,
  request: StoredRequest,
  { command, on }: CommandWish,
): Promise<void> {
  const { database, clock } = dependencies;
  const ground = await readGround(dependencies, request.repositoryId);
  if (ground === null) {
    const answer = { code: "nothing-done", message: nothingDoneForRepository() };
    await settleRequest(database, request.id, { state: "failed", answer, at: clock.now() });
    return;
  }
  const compliance =
    on.kind === "case" ? await findComplianceIssue(database, request.repositoryId, on.firstRed) : null;
  const asked: Asked = {
    dependencies,
    ground,
    said: { door: "cockpit", request, on },
    issueNumber: compliance?.number ?? null,
    by: { ...request.by, isBot: false },
  };
  const result = await decree(asked, command);
  const notes = compliance === null ? [] : notesOf(asked, request, { command, on }, result);
  await database.transaction(async (transaction) => {
    // Looked at twice, or by two at once: whoever comes later finds it finished.
    if (!(await lockAskedRequest(transaction, request.id))) return;
    const at = clock.now();
    const isDone = await carryOut(transaction, asked, result, notes, at);
    await settleRequest(transaction, request.id, { ...outcomeOf(command, result, isDone), at });
  });
}

function outcomeOf(
  { kind }: CockpitCommand,
  { answer, refusal }: CommandResult,
  isDone: boolean,
): { readonly state: "done" | "refused"; readonly answer: RequestAnswer } {
  if (!isDone) return { state: "refused", answer: { code: "done-before", message: doneBefore() } };
  const message = plainOfMarkdown(answer);
  return refusal === undefined
    ? { state: "done", answer: { code: kind, message } }
    : { state: "refused", answer: { code: refusal, message } };
}

/** What was refused is the person's alone: nobody else has to read of it. */
function notesOf(
  { ground, by }: Asked,
  { id }: StoredRequest,
  { command, on }: Omit<CommandWish, "kind">,
  { answer, refusal }: CommandResult,
): readonly Effect[] {
  if (refusal !== undefined || on.kind !== "case") return [];
  const because = "because" in command ? markdownProse(command.because) : null;
  const said = saidInCockpit(nameOf(by.login), command.kind, because);
  return [
    {
      kind: "note",
      repositoryId: ground.repository.id,
      on: { kind: "compliance-issue", firstRed: on.firstRed },
      key: `request-${id}`,
      body: [said, answer].join("\n\n"),
    },
  ];
}
