import { unpackBody } from "./packed-body.ts";

/**
 * The repository that a stored delivery of GitHub's is about: the number in `repository.id`; null where there is none. The body was
 * signed, so nobody but GitHub chose it.
 */
export async function readRepositoryIn(body: Buffer): Promise<number | null> {
  const id = member(member(parse(await unpackBody(body)), "repository"), "id");
  return typeof id === "number" && Number.isSafeInteger(id) ? id : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    // What cannot be read is nobody's.
    return null;
  }
}
