import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { blank } from "../view/empty.ts";
import { type Html, html } from "../view/html.ts";
import type { RepositoryView } from "./repository-view.ts";

/** Why there is no list of what a deploy contains: nothing waits, nothing is compared, or nobody knows. */
export function nothingToShow({ contents, policy, gate, gates }: RepositoryView): Html {
  if (policy !== null && policy.deploy.environments.length === 0) {
    return blank({ title: wording.environmentsOffTitle(), body: wording.environmentsOff(), icon: "stop" });
  }
  if (contents === null) {
    return gates.stored.lookedAt === null
      ? blank({ title: wording.notLookedAtTitle(), body: wording.notLookedAt(), icon: "hourglass" })
      : blank({ title: wording.changesUnreadTitle(), body: wording.notReadYet(), icon: "question" });
  }
  const unread = contents.unread.filter(({ what }) => what !== "checks");
  if (unread.length > 0) {
    return blank({
      title: wording.changesUnreadTitle(),
      body: html`${unread.map(({ what, because }) => html`<p>${wording.unreadSentence(what, because)}</p>`)}`,
      icon: "question",
    });
  }
  return blank({
    title: wording.nothingWaitsTitle(gate.environment),
    body: html`${wording.runsTheHeadOf(gate.environment)} <b>${visibleText(contents.branch, 80)}</b>.`,
    icon: "check-circle",
  });
}
