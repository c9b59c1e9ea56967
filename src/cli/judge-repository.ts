import type { ReadsGitHub } from "../adapters/github/create-github.ts";
import { startClock } from "../clock.ts";
import { evaluate } from "../domain/evaluate.ts";
import type { Verdict } from "../domain/finding.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { EnvironmentPolicy, Policy, PolicyState } from "../domain/policy.ts";
import type { DeploySnapshot } from "../domain/snapshot.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import * as wording from "../domain/wording/check.ts";
import { policyHasProblems } from "../domain/wording/policy-check.ts";
import type { ReadsTickets } from "../ports/jira.ts";
import { readPolicy } from "../snapshot/read-policy.ts";
import { takeDeploySnapshot } from "../snapshot/take-deploy-snapshot.ts";
import { buildCheckDocument, type CheckDocument } from "./check-document.ts";
import type { CommandInput } from "./command.ts";
import { openGitHub } from "./open-github.ts";
import { WITHOUT_POLICY } from "./without-policy.ts";

export interface RepositoryQuestion {
  /** `OWNER/NAME`, as typed. */
  readonly repository: string;
  /** null: the main one. */
  readonly environment: string | null;
  /** A branch, a tag or a commit; null: what the environment runs. */
  readonly base: string | null;
  /** null: the head of the deploy branch. */
  readonly head: string | null;
}

export interface JudgedRepository {
  readonly document: CheckDocument;
  readonly snapshot: DeploySnapshot;
  readonly carriage: Carriage | null;
  readonly verdict: Verdict;
  readonly policyState: PolicyState;
}

/**
 * Takes the same snapshot as a look and evaluates it, without acting: nothing is stored and nothing is
 * posted. null: it could not be asked, and the reason was said.
 */
export async function judgeRepository(
  input: CommandInput,
  jira: ReadsTickets | null,
  question: RepositoryQuestion,
): Promise<JudgedRepository | null> {
  const github = openGitHub(input);
  if (github === null) return null;
  const repository = await findRepository(input, github, question.repository);
  if (repository === null) return null;
  const outline = await github.readOutline(repository);
  const { state: policyState } = readPolicy(outline, null);
  const chosen = choosePolicy(input, question, policyState);
  if (chosen === null) return null;
  const base = await resolve(input, github, repository, "--base", question.base);
  const sha = await resolve(input, github, repository, "--head", question.head);
  if (base === "refused" || sha === "refused") return null;
  const taken = await takeDeploySnapshot(
    { github, jira, clock: startClock(new Date(), () => performance.now()) },
    { repository: outline.repository, ...chosen, sha, base },
  );
  if (taken.state !== "known") {
    input.err(wording.headUnreadable(taken.detail));
    return null;
  }
  const { snapshot, carriage } = taken.value;
  const { changeSet } = snapshot;
  const verdict = evaluate(snapshot, carriage);
  if (changeSet.state !== "known") {
    input.err(wording.headUnreadable(changeSet.detail));
    return null;
  }
  const askedBase = snapshot.base.state === "known" ? snapshot.base.value.sameTreeAs : null;
  const document = buildCheckDocument({
    changeSet: changeSet.value,
    askedBase,
    carriage,
    verdict,
    notes: [],
  });
  return { document, snapshot, carriage, verdict, policyState };
}

async function findRepository(
  { err }: CommandInput,
  github: ReadsGitHub,
  given: string,
): Promise<RepositoryFacts | null> {
  const [owner = "", name = "", ...rest] = given.split("/");
  if (owner === "" || name === "" || rest.length > 0) {
    err(wording.repositoryMalformed(given));
    return null;
  }
  const found = await github.findRepository(owner, name);
  if (found.state === "known") return found.value;
  err(wording.repositoryNotFound(given));
  return null;
}

async function resolve(
  { err }: CommandInput,
  github: ReadsGitHub,
  repository: RepositoryFacts,
  option: string,
  ref: string | null,
): Promise<CommitSha | null | "refused"> {
  if (ref === null) return null;
  const found = await github.resolveRef(repository, ref);
  if (found.state === "known") return found.value;
  err(wording.refNotFound(option, ref));
  return "refused";
}

/** The policy in force and its environment; a range that was named needs neither. */
function choosePolicy(
  { err }: CommandInput,
  { repository, environment, base, head }: RepositoryQuestion,
  state: PolicyState,
): { policy: Policy; environment: EnvironmentPolicy } | null {
  if (state.state === "unusable") {
    const problems = state.problems.map((problem) => ({
      ...problem,
      file: wording.policyFileThere(problem),
    }));
    err(wording.policyUnusableThere(repository) + policyHasProblems(problems));
    return null;
  }
  const policy = state.state === "in-force" ? state.policy : WITHOUT_POLICY;
  const { environments } = policy.deploy;
  const chosen =
    environment === null ? environments[0] : environments.find(({ name }) => name === environment);
  if (chosen !== undefined) return { policy, environment: chosen };
  if (base !== null && head !== null) {
    return { policy, environment: { name: "", base: { kind: "branch", branch: base } } };
  }
  if (state.state === "none") err(wording.noPolicyThere(repository));
  else if (environments.length === 0) err(wording.noEnvironmentThere(repository));
  else {
    err(
      wording.environmentUnknown(
        environment ?? "",
        environments.map(({ name }) => name),
      ),
    );
  }
  return null;
}
