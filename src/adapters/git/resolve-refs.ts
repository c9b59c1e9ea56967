import type { CommitSha } from "../../domain/model.ts";
import { isSha } from "./commit-record.ts";
import { type GitRefusal, type RefRole, type Refused, explainFailure, refused } from "./refusal.ts";
import { type Clone, askGit } from "./run-git.ts";

export interface AskedRefs {
  readonly base: string;
  readonly head: string;
}

export type ResolvedRefs =
  | { readonly ok: true; readonly base: CommitSha; readonly head: CommitSha }
  | Refused;

export type ResolvedRef = { readonly ok: true; readonly sha: CommitSha } | Refused;

/** The commits behind two refs; annotated tags are followed. The refs go in by standard input, so none can be an option. */
export async function resolveRefs(clone: Clone, { base, head }: AskedRefs): Promise<ResolvedRefs> {
  const asked = [
    { role: "base", ref: base },
    { role: "head", ref: head },
  ] as const;
  const answer = await resolveAll(clone, asked);
  if (!answer.ok) return answer;
  const [foundBase, foundHead] = answer.shas;
  if (foundBase === undefined || foundHead === undefined) throw new RangeError("two were asked for");
  return { ok: true, base: foundBase, head: foundHead };
}

/** The commit behind one ref, as `resolveRefs` finds it. */
export async function resolveRef(clone: Clone, role: RefRole, ref: string): Promise<ResolvedRef> {
  const answer = await resolveAll(clone, [{ role, ref }]);
  if (!answer.ok) return answer;
  const [sha] = answer.shas;
  if (sha === undefined) throw new RangeError("one was asked for");
  return { ok: true, sha };
}

interface AskedRef {
  readonly role: RefRole;
  readonly ref: string;
}

async function resolveAll(
  clone: Clone,
  asked: readonly AskedRef[],
): Promise<{ readonly ok: true; readonly shas: readonly CommitSha[] } | Refused> {
  const { path } = clone;
  for (const { role, ref } of asked) {
    if (ref === "" || ref.startsWith("-") || /\p{Cc}/u.test(ref)) {
      return refused({ code: "unknown-ref", path, ref, role });
    }
  }
  const lines = asked.flatMap(({ ref }) => [ref, `${ref}^{commit}`]);
  const answer = await askGit(clone, ["cat-file", "--batch-check"], `${lines.join("\n")}\n`);
  const found = answer.stdout.split("\n");
  if (answer.exitCode !== 0 || found.length < lines.length) {
    return refused(await explainFailure(clone, answer));
  }
  const shas: CommitSha[] = [];
  for (const [index, one] of asked.entries()) {
    const read = readOne(clone, one, found.slice(2 * index, 2 * index + 2), answer.stderr);
    if (typeof read !== "string") return refused(read);
    shas.push(read);
  }
  return { ok: true, shas };
}

/**
 * `<sha> commit <size>`, or the asked text and `missing` or `ambiguous`. The ref as it is comes first: a search
 * such as `:/text` would take the suffix for a part of its text.
 */
function readOne(
  { path }: Clone,
  { role, ref }: AskedRef,
  [asIs = "", asCommit = ""]: readonly string[],
  warnings: string,
): CommitSha | GitRefusal {
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
