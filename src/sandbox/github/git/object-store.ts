import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { createPacks } from "./pack.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

/** An objects folder as git keeps it: written loose, read loose or packed. */
export interface ObjectStore {
  /** Gives the object's sha; writing what is there already changes nothing. */
  readonly write: (type: ObjectType, content: Buffer) => string;
  readonly read: (sha: string) => GitObject | null;
  /** git itself has written packs. */
  readonly refresh: () => void;
}

const REMEMBERED_SHAS = 100_000;

export function createObjectStore(folder: string): ObjectStore {
  const packs = createPacks(folder);
  const written = new Set<string>();

  function write(type: ObjectType, content: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.byteLength}\0`), content]);
    const sha = createHash("sha1").update(whole).digest("hex");
    if (written.has(sha)) return sha;
    const place = join(folder, sha.slice(0, 2));
    mkdirSync(place, { recursive: true });
    // The fastest level: nobody keeps a sandbox.
    writeFileSync(join(place, sha.slice(2)), deflateSync(whole, { level: 1 }));
    if (written.size < REMEMBERED_SHAS) written.add(sha);
    return sha;
  }

  return {
    write,
    read: (sha) => readLoose(folder, sha) ?? packs.read(sha),
    refresh: packs.refresh,
  };
}

function readLoose(folder: string, sha: string): GitObject | null {
  try {
    return parseObject(inflateSync(readFileSync(join(folder, sha.slice(0, 2), sha.slice(2)))));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function parseObject(whole: Buffer): GitObject | null {
  const end = whole.indexOf(0);
  const type = asObjectType(whole.subarray(0, end).toString("latin1").split(" ")[0] ?? "");
  return type === null ? null : { type, content: whole.subarray(end + 1) };
}

/** The answer of `git cat-file --batch`: `<sha> <type> <size>`, the content, a line feed; again and again. */
export function* parseBatch(output: Buffer): Generator<GitObject & { readonly sha: string }> {
  let offset = 0;
  while (offset < output.byteLength) {
    const lineEnd = output.indexOf(10, offset);
    const [sha = "", type = "", size = ""] = output.subarray(offset, lineEnd).toString("latin1").split(" ");
    offset = lineEnd + 1;
    const known = asObjectType(type);
    if (known === null) continue;
    const end = offset + Number(size);
    yield { sha, type: known, content: output.subarray(offset, end) };
    offset = end + 1;
  }
}

function asObjectType(text: string): ObjectType | null {
  return text === "blob" || text === "tree" || text === "commit" || text === "tag" ? text : null;
}
