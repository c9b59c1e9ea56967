import * as wording from "../domain/wording/policy.ts";

/** Why a text cannot be what it is given as, as a sentence; null when it can. */
export type NameProblem = (value: string) => string | null;

/** The rules of git-check-ref-format (https://git-scm.com/docs/git-check-ref-format), for a branch. */
export function findBranchProblem(value: string): string | null {
  if (value.startsWith("refs/heads/")) return wording.branchWithRef(value.slice("refs/heads/".length));
  const isWrong =
    /[ ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/.test(value) ||
    value === "@" ||
    value.startsWith("refs/") ||
    value.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock"));
  return isWrong ? wording.notABranch(value) : null;
}

export function findProjectProblem(value: string): string | null {
  return /^[A-Z][A-Z0-9_]{1,9}$/.test(value) ? null : wording.notAProject(value);
}

/** People, enterprise-managed people (`mona_acme`) and Apps (`dependabot[bot]`). */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export function findLoginProblem(value: string): string | null {
  const name = value.endsWith("[bot]") ? value.slice(0, -"[bot]".length) : value;
  return LOGIN.test(name) ? null : wording.notALogin(value);
}

function isTeam(value: string): boolean {
  const [organisation = "", team = "", ...rest] = value.split("/");
  return rest.length === 0 && LOGIN.test(organisation) && LOGIN.test(team);
}

export function findTeamProblem(value: string): string | null {
  return isTeam(value) ? null : wording.notATeam(value);
}

/** As in CODEOWNERS, without e-mail addresses: those cannot be mentioned. */
export function findOwnerProblem(value: string): string | null {
  const name = value.slice(1);
  return value.startsWith("@") && (LOGIN.test(name) || isTeam(name)) ? null : wording.notAnOwner(value);
}

export function findWorkflowProblem(value: string): string | null {
  return /^[^/\\*]+\.ya?ml$/.test(value) ? null : wording.notAWorkflow(value);
}

export function findAppProblem(value: string): string | null {
  return /^[a-z0-9][a-z0-9_-]{0,99}$/.test(value) ? null : wording.notAnApp(value);
}

export function findChannelProblem(value: string): string | null {
  const isName = /^#[\p{L}\p{N}\p{M}_-]{1,80}$/u.test(value);
  return isName || /^[CG][A-Z0-9]{7,20}$/.test(value) ? null : wording.notAChannel(value);
}

export function findSlackUserProblem(value: string): string | null {
  return /^[UW][A-Z0-9]{6,20}$/.test(value) ? null : wording.notASlackUser(value);
}

/** The statuses and the check run that Holdpoint posts itself; GitHub does not look at the case of contexts. */
export function findOwnContextProblem(value: string): string | null {
  const literal = (value.split("*")[0] ?? "").toLowerCase();
  return literal.startsWith("holdpoint/") ? wording.ownContext(value) : null;
}

export function findOwnCheckProblem(value: string): string | null {
  return value === "Holdpoint" ? wording.ownContext(value) : null;
}
