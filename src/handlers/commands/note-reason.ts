import { cutCodePoints } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment } from "../../domain/wording/counted.ts";
import { setDeadline } from "../../store/deadline.ts";
import { giveReason, listOverridesOnIssue } from "../../store/override.ts";
import { findComplianceIssueByNumber } from "../../store/compliance-issue.ts";
import { overrideDeadline } from "../ending-overrides.ts";
import { tellOfCases } from "../tell-of-cases.ts";
import {
  type AskedInComment,
  type AskedUnderPolicy,
  type CommandResult,
  recordOf,
  shownAt,
} from "./asked.ts";
import { refuseUnlessMayLift } from "./may-lift.ts";

const REASON_LENGTH = 500;

/**
 * A reply of somebody who was asked why they lifted a hold: their words are the reason. Where the policy wants it first, what they lifted is
 * in force from now on, if they still may. null: they were not asked.
 */
export async function noteReason(asked: AskedUnderPolicy & AskedInComment): Promise<CommandResult | null> {
  const { dependencies, said, ground, policy, by } = asked;
  const { subject, comment } = said;
  const { repositoryId, issueNumber } = subject;
  const overrides = await listOverridesOnIssue(dependencies.database, repositoryId, issueNumber);
  const waiting = overrides.find(({ byId, because }) => byId === by.id && because === null);
  const because = cutCodePoints(comment.body.trim(), REASON_LENGTH);
  if (waiting === undefined || because === "") return null;
  const { source, awaitsReason } = waiting;
  const record = recordOf(asked, "reason-given", { source, because });
  if (!awaitsReason) {
    return {
      answer: wording.reasonKept(),
      change: async (transaction) => {
        await giveReason(transaction, waiting.id, {
          because,
          beganAt: waiting.beganAt,
          endsAt: waiting.endsAt,
        });
        return true;
      },
      record,
    };
  }
  const refusal = await refuseUnlessMayLift(asked, "override");
  if (refusal !== null) return refusal;
  const beganAt = dependencies.clock.now();
  const endsAt = new Date(beganAt.getTime() + Math.min(policy.override.expires, policy.override.max));
  const compliance = await findComplianceIssueByNumber(dependencies.database, repositoryId, issueNumber);
  return {
    answer: wording.reasonBegins(moment(endsAt)),
    change: async (transaction, at) => {
      await giveReason(transaction, waiting.id, { because, beganAt, endsAt });
      await setDeadline(transaction, overrideDeadline({ ...waiting, endsAt }));
      if (compliance === null) return true;
      const key = `override-began-${source}`;
      const began = { what: "override-began", key, by: by.login, because, until: endsAt } as const;
      const { firstRed } = compliance;
      const telling = { repository: ground.repository, policy, firstRed, announcements: [began], at };
      await tellOfCases(transaction, dependencies, { ...telling, onSlackOnly: true });
      return true;
    },
    looks: shownAt(asked),
    record: { ...record, what: "override-began", until: endsAt.toISOString() },
  };
}
