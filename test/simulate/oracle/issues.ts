import type { Seen, SeenIssue } from "../seen.ts";

/** The first red commit that one of Holdpoint's issues is about; null: it is about none. */
export function firstRedOf({ body }: Pick<SeenIssue, "body">): string | null {
  return /<!-- holdpoint compliance ([0-9a-f]{40}) -->\s*$/.exec(body)?.[1] ?? null;
}

/** The issue of a first red commit; of two the older one counts. */
export function issueOf(seen: Pick<Seen, "issues">, firstRed: string): SeenIssue | null {
  return (
    seen.issues
      .filter((issue) => firstRedOf(issue) === firstRed)
      .toSorted((one, other) => one.number - other.number)[0] ?? null
  );
}

/** What it says of a check: red, over, or nothing. */
export function saidOf({ body }: Pick<SeenIssue, "body">, job: string): "red" | "over" | null {
  const line = body.split("\n").find((one) => one.startsWith("- [") && one.includes(`\`${job}\``));
  if (line === undefined) return null;
  return line.startsWith("- [x]") ? "over" : "red";
}
