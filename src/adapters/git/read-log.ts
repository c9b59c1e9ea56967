import { type CommitRecord, RECORD_FORMAT, parseRecord, splitRecords } from "./commit-record.ts";
import { type Refused, explainFailure, refused } from "./refusal.ts";
import { type Clone, runGit } from "./run-git.ts";

export type LogRead = { readonly ok: true; readonly records: readonly CommitRecord[] } | Refused;

const AS_IT_IS = [
  "--encoding=UTF-8",
  "--no-show-signature",
  "--no-mailmap",
  "--no-color",
  "--no-notes",
  "--no-patch",
];

/**
 * Runs `git log` with these revisions (full shas only) and options.
 *
 * @param options such as `--topo-order`
 */
export async function readLog(
  clone: Clone,
  options: readonly string[],
  revisions: readonly string[],
): Promise<LogRead> {
  const records: CommitRecord[] = [];
  let malformed = false;
  const take = splitRecords((record) => {
    const parsed = parseRecord(record);
    if (parsed === null) malformed = true;
    else records.push(parsed);
  });
  const command = [
    "log",
    "-z",
    RECORD_FORMAT,
    ...AS_IT_IS,
    ...options,
    "--end-of-options",
    ...revisions,
    "--",
  ];
  const answer = await runGit(clone, command, take);
  if (answer.exitCode !== 0) return refused(await explainFailure(clone, answer));
  if (malformed) return refused({ code: "corrupt", path: clone.path, detail: "a commit could not be read" });
  return { ok: true, records };
}
