import { nameOf } from "../../domain/authority/issue-notes.ts";
import type { Command } from "../../domain/commands.ts";
import * as wording from "../../domain/wording/commands.ts";
import { endCase } from "../../store/compliance-case.ts";
import { readAuthorsOf } from "../read-issue.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, sourceOf } from "./asked.ts";
import { refuseAuthor, refuseUnlessMayLift } from "./may-lift.ts";
import { readMeantIssue } from "./meant-issue.ts";

/** J8: after this many hours without any result a check may be resolved by hand. */
const SILENT_HOURS = 7 * 24;

/** `resolve because …` on a compliance issue: ends the cases whose check says nothing any more. Others end with a green run. */
export async function resolve(
  asked: AskedUnderPolicy,
  { because }: Extract<Command, { kind: "resolve" }>,
): Promise<CommandResult> {
  const refusal = await refuseUnlessMayLift(asked, "resolve");
  if (refusal !== null) return refusal;
  const { dependencies, said, ground, policy, by } = asked;
  const { compliance, openCases } = await readMeantIssue(asked);
  if (compliance === null) {
    return refused(asked, "resolve", "nothing-here", wording.noComplianceIssue("resolve"));
  }
  if (openCases.length === 0) return refused(asked, "resolve", "nothing-open", wording.nothingOpen());
  const at = dependencies.clock.now();
  const since = at.getTime() - SILENT_HOURS * policy.deferred.hour;
  const silent = openCases.filter(({ newestRed }) => newestRed.at.getTime() <= since);
  if (silent.length === 0) {
    return refused(asked, "resolve", "not-silent", wording.notSilent(said.door));
  }
  const authors = await readAuthorsOf(dependencies, ground.repository, policy, compliance);
  const fourEyes = refuseAuthor(asked, "resolve", authors);
  if (fourEyes !== null) return fourEyes;
  const { id: repositoryId } = ground.repository;
  return {
    answer: wording.resolved(silent.map(({ name }) => nameOf(name))),
    change: async (transaction, now) => {
      const end = { as: "by-hand", at: now, by: by.login, because, url: null, sha: null } as const;
      let ended = false;
      for (const { id } of silent) ended = (await endCase(transaction, id, end)) || ended;
      return ended;
    },
    looks: [
      { kind: "compliance", repositoryId },
      { kind: "gate", repositoryId },
    ],
    record: recordOf(asked, "case-resolved", {
      source: sourceOf(asked),
      cases: silent.map(({ id }) => id),
      because,
    }),
  };
}
