import { type LocalRange, readLocalChangeSet } from "../adapters/git/read-local-change-set.ts";
import { readLiveCommits } from "../adapters/git/read-live-commits.ts";
import type { GitRefusal } from "../adapters/git/refusal.ts";
import { moveToSameTree } from "../domain/change-set/move-to-same-tree.ts";
import { evaluate } from "../domain/evaluate.ts";
import type { RuleName, Verdict } from "../domain/finding.ts";
import type { ChangeSet, Commit, CommitSha } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { DeploySnapshot } from "../domain/snapshot.ts";
import { attributeTickets } from "../domain/tickets/attribute.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import { revertedShas } from "../domain/tickets/reverted-shas.ts";
import {
  authorsUnproven,
  countsAs,
  prefixesObserved,
  pullRequestsUnknown,
} from "../domain/wording/check-table.ts";
import type { ReadsTickets } from "../ports/jira.ts";
import { knownProjects, readProjects, readTicketFacts } from "../snapshot/read-tickets.ts";
import { type CheckDocument, buildCheckDocument } from "./check-document.ts";
import { explainGitRefusal } from "./git-refusal.ts";
import { localRepository } from "./local-repository.ts";
import { WITHOUT_POLICY } from "./without-policy.ts";

export interface LocalCheck {
  readonly path: string;
  readonly base: string;
  readonly head: string;
  /** null: none was given; see `WITHOUT_POLICY`. */
  readonly policy: Policy | null;
  /** null: offline, or there are no Jira settings. */
  readonly jira: ReadsTickets | null;
  readonly offline: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

export type LocalCheckResult =
  | {
      readonly ok: true;
      readonly document: CheckDocument;
      readonly snapshot: DeploySnapshot;
      readonly carriage: Carriage | null;
    }
  | { readonly ok: false; readonly refusal: GitRefusal; readonly message: string };

/** These ask what a clone does not know: open pull requests, results of checks. */
const NOT_HERE: readonly RuleName[] = ["ticket-complete", "required-checks"];

/** The pre-deploy check of a local clone: what would go from head to where base is, and may it. */
export async function checkLocalClone(check: LocalCheck): Promise<LocalCheckResult> {
  const range = await readLocalChangeSet({
    path: check.path,
    base: check.base,
    head: check.head,
    environment: check.environment,
    ...(check.signal === undefined ? {} : { signal: check.signal }),
  });
  if (!range.ok) return { ok: false, refusal: range.refusal, message: explainGitRefusal(range.refusal) };
  const policy = check.policy ?? WITHOUT_POLICY;
  const changeSet = countBase(range);
  const projects = await readProjects(check.jira, policy);
  const carriage =
    changeSet.relation === "unrelated"
      ? null
      : attributeTickets({
          changeSet,
          policy: policy.tickets,
          knownProjects: knownProjects(projects),
          live: await readLive(range, changeSet),
        });
  const snapshot: DeploySnapshot = {
    kind: "deploy",
    takenAt: check.now,
    repository: localRepository(),
    policy,
    environment: "",
    head: changeSet.head,
    base: {
      state: "known",
      value: { sha: changeSet.base, label: check.base, sameTreeAs: movedFrom(range, changeSet) },
    },
    changeSet: { state: "known", value: changeSet },
    tickets: await readFacts(check, policy, carriage),
    checks: { state: "missing", detail: "" },
    openPullRequests: { state: "missing", detail: "" },
    attached: [],
    outside: { state: "missing", detail: "" },
    projects,
  };
  const document = buildCheckDocument({
    changeSet,
    askedBase: movedFrom(range, changeSet),
    carriage,
    verdict: withoutGitHub(evaluate(snapshot, carriage)),
    notes: listNotes(check, policy, range, changeSet),
  });
  return { ok: true, document, snapshot, carriage };
}

type LocalChangeSet = ChangeSet & { readonly base: CommitSha };

/** A base with commits of its own counts as the commit that has its content, where there is one. */
function countBase({ changeSet }: LocalRange): LocalChangeSet {
  const moved = moveToSameTree(changeSet);
  return moved === null ? changeSet : { ...moved.changeSet, base: moved.base };
}

function movedFrom(range: LocalRange, { base }: LocalChangeSet): CommitSha | null {
  return base === range.changeSet.base ? null : range.changeSet.base;
}

/** The newest live commits, and those that a revert in the range names by its sha, however old. */
async function readLive(range: LocalRange, changeSet: LocalChangeSet): Promise<readonly Commit[]> {
  const known = new Set([...changeSet.commits, ...range.live].map(({ sha }) => sha));
  const named = revertedShas(changeSet.commits).filter(
    (prefix) => ![...known].some((sha) => sha.startsWith(prefix)),
  );
  return [...range.live, ...(await readLiveCommits(range.clone, range.changeSet.base, named))];
}

async function readFacts(
  { jira, offline }: LocalCheck,
  policy: Policy,
  carriage: Carriage | null,
): Promise<DeploySnapshot["tickets"]> {
  if (offline) return { state: "off", because: "offline" };
  return await readTicketFacts(jira, policy, carriage);
}

function withoutGitHub(verdict: Verdict): Verdict {
  const findings = verdict.findings.filter(({ rule }) => !NOT_HERE.includes(rule));
  const worst = findings.some(({ outcome }) => outcome === "fail")
    ? "fail"
    : findings.some(({ outcome }) => outcome === "unknown")
      ? "unknown"
      : "pass";
  const skipped = [...verdict.skipped, ...NOT_HERE.filter((rule) => !verdict.skipped.includes(rule))];
  return { outcome: worst, findings, skipped };
}

function listNotes(
  check: LocalCheck,
  { tickets }: Policy,
  range: LocalRange,
  changeSet: LocalChangeSet,
): readonly string[] {
  const notes: string[] = [];
  if (movedFrom(range, changeSet) !== null) notes.push(countsAs(check.base, changeSet.base));
  if (tickets.require === "pull-request") notes.push(pullRequestsUnknown());
  if (tickets.exempt.authors.length > 0) notes.push(authorsUnproven());
  if (tickets.projects.length === 0 && check.jira === null) notes.push(prefixesObserved());
  return notes;
}
