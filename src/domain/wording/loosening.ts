import { markdownCode } from "../escape/markdown-code.ts";
import type { Loosening } from "../policy-loosened.ts";

/** One way in which the policy asks for less, as the end of "it now …" would read; in Markdown. */
export function describeLoosening(given: Loosening): string {
  switch (given.what) {
    case "deleted":
      return "there is no policy file any more";
    case "mode":
      return "`mode` is `observe`";
    case "trunk":
      return "`trunk` is another branch";
    case "allow":
      return "`override.allow` lets other people in";
    case "four-eyes":
      return "`override.four_eyes` is off";
    case "reason":
      return "`override.reason` is optional";
    case "max":
      return "`override.max` is longer";
    case "expires":
      return "`override.expires` is longer";
    case "environment":
      return `the environment ${markdownCode(given.name)} is gone`;
    case "check-dropped":
      return `the deferred check ${markdownCode(given.name)} is gone`;
    case "check-looser":
      return `the deferred check ${markdownCode(given.name)} asks for less`;
  }
}

export function policyWaits(loosened: readonly string[], whom: string): string {
  return [
    `The policy asks for less than before. What is open stays as it is until it is accepted with \`/holdpoint accept-policy\`, as ${whom} can:`,
    "",
    ...loosened.map((one) => `- ${one}`),
  ].join("\n");
}
