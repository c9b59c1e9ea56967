import { mention } from "../escape/mention.ts";
import { timeSpan } from "../time-span.ts";
import * as wording from "../wording/announcements.ts";
import { listed, moment, shortSha } from "../wording/counted.ts";
import { whoMayOverride } from "../wording/gate.ts";
import type { Announcement } from "./announcement.ts";
import { checksIn, nameIn, type Place, sentenceIn, wordsOf } from "./announcement-words.ts";
import type { ComplianceCase } from "./case.ts";
import { expectedDeadline } from "./expected-deadline.ts";
import type { IssueView } from "./issue-view.ts";
import { joiningOwners } from "./joining-owners.ts";
import { slackNames } from "./opening-messages.ts";

const MOST_OWNERS = 30;

/** What is said about it in that place; `opened` here is the one that joins an issue which is there already. */
export function announcementText(place: Place, view: IssueView, said: Announcement): string {
  switch (said.what) {
    case "opened":
      return alsoRedText(place, view, said.cases);
    case "reminder": {
      const words = wordsOf(place, view, said.cases);
      const due = dueOf(view, said.cases);
      return said.before <= 0
        ? wording.dueNow(place, words, due)
        : wording.reminder(place, words, timeSpan(said.before, view.policy.deferred.hour), due);
    }
    case "verifying":
      return wording.verifying(place, wordsOf(place, view, said.cases), dueOf(view, said.cases));
    case "unverified":
      return wording.unverified(place, wordsOf(place, view, said.cases));
    case "expired":
      return [
        wording.expired(place, wordsOf(place, view, said.cases)),
        wording.expiredNext(
          sentenceIn(place, whoMayOverride(view.policy.override)),
          nameIn(place, view.policy.override.label),
        ),
      ].join(" ");
    case "relapsed":
      return wording.relapsed(place, wordsOf(place, view, said.cases), dueOf(view, said.cases));
    case "resolved":
      return resolvedText(place, view, said.cases);
    case "extended":
      return wording.extended(
        place,
        nameIn(place, said.by),
        sentenceIn(place, said.because),
        dueOf(view, said.cases),
      );
    case "reopened":
      return said.waitingFor === null
        ? wording.reopened(wordsOf(place, view, said.cases))
        : wording.reopenedQuietly(nameIn(place, shortSha(said.waitingFor)));
    case "override-began":
      return [
        wording.overrideBegan(place, nameIn(place, said.by), moment(said.until)),
        said.because === null ? wording.reasonAsked() : wording.reasonGiven(sentenceIn(place, said.because)),
      ].join(" ");
    case "override-ended":
      return said.by === null
        ? wording.overrideEndedByItself(place)
        : wording.overrideEndedBy(place, nameIn(place, said.by));
  }
}

/** With the owners whom the issue has not told yet. */
function alsoRedText(place: Place, view: IssueView, cases: readonly ComplianceCase[]): string {
  const { slack } = view.policy.notify;
  const owners = joiningOwners(view, cases);
  const names =
    place === "note"
      ? listed(owners.map(mention), MOST_OWNERS)
      : slack === null
        ? ""
        : slackNames(owners, slack);
  return [
    wording.alsoRed(place, wordsOf(place, view, cases), dueOf(view, cases)),
    ...(names === "" ? [] : [wording.toldAre(names)]),
  ].join(" ");
}

function resolvedText(place: Place, view: IssueView, cases: readonly ComplianceCase[]): string {
  const words = wordsOf(place, view, cases);
  const left = view.cases.filter(({ end }) => end === null);
  const how = howTheyEnded(place, cases);
  return left.length === 0
    ? wording.resolvedAll(place, words, how)
    : wording.resolvedSome(place, words, how, checksIn(place, left));
}

function howTheyEnded(place: Place, cases: readonly ComplianceCase[]): string {
  const ends = cases.flatMap(({ end }) => (end === null ? [] : [end]));
  const [first] = ends;
  if (first === undefined || ends.some(({ as }) => as !== first.as)) return wording.endedDifferently();
  const by = first.by === null ? null : nameIn(place, first.by);
  return wording.endedHow(first.as, cases.length > 1, by);
}

/** The soonest of them. */
function dueOf(view: IssueView, cases: readonly ComplianceCase[]): string {
  const { hour } = view.policy.deferred;
  return moment(new Date(Math.min(...cases.map((one) => expectedDeadline(one, hour).getTime()))));
}
