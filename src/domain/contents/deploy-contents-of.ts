import { visibleText } from "../escape/visible-text.ts";
import { groupBy } from "../group-by.ts";
import type { Judged } from "../judged.ts";
import type { Commit, PullRequest, UnknownCode } from "../model.ts";
import { selectChecks } from "../rules/select-checks.ts";
import type { DeploySnapshot } from "../snapshot.ts";
import type { Carriage } from "../tickets/carriage.ts";
import type { Attachment } from "../tickets/attachment.ts";
import { subjectOf } from "../tickets/subject-of.ts";
import { selectorName } from "../wording/rules.ts";
import { contentTickets } from "./content-tickets.ts";
import type { ContentCommit, DeployContents } from "./deploy-contents.ts";

/** Long enough to be known by; the rest is at GitHub. */
const SUBJECT_LENGTH = 160;
const NAME_LENGTH = 60;
const PULL_REQUESTS_SHOWN = 3;

const NOTHING_CARRIED: Carriage = { tickets: [], mentioned: [], reverts: [], unticketed: [], exempt: [] };

/** What a page shows of the deploy that was judged: facts and findings put together, texts by strangers made visible and cut. */
export function deployContentsOf(
  judged: Pick<Judged<DeploySnapshot>, "snapshot" | "carriage" | "verdict">,
): DeployContents {
  const { snapshot, verdict } = judged;
  const { policy, repository, environment, head } = snapshot;
  const carriage = judged.carriage ?? NOTHING_CARRIED;
  const changeSet = snapshot.changeSet.state === "known" ? snapshot.changeSet.value : null;
  const tickets = contentTickets(snapshot, carriage, verdict);
  return {
    environment,
    branch: policy.deploy.branch ?? policy.trunk ?? repository.defaultBranch,
    head,
    base: snapshot.base.state === "known" ? snapshot.base.value : null,
    relation: changeSet?.relation ?? null,
    aheadBy: changeSet?.aheadBy ?? 0,
    behindBy: changeSet?.behindBy ?? 0,
    takenAt: snapshot.takenAt.toISOString(),
    verdict,
    commits: commitsOf(snapshot),
    tickets,
    unticketed: carriage.unticketed,
    exempt: carriage.exempt,
    reverts: carriage.reverts,
    lost: changeSet?.lost.map(({ sha }) => sha) ?? [],
    checks: checksOf(snapshot),
    unread: unreadOf(snapshot),
    jira: jiraOf(snapshot, tickets),
    outdated: null,
  };
}

/** Newest first, as people look for them; what would be taken away behind what goes out. */
function commitsOf({ changeSet, attached }: DeploySnapshot): readonly ContentCommit[] {
  if (changeSet.state !== "known") return [];
  const { commits, lost, pullRequests } = changeSet.value;
  const attachedTo = groupBy(attached, ({ sha }) => sha);
  return [...commits.toReversed(), ...lost.toReversed()].map((commit) => ({
    sha: commit.sha,
    subject: visibleText(subjectOf(commit), SUBJECT_LENGTH),
    author: visibleText(authorOf(commit), NAME_LENGTH),
    committedAt: commit.committedAt,
    pullRequests: (pullRequests.get(commit.sha) ?? []).slice(0, PULL_REQUESTS_SHOWN).map(numbered),
    attached: (attachedTo.get(commit.sha) ?? []).map(attachmentOf),
  }));
}

function authorOf({ author }: Commit): string {
  return author.login ?? author.name;
}

function numbered({ number, url }: PullRequest): ContentCommit["pullRequests"][number] {
  return { number, url };
}

function attachmentOf({ key, because, by, at }: Attachment): ContentCommit["attached"][number] {
  return { key, because, by, at: at.toISOString() };
}

/** The required ones alone, those that are not green first; one that has no result at all is among them. */
function checksOf({ policy, checks }: DeploySnapshot): DeployContents["checks"] {
  if (checks.state !== "known") return [];
  const selected = policy.requiredChecks.map((selector) => ({
    selector,
    results: selectChecks(selector, checks.value),
  }));
  const silent = selected
    .filter(({ results }) => results.length === 0)
    .map(({ selector }) => {
      const name = visibleText(selectorName(selector), NAME_LENGTH);
      return { name, state: "no-evidence", said: "", url: null } as const;
    });
  const results = [...new Set(selected.flatMap((one) => one.results))].map(({ name, state, said, url }) => ({
    name: visibleText(name, 2 * NAME_LENGTH),
    state,
    said: visibleText(said, NAME_LENGTH),
    url,
  }));
  return [...silent, ...results].toSorted((one, other) => urgency(one) - urgency(other));
}

function urgency({ state }: DeployContents["checks"][number]): number {
  switch (state) {
    case "failure":
    case "skipped-after-failure":
    case "no-evidence":
      return 0;
    case "running":
      return 1;
    case "success":
    case "skipped":
      return 2;
  }
}

function unreadOf({ base, changeSet, checks }: DeploySnapshot): DeployContents["unread"] {
  const changes: UnknownCode | null =
    changeSet.state === "unknown"
      ? changeSet.because
      : changeSet.state === "known" && changeSet.value.relation === "unrelated"
        ? "unrelated-histories"
        : null;
  return [
    ...(base.state === "unknown" ? [{ what: "base", because: base.because } as const] : []),
    // Without a base there is nothing to compare with: the one reason is said once.
    ...(changes !== null && base.state !== "unknown" ? [{ what: "changes", because: changes } as const] : []),
    ...(checks.state === "unknown" ? [{ what: "checks", because: checks.because } as const] : []),
  ];
}

function jiraOf({ tickets }: DeploySnapshot, shown: DeployContents["tickets"]): DeployContents["jira"] {
  if (tickets.state === "off") return { state: "off", because: tickets.because };
  const unknown = shown.flatMap(({ facts }) => (facts.state === "unknown" ? [facts.because] : []))[0];
  return unknown === undefined ? { state: "on" } : { state: "unknown", because: unknown, since: null };
}
