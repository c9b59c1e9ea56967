import { encodeSignature, type Signature } from "./commit.ts";

export interface ImportedCommit {
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Path and content; null takes it away. */
  readonly files: Readonly<Record<string, string | null>>;
}

/**
 * What `git fast-import` reads: commits on one branch, one after another.
 * https://git-scm.com/docs/git-fast-import
 */
export function* fastImportStream(
  ref: string,
  from: string | null,
  commits: Iterable<ImportedCommit>,
): Generator<string> {
  let isFirst = true;
  for (const { message, author, committer, files } of commits) {
    const parent = isFirst && from !== null ? `from ${from}\n` : "";
    isFirst = false;
    const changes = Object.entries(files).map(([path, content]) =>
      content === null ? `D ${quote(path)}\n` : `M 100644 inline ${quote(path)}\n${data(content)}`,
    );
    yield [
      `commit ${ref}\n`,
      `author ${encodeSignature(author)}\n`,
      `committer ${encodeSignature(committer)}\n`,
      data(message),
      parent,
      ...changes,
      "\n",
    ].join("");
  }
  yield "done\n";
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quote(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
