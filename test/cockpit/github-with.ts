import type { GitHub } from "../../src/ports/github.ts";

/** A GitHub that answers what the test brings; whoever asks it anything else fails. */
export function gitHubWith(parts: Partial<GitHub>): GitHub {
  const github: object = new Proxy(parts, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name);
      if (part === undefined) throw new Error(`no ${String(name)} was expected`);
      return part;
    },
  });
  if (isGitHub(github)) return github;
  throw new Error("a proxy is an object");
}

function isGitHub(value: object): value is GitHub {
  return typeof value === "object";
}
