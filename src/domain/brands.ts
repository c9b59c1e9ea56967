import type { CaseId } from "./compliance/case.ts";
import type { CommitSha, DeliveryId, InstallationId, RepositoryId } from "./model.ts";

/** 40 hex digits, or 64 in a SHA-256 repository, in lower case. */
export function isCommitSha(text: string): text is CommitSha {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

export function isRepositoryId(id: number): id is RepositoryId {
  return Number.isSafeInteger(id) && id > 0;
}

export function isInstallationId(id: number): id is InstallationId {
  return Number.isSafeInteger(id) && id > 0;
}

export function isCaseId(id: number): id is CaseId {
  return Number.isSafeInteger(id) && id > 0;
}

/**
 * Stands for no installation, where one has to be named: calls with the App's own token, or with a person's. GitHub's
 * numbers start at 1.
 */
export const NO_INSTALLATION: InstallationId = nothing();

function nothing(): InstallationId {
  const zero = 0;
  if (isNothing(zero)) return zero;
  throw new RangeError("unreachable");
}

function isNothing(value: number): value is InstallationId {
  return value === 0;
}

/** GitHub's GUID, or Jira's identifier behind `jira:`; printable, so that it is safe in a log line. */
export function isDeliveryId(text: string): text is DeliveryId {
  return /^[A-Za-z0-9:._-]{1,128}$/.test(text);
}
