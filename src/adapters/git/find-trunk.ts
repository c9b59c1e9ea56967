import type { CommitSha } from "../../domain/model.ts";
import { type Refused, refused } from "./refusal.ts";
import { resolveRef } from "./resolve-refs.ts";
import { type Clone, askGit } from "./run-git.ts";

export type FoundTrunk =
  | {
      readonly ok: true;
      readonly tip: CommitSha;
      /** As people call it: `main`, `origin/main`, or what was asked for. */
      readonly name: string;
    }
  | Refused;

/** What a clone says is the default branch of where it came from; a checked-out branch may be anybody's work. */
const DEFAULTS = ["refs/remotes/origin/HEAD", "HEAD"] as const;

/**
 * The trunk that was asked for, as it is here or as it was fetched from `origin`; without one the default branch.
 *
 * @param asked null: the default branch
 */
export async function findTrunk(clone: Clone, asked: string | null): Promise<FoundTrunk> {
  const candidates = asked === null ? DEFAULTS : [asked, `refs/remotes/origin/${asked}`];
  const [first] = candidates;
  const tries = await Promise.all(candidates.map((ref) => resolveRef(clone, "trunk", ref)));
  for (const [index, found] of tries.entries()) {
    if (found.ok)
      return { ok: true, tip: found.sha, name: await nameOf(clone, candidates[index] ?? "", asked) };
    if (found.refusal.code !== "unknown-ref") return found;
  }
  if (asked === null) return refused({ code: "no-commits", path: clone.path, detail: "" });
  return refused({ code: "unknown-ref", path: clone.path, ref: first ?? asked, role: "trunk" });
}

async function nameOf(clone: Clone, ref: string, asked: string | null): Promise<string> {
  if (asked !== null) return ref.startsWith("refs/remotes/") ? `origin/${asked}` : asked;
  const answer = await askGit(clone, ["symbolic-ref", "--short", "--quiet", ref]);
  return answer.exitCode === 0 ? answer.stdout.trim() : ref;
}
