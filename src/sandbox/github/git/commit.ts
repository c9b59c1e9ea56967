/** Who and when, as a commit says it: forgeable, and not always a date. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly at: number;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export function encodeCommit(commit: Omit<GitCommit, "sha">): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${encodeSignature(commit.author)}`,
    `committer ${encodeSignature(commit.committer)}`,
  ];
  return Buffer.from(`${lines.join("\n")}\n\n${commit.message}`);
}

export function parseCommit(sha: string, content: Buffer): GitCommit {
  const end = content.indexOf("\n\n");
  const headers = content
    .subarray(0, end === -1 ? content.byteLength : end)
    .toString("utf8")
    .split("\n");
  const all = (name: string): readonly string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha,
    tree: all("tree")[0] ?? "",
    parents: all("parent"),
    author: parseSignature(all("author")[0] ?? ""),
    committer: parseSignature(all("committer")[0] ?? ""),
    message: end === -1 ? "" : content.subarray(end + 2).toString("utf8"),
  };
}

/** `Name <email> 1700000000 +0100`; angle brackets and line ends cannot stand in a name. */
export function encodeSignature({ name, email, at }: Signature): string {
  const clean = (text: string): string => text.replaceAll(/[<>\n\0]/g, "");
  return `${clean(name)} <${clean(email)}> ${at} +0000`;
}

function parseSignature(text: string): Signature {
  const open = text.lastIndexOf("<");
  const close = text.lastIndexOf(">");
  const at = Number.parseInt(text.slice(close + 1).trim(), 10);
  return {
    name: text.slice(0, Math.max(0, open)).trim(),
    email: text.slice(open + 1, close),
    at: Number.isNaN(at) ? 0 : at,
  };
}
