import type { Clock } from "../../clock.ts";
import type { CockpitSettings, GitHubSettings } from "../../config.ts";
import { Fault } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { SignsIn } from "../../ports/sign-in.ts";

/** The App's sign-in, on behalf of one person at a time. */
export function createSignIn(
  _settings: { readonly github: GitHubSettings; readonly cockpit: CockpitSettings | null },
  _options: { readonly clock: Clock; readonly log: Log },
): SignsIn {
  throw new Fault({ kind: "misconfigured", code: "sign-in-not-built", doing: "opening sign-in" });
}
