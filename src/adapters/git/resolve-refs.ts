import type { CommitSha } from "../../domain/model.ts";
import { isSha } from "./commit-record.ts";
import { type GitRefusal, type Refused, explainFailure, refused } from "./refusal.ts";
import { type Clone, askGit } from "./run-git.ts";

export interface AskedRefs {
  readonly base: string;
  readonly head: string;
}

export type ResolvedRefs =
  | { readonly ok: true; readonly base: CommitSha; readonly head: CommitSha }
  | Refused;

type Role = keyof AskedRefs;

/** The commits behind two refs; annotated tags are followed. The refs go in by standard input, so none can be an option. */
export async function resolveRefs(clone: Clone, asked: AskedRefs): Promise<ResolvedRefs> {
  const { path } = clone;
  for (const role of ["base", "head"] as const) {
    const ref = asked[role];
    if (ref === "" || ref.startsWith("-") || /\p{Cc}/u.test(ref)) {
      return refused({ code: "unknown-ref", path, ref, role });
    }
  }
  const lines = [asked.base, `${asked.base}^{commit}`, asked.head, `${asked.head}^{commit}`];
  const answer = await askGit(clone, ["cat-file", "--batch-check"], `${lines.join("\n")}\n`);
  const found = answer.stdout.split("\n");
  if (answer.exitCode !== 0 || found.length < lines.length) {
    return refused(await explainFailure(clone, answer));
  }
  const base = readOne(clone, asked, "base", found.slice(0, 2), answer.stderr);
  if (typeof base !== "string") return refused(base);
  const head = readOne(clone, asked, "head", found.slice(2, 4), answer.stderr);
  if (typeof head !== "string") return refused(head);
  return { ok: true, base, head };
}

/**
 * `<sha> commit <size>`, or the asked text and `missing` or `ambiguous`. The ref as it is comes first: a search
 * such as `:/text` would take the suffix for a part of its text.
 */
function readOne(
  { path }: Clone,
  asked: AskedRefs,
  role: Role,
  [asIs = "", asCommit = ""]: readonly string[],
  warnings: string,
): CommitSha | GitRefusal {
  const ref = asked[role];
  // A branch and a tag of one name: git would take the tag, and the asker may have meant the branch.
  if (warnings.includes(`refname '${ref}' is ambiguous`) || asIs.endsWith(" ambiguous")) {
    return { code: "ambiguous-ref", path, ref, role };
  }
  for (const line of [asIs, asCommit]) {
    const [sha = "", type] = line.split(" ");
    if (type === "commit" && isSha(sha)) return sha;
  }
  return { code: asIs.endsWith(" missing") ? "unknown-ref" : "not-a-commit", path, ref, role };
}
