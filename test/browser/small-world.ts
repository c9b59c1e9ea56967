import { PLAIN } from "./policies.ts";
import type { Stage } from "./open-stage.ts";
import { createTools, OWNER, PEOPLE, type Tools } from "./world-tools.ts";

/** One repository with something to mend, for a test of its own. */
export interface Held {
  readonly path: string;
  readonly repository: string;
  /** Lacks its post-deploy checks. */
  readonly ticket: string;
  /** Lacks nothing; the repository's own. */
  readonly other: string;
  /** Carries no ticket. */
  readonly unticketed: string;
  readonly tools: Tools;
}

/** The organisation, and nothing in it. */
export async function openOrganisation(stage: Stage): Promise<(name: string) => Promise<Held>> {
  await stage.box.github.control.createOrganisation({ login: OWNER });
  const tools = createTools(stage);
  return async (name) => {
    await tools.repository(name, PLAIN);
    const ticket = tools.ticket({ summary: "Charge in euros", checks: "" });
    const other = tools.ticket({ summary: "Tune caches" });
    await tools.commit(name, `${ticket}: Charge in euros`, PEOPLE.writer);
    const unticketed = await tools.commit(name, "Tune cache headers", "hubot");
    await stage.quiet();
    const repository = `${OWNER}/${name}`;
    return { path: `/${repository}`, repository, ticket, other, unticketed, tools };
  };
}

/** What Jira says now of the field that is asked for. */
export function checksOf(stage: Stage, key: string): string {
  return JSON.stringify(stage.box.jira.findIssue(key)?.values["customfield_10011"] ?? null);
}

/** What was written on a ticket, newest last. */
export function commentsOf(stage: Stage, key: string): readonly string[] {
  return (stage.box.jira.findIssue(key)?.comments ?? []).map(({ body }) => JSON.stringify(body));
}
