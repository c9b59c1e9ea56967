import type { Decision } from "../decision.ts";
import { markdownCode } from "../escape/markdown-code.ts";
import type { Judged } from "../judged.ts";
import { listedByCommand } from "../wording/report.ts";
import { statusText } from "../wording/status.ts";
import { contentsOf } from "./contents-line.ts";
import { asideRows, contentsRows } from "./contents.ts";
import { discrepancyRows } from "./discrepancies.ts";
import { fitRows } from "./fit-rows.ts";
import { gatherReportFacts } from "./report-facts.ts";
import { footnote, sourceRows } from "./sources.ts";

/** GitHub takes 65,535; it counts bytes or characters, nobody knows, so bytes and a margin. */
export const MARKDOWN_BYTES = 60_000;

export interface Report {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** Stands below the text; alone it is no reason to write the report again. */
  readonly footnote: string;
}

/**
 * The report of a check run, in Markdown. The summary says what holds, on what, and who can do what about
 * it; the text lists all that goes out, and where the facts came from. Both are bounded whatever the size
 * of the change set, and nothing that strangers wrote stands outside of code.
 */
export function writeReport(judged: Judged, decision: Decision): Report {
  const { verdict, snapshot } = judged;
  const { repository } = snapshot;
  const facts = gatherReportFacts(judged);
  const command = markdownCode(`holdpoint check --repo ${repository.owner}/${repository.name}`);
  const end = [...asideRows(facts), ...sourceRows(judged)].join("\n");
  const below = footnote(judged);
  const room = MARKDOWN_BYTES - Buffer.byteLength(end) - Buffer.byteLength(below) - 4;
  const contents = fitRows(contentsRows(facts), room, listedByCommand(command));
  return {
    title: statusText({
      decision,
      findings: verdict.findings,
      private: repository.private,
      contents: contentsOf(judged),
    }),
    summary: fitRows(discrepancyRows(facts, decision), MARKDOWN_BYTES, listedByCommand(command)),
    text: contents === "" ? end : `${contents}\n\n${end}`,
    footnote: below,
  };
}
