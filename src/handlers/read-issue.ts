import type { Authority } from "../domain/authority/authority.ts";
import type { IssueEvent } from "../domain/authority/issue-event.ts";
import {
  closingsByOthers,
  strippingsByOthers,
  undecidedEvents,
} from "../domain/authority/undecided-events.ts";
import type { IssueQuestion } from "../domain/authority/issue-question.ts";
import type { ComplianceCase } from "../domain/compliance/case.ts";
import type { Policy } from "../domain/policy.ts";
import type { IssueFacts } from "../ports/issues.ts";
import type { RepositoryRef } from "../ports/repository.ts";
import { readAuthors } from "../snapshot/read-authors.ts";
import { readAuthority } from "../snapshot/read-authority.ts";
import { listCasesOfIssue } from "../store/compliance-case.ts";
import { findComplianceIssueByNumber, type StoredComplianceIssue } from "../store/compliance-issue.ts";
import { listHaltsOnIssue, type StoredHalt } from "../store/halt.ts";
import { findIssueCursor } from "../store/issue-cursor.ts";
import { listOverridesOnIssue, type StoredOverride } from "../store/override.ts";
import type { HandlerDependencies } from "./dependencies.ts";

/** What is stored of an issue. */
export interface StoredIssue {
  /** null: somebody else's issue, or a pull request. */
  readonly compliance: StoredComplianceIssue | null;
  /** Its cases that have not ended. */
  readonly openCases: readonly ComplianceCase[];
  readonly overrides: readonly StoredOverride[];
  readonly halts: readonly StoredHalt[];
}

export async function readStoredIssue(
  { database }: Pick<HandlerDependencies, "database">,
  repository: RepositoryRef,
  number: number,
): Promise<StoredIssue> {
  const compliance = await findComplianceIssueByNumber(database, repository.id, number);
  const cases =
    compliance === null ? [] : await listCasesOfIssue(database, repository.id, compliance.firstRed);
  return {
    compliance,
    openCases: cases.filter(({ end }) => end === null),
    overrides: await listOverridesOnIssue(database, repository.id, number),
    halts: await listHaltsOnIssue(database, repository.id, number),
  };
}

export interface ReadIssue {
  readonly question: IssueQuestion;
  /** The newest event of all; null: there is none. */
  readonly newest: number | null;
}

/** Reads who did what to the issue since it was looked at last, and what each of them may do now. */
export async function readIssueQuestion(
  { github, database, clock }: Pick<HandlerDependencies, "github" | "database" | "clock">,
  {
    repository,
    policy,
    issue,
    stored,
    lasting,
  }: {
    readonly repository: RepositoryRef;
    readonly policy: Policy;
    readonly issue: IssueFacts;
    readonly stored: StoredIssue;
    /** Overrides of its cases that are not over. */
    readonly lasting: IssueQuestion["overrides"];
  },
): Promise<ReadIssue> {
  const all = await github.readIssueEvents(repository, issue.number);
  const at = clock.now();
  const { hour, haltLabel } = policy.deferred;
  const labels = issue.labels.map(({ name }) => name);
  const events = undecidedEvents({
    events: all,
    cursor: await findIssueCursor(database, repository.id, issue.number),
    labels,
    meant: [policy.override.label, haltLabel],
    at,
    hour,
  });
  const { compliance } = stored;
  return {
    question: {
      at,
      state: issue.state,
      labels,
      onPullRequest: issue.onPullRequest,
      events,
      closings: closingsByOthers({ events: all, at, hour, isOurs: compliance !== null }),
      strippings: {
        overrideLabel: strippingsByOthers({ events: all, at, hour, label: policy.override.label }),
        haltLabel: strippingsByOthers({ events: all, at, hour, label: haltLabel }),
      },
      policy,
      cases: compliance === null ? null : stored.openCases,
      overrides: lasting,
      halts: stored.halts,
      people: await readPeople(github, { repository, policy }, events),
      authors: await readAuthorsOf({ github }, repository, policy, compliance),
    },
    newest: all.reduce<number | null>((newest, { id }) => Math.max(newest ?? 0, id), null),
  };
}

/** Each of them once, and no bot: those never count. */
async function readPeople(
  github: HandlerDependencies["github"],
  { repository, policy }: { readonly repository: RepositoryRef; readonly policy: Policy },
  events: readonly IssueEvent[],
): Promise<ReadonlyMap<string, Authority>> {
  const people = new Map<string, Authority>();
  for (const { by, what } of events) {
    if (by === null || by.isBot || what === "reopened") continue;
    const key = by.login.toLowerCase();
    if (people.has(key)) continue;
    people.set(key, await readAuthority({ github }, { repository, policy, login: by.login }));
  }
  return people;
}

/** Read only where four eyes are wanted. null: could not be read. */
export async function readAuthorsOf(
  sources: Pick<HandlerDependencies, "github">,
  repository: RepositoryRef,
  policy: Pick<Policy, "override">,
  compliance: StoredComplianceIssue | null,
): Promise<ReadonlySet<string> | null> {
  if (!policy.override.fourEyes || compliance === null) return new Set();
  const authors = await readAuthors(sources, repository, compliance);
  return authors.state === "known" ? authors.value : null;
}
