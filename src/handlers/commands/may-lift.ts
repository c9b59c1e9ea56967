import { nameOf, whom } from "../../domain/authority/issue-notes.ts";
import * as wording from "../../domain/wording/commands.ts";
import { readAuthority } from "../../snapshot/read-authority.ts";
import { type AskedUnderPolicy, type CommandResult, refused } from "./asked.ts";

/** null: whoever asked is authorised, read from GitHub now. Else the refusal. `authors`: who may not when four eyes are wanted. */
export async function refuseUnlessMayLift(
  asked: AskedUnderPolicy,
  command: string,
): Promise<CommandResult | null> {
  const { dependencies, ground, said, policy, by } = asked;
  const question = { repository: ground.repository, policy, login: by.login };
  const { mayLift, unreadTeam } = await readAuthority(dependencies, question);
  if (mayLift) return null;
  return unreadTeam === null
    ? refused(
        asked,
        command,
        "not-authorised",
        wording.needsAuthority(command, whom(policy.override), said.door),
      )
    : refused(asked, command, "team-unread", wording.teamUnread(nameOf(unreadTeam)));
}

/** null: whoever asked wrote none of it, or that does not matter. `authors` null: could not be read. */
export function refuseAuthor(
  asked: AskedUnderPolicy,
  command: string,
  authors: ReadonlySet<string> | null,
): CommandResult | null {
  const { policy, by } = asked;
  if (!policy.override.fourEyes) return null;
  if (authors === null) return refused(asked, command, "authors-unread", wording.authorsUnknown());
  if (!authors.has(by.login.toLowerCase())) return null;
  return refused(asked, command, "four-eyes", wording.fourEyes(whom(policy.override)));
}

/** null: whoever asked may write to the repository. */
export async function refuseUnlessMayWrite(
  asked: AskedUnderPolicy,
  command: string,
): Promise<CommandResult | null> {
  const { dependencies, ground, said, by } = asked;
  const permission = await dependencies.github.readPermission(ground.repository, by.login);
  if (permission === "admin" || permission === "write") return null;
  return refused(asked, command, "needs-write", wording.needsWriteAccess(command, said.door));
}
