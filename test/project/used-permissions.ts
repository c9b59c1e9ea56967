import { ASKED_EVENTS, ASKED_PERMISSIONS } from "../../src/domain/permissions/asked.ts";
import { EVENTS, type Need, ON_PULL_REQUESTS, ROUTES } from "./github-needs.ts";

/** What a run of the tests did at the sandbox. */
export interface Use {
  /** As the sandbox names them: `GET /repos/:owner/:repo/issues/:number`, `POST /graphql Outline`. */
  readonly routes: readonly string[];
  /** Events of which a delivery was not only taken but came to something. */
  readonly events: readonly string[];
}

/** The permissions for all of that together; `metadata` is given to every App. */
export function needed(calls: readonly Need[], read: readonly string[]): Readonly<Record<string, string>> {
  const levels = new Map<string, string>([
    ["metadata", "read"],
    ...read.map((one) => [one, "read"] as const),
  ]);
  for (const call of calls) {
    if (!("permission" in call)) continue;
    if (levels.get(call.permission) !== "write") levels.set(call.permission, call.level);
  }
  return Object.fromEntries(levels);
}

/** What is wrong with what `app.yml` asks for, by what was really used; in sentences. */
export function judgeUse({ routes, events }: Use): readonly string[] {
  const used = new Set(routes.map(anonymous));
  const known = new Map(Object.keys(ROUTES).map((route) => [anonymous(route), route]));
  const unknown = routes.filter((route) => !isApart(route) && !known.has(anonymous(route)));
  // What needs no permission may be asked by a command alone, which no story runs.
  const uncalled = [...known]
    .filter(([name, route]) => !used.has(name) && "permission" in (ROUTES[route] ?? {}))
    .map(([, route]) => route);
  const calls = [...Object.entries(ROUTES), ...Object.entries(ON_PULL_REQUESTS)]
    .filter(([route]) => used.has(anonymous(route)))
    .map(([, need]) => need);
  const told = events.flatMap((event) => EVENTS[event] ?? []);
  const has = needed(calls, told);
  return [
    ...unknown.map(
      (route) =>
        `the run called ${route}, and test/project/github-needs.ts does not say what GitHub asks for it`,
    ),
    ...uncalled.map((route) => `no test of the run called ${route}`),
    ...Object.entries(ASKED_PERMISSIONS)
      .filter(([name, level]) => has[name] !== level)
      .map(
        ([name, level]) =>
          `app.yml asks for ${name}: ${level}, and the run used nothing of it${has[name] === undefined ? "" : " above read"}`,
      ),
    ...ASKED_EVENTS.filter((event) => !events.includes(event)).map(
      (event) => `app.yml asks to be told of ${event}, and in the whole run it came to nothing`,
    ),
  ];
}

/** Parameters have other names in the sandbox, and a repository's number is its name there. */
function anonymous(route: string): string {
  return route
    .replaceAll(/\{[^}]*\}|:\w+/g, "*")
    .replace(/^(\w+) \/repositories\/\*/, "$1 /repos/*/*")
    .replace(/\/git\/ref\/.*$/, "/git/ref/*");
}

/** GraphQL is judged by its types, and what is no route is refused. */
function isApart(route: string): boolean {
  return route === "" || route.startsWith("POST /graphql ") || route === "GET /rate_limit";
}
