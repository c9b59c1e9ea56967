import { markdownCode } from "./markdown-code.ts";

/** What GitHub lets accounts, organisations and teams be called; bots, whose names end in `[bot]`, read no mail. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?$/;
const TEAM =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?\/[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?$/;

/** Whether `@name` would tell somebody: a person's login, or a team as `org/slug`. */
export function canBeMentioned({
  kind,
  name,
}: {
  readonly kind: "person" | "team";
  readonly name: string;
}): boolean {
  return (kind === "team" ? TEAM : LOGIN).test(name);
}

/** The one place that writes a mention on purpose; a name that is none stands in code and tells nobody. */
export function mention(who: { readonly kind: "person" | "team"; readonly name: string }): string {
  return canBeMentioned(who) ? `@${who.name}` : markdownCode(who.name, NAME_LENGTH);
}

const NAME_LENGTH = 100;
