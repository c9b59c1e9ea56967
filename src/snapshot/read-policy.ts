import type { Reading } from "../domain/model.ts";
import type { Policy, PolicyProblem, PolicyState } from "../domain/policy.ts";
import { policyUnreadable } from "../domain/wording/policy-state.ts";
import { parsePolicyOnce } from "../policy/parse-policy-once.ts";
import type { PolicyOptions } from "../policy/parse-policy.ts";
import type { FileAtCommit, Outline } from "../ports/repository.ts";
import type { StoredPolicy } from "../store/policy.ts";

/** The policy in force, and what to remember of it. */
export interface PolicyRead {
  readonly state: PolicyState;
  readonly memory:
    /** These texts made a good policy: they stay in force while a newer one cannot be read. */
    | { readonly kind: "keep"; readonly policy: StoredPolicy }
    /** The last good one stays; this is why. */
    | {
        readonly kind: "note";
        readonly stale: "invalid" | "unreadable";
        readonly problems: readonly PolicyProblem[];
      }
    | { readonly kind: "forget" };
}

const NO_FILE: StoredPolicy = { text: null, sha: null, organisationText: null, organisationSha: null };

/**
 * Decides which policy is in force: the file of the default branch over the organisation's defaults, or the
 * last good one where that file cannot be read or parsed. Never "no rules" because of a failure.
 */
export function readPolicy(
  outline: Pick<Outline, "policyFile" | "organisationPolicyFile">,
  stored: StoredPolicy | null,
  options: PolicyOptions = {},
): PolicyRead {
  const { policyFile, organisationPolicyFile } = outline;
  if (policyFile.state === "missing" && organisationPolicyFile.state === "missing") {
    return { state: { state: "none" }, memory: { kind: "forget" } };
  }
  // Of a file that GitHub does not let us read, or not now, nobody knows whether it is there.
  const ownFile =
    policyFile.state === "known" ||
    (policyFile.state === "unknown" && policyFile.because === "policy-unreadable");
  if (policyFile.state === "unknown") {
    const kept = stored !== null && (stored.text !== null || stored.organisationText !== null);
    return fallBack(stored, "unreadable", [problemOf(policyFile, kept)], ownFile, options);
  }
  const organisation = organisationTexts(organisationPolicyFile, stored);
  const texts: StoredPolicy = {
    ...NO_FILE,
    ...organisation.texts,
    ...(policyFile.state === "known" ? { text: policyFile.value.text, sha: policyFile.value.sha } : {}),
  };
  if (texts.text === null && texts.organisationText === null) {
    return fallBack(stored, "unreadable", organisation.problems, ownFile, options);
  }
  const parsed = parsePolicyOnce({ organisation: texts.organisationText, repository: texts.text }, options);
  if (parsed.policy !== null) return inForce(texts, parsed.policy, organisation.problems, "no");
  const problems = [...parsed.problems, ...parsed.organisationProblems.map(ofOrganisation)];
  // Defaults that became invalid must not take the repository's own, good file out of force.
  const older: StoredPolicy = {
    ...texts,
    organisationText: stored?.organisationText ?? null,
    organisationSha: stored?.organisationSha ?? null,
  };
  const withOlder =
    parsed.problems.length > 0
      ? null
      : parsePolicyOnce({ organisation: older.organisationText, repository: older.text }, options).policy;
  return withOlder === null
    ? fallBack(stored, "invalid", problems, ownFile, options)
    : inForce(older, withOlder, problems, "invalid");
}

function inForce(
  texts: StoredPolicy,
  policy: Policy,
  problems: readonly PolicyProblem[],
  stale: "no" | "invalid",
): PolicyRead {
  const source = { sha: texts.sha ?? texts.organisationSha ?? "", organisationSha: texts.organisationSha };
  return {
    state: { state: "in-force", policy, source, problems, stale },
    memory: { kind: "keep", policy: texts },
  };
}

/** The organisation's defaults as they are, else as they last were; never readable: none, and said. */
function organisationTexts(
  file: Reading<FileAtCommit>,
  stored: StoredPolicy | null,
): { texts: Partial<StoredPolicy>; problems: readonly PolicyProblem[] } {
  if (file.state === "missing") return { texts: {}, problems: [] };
  if (file.state === "known") {
    return { texts: { organisationText: file.value.text, organisationSha: file.value.sha }, problems: [] };
  }
  const { organisationText = null, organisationSha = null } = stored ?? {};
  const problem = problemOf(file, organisationText !== null);
  return { texts: { organisationText, organisationSha }, problems: [ofOrganisation(problem)] };
}

function fallBack(
  stored: StoredPolicy | null,
  stale: "invalid" | "unreadable",
  problems: readonly PolicyProblem[],
  ownFile: boolean,
  options: PolicyOptions,
): PolicyRead {
  const memory = { kind: "note", stale, problems } as const;
  const last =
    stored === null || (stored.text === null && stored.organisationText === null)
      ? null
      : parsePolicyOnce({ organisation: stored.organisationText, repository: stored.text }, options).policy;
  if (stored === null || last === null) {
    return { state: { state: "unusable", problems, why: stale, ownFile }, memory };
  }
  const source = { sha: stored.sha ?? stored.organisationSha ?? "", organisationSha: stored.organisationSha };
  return { state: { state: "in-force", policy: last, source, problems, stale }, memory };
}

/** `kept`: an older one stays in force. */
function problemOf(
  { detail }: Extract<Reading<FileAtCommit>, { state: "unknown" }>,
  kept: boolean,
): PolicyProblem {
  return { line: 1, column: 1, path: "", message: policyUnreadable(detail, kept) };
}

function ofOrganisation(problem: PolicyProblem): PolicyProblem {
  return { ...problem, file: "organisation" };
}
