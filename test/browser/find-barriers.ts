import axe from "axe-core";
import type { Page } from "playwright-core";
import { z } from "zod";

const resultSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.enum(["minor", "moderate", "serious", "critical"]).nullable(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});
const GRAVE: ReadonlySet<string | null> = new Set(["serious", "critical"]);

/**
 * What keeps people out, by axe: serious and critical findings, each with the first element it is about. It is put there by the browser's
 * own tools, past the page's policy.
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const found = await page.evaluate<unknown>(
    "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  );
  return resultSchema
    .parse(found)
    .violations.filter(({ impact }) => GRAVE.has(impact))
    .map(({ id, help, nodes }) => {
      const [first] = nodes;
      const summary = (first?.failureSummary ?? "").replaceAll(/\s+/g, " ");
      return `${id} (${nodes.length}): ${help}. ${first?.html.slice(0, 160) ?? ""} ${summary.slice(0, 200)}`;
    });
}
