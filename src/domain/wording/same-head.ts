import { listed } from "./counted.ts";

/** Where several open pull requests share the commit that a report is about. `pullRequests` are the others. */
export function sameHeadAs(pullRequests: readonly string[]): string {
  return `This commit is the head of ${listed(pullRequests)} too. Each is judged by itself; what holds most is shown.`;
}
