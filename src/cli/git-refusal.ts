import type { GitRefusal } from "../adapters/git/refusal.ts";
import {
  ambiguousRef,
  corruptClone,
  gitNotInstalled,
  gitTooOld,
  noCommits,
  noSuchFolder,
  notAClone,
  notACommit,
  ownedBySomebodyElse,
  partialClone,
  shallowClone,
  unknownRef,
} from "../domain/wording/git.ts";

/** The sentence for a refusal: what is wrong, and the next step. */
export function explainGitRefusal(refusal: GitRefusal): string {
  switch (refusal.code) {
    case "no-such-folder":
      return noSuchFolder(refusal.path);
    case "not-a-clone":
      return notAClone(refusal.path);
    case "owned-by-somebody-else":
      return ownedBySomebodyElse(refusal.path);
    case "shallow-clone":
      return shallowClone(refusal.path);
    case "partial-clone":
      return partialClone(refusal.path, refusal.detail);
    case "no-commits":
      return noCommits(refusal.path);
    case "corrupt":
      return corruptClone(refusal.path, refusal.detail);
    case "git-not-installed":
      return gitNotInstalled();
    case "git-too-old":
      return gitTooOld(refusal.version, refusal.needed);
    case "unknown-ref":
      return unknownRef(refusal.role, refusal.ref, refusal.path);
    case "ambiguous-ref":
      return ambiguousRef(refusal.role, refusal.ref);
    case "not-a-commit":
      return notACommit(refusal.role, refusal.ref);
  }
}
