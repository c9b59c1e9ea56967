import { nameOf } from "../../domain/authority/issue-notes.ts";
import { isDue } from "../../domain/authority/override-label.ts";
import type { Command } from "../../domain/commands.ts";
import { scaled } from "../../domain/scaled-duration.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment } from "../../domain/wording/counted.ts";
import { extendCase } from "../../store/compliance-case.ts";
import { readAuthorsOf } from "../read-issue.ts";
import { tellOfCases } from "../tell-of-cases.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, sourceOf } from "./asked.ts";
import { refuseAuthor, refuseUnlessMayLift } from "./may-lift.ts";
import { readMeantIssue } from "./meant-issue.ts";

/** `extend 12h because …` on a compliance issue: later deadlines for what has not expired, by at most the policy's `max` each time. */
export async function extend(
  asked: AskedUnderPolicy,
  command: Extract<Command, { kind: "extend" }>,
): Promise<CommandResult> {
  const refusal = await refuseUnlessMayLift(asked, "extend");
  if (refusal !== null) return refusal;
  const { dependencies, said, ground, policy, by } = asked;
  const { because } = command;
  const { compliance, openCases } = await readMeantIssue(asked);
  if (compliance === null)
    return refused(asked, "extend", "nothing-here", wording.noComplianceIssue("extend"));
  if (openCases.length === 0) return refused(asked, "extend", "nothing-open", wording.nothingOpen());
  const at = dependencies.clock.now();
  const waiting = openCases.filter((one) => !isDue(one, at));
  if (waiting.length === 0) return refused(asked, "extend", "expired", wording.expiredAlready(said.door));
  const running = waiting.flatMap((one) => (one.deadline === null ? [] : [{ one, deadline: one.deadline }]));
  if (running.length === 0) return refused(asked, "extend", "not-begun", wording.clockNotBegun());
  const authors = await readAuthorsOf(dependencies, ground.repository, policy, compliance);
  const fourEyes = refuseAuthor(asked, "extend", authors);
  if (fourEyes !== null) return fourEyes;
  const wanted = scaled(command.duration, policy.deferred.hour);
  const longer = Math.min(wanted, policy.override.max);
  const moved = running.map(({ one, deadline }) => ({ one, to: new Date(deadline.getTime() + longer) }));
  const told = moved.map(({ one, to }) => ({ name: nameOf(one.name), due: moment(to) }));
  const source = sourceOf(asked);
  const { id: repositoryId } = ground.repository;
  return {
    answer: wording.extended(told, wanted > policy.override.max),
    change: async (transaction, now) => {
      for (const { one, to } of moved) await extendCase(transaction, one.id, to);
      const cases = moved.map(({ one, to }) => ({ ...one, deadline: to }));
      const key = `extended-${source}`;
      const extended = { what: "extended", key, cases, by: by.login, because } as const;
      const { firstRed } = compliance;
      const telling = { repository: ground.repository, policy, firstRed, announcements: [extended], at: now };
      await tellOfCases(transaction, dependencies, telling);
      return true;
    },
    looks: [
      { kind: "compliance", repositoryId },
      { kind: "gate", repositoryId },
    ],
    record: recordOf(asked, "extended", {
      source,
      because,
      deadlines: moved.map(({ one, to }) => ({ case: one.id, due: to.toISOString() })),
    }),
  };
}
