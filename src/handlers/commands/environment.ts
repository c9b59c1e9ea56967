import { nameOf } from "../../domain/authority/issue-notes.ts";
import { environmentName, governs } from "../../domain/gate/environment-of.ts";
import * as wording from "../../domain/wording/commands.ts";
import { type AskedUnderPolicy, type CommandResult, refused } from "./asked.ts";

export type Place =
  | { readonly ok: true; readonly environment: string }
  | { readonly ok: false; readonly refusal: CommandResult };

/** The environment as the policy writes it, the main one where none is named; one that it does not have is named with those it has. */
export function placeOf(asked: AskedUnderPolicy, command: string, name: string | null): Place {
  const { policy } = asked;
  const { environments } = policy.deploy;
  if (governs(policy, name)) return { ok: true, environment: environmentName(policy, name) };
  const known = environments.map((one) => nameOf(one.name));
  const text = wording.unknownEnvironment(nameOf(name ?? ""), known);
  return { ok: false, refusal: refused(asked, command, "unknown-environment", text) };
}
