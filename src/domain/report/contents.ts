import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import { groupBy } from "../group-by.ts";
import type { CommitSha } from "../model.ts";
import type { Carriage, Exemption } from "../tickets/carriage.ts";
import { counted } from "../wording/counted.ts";
import {
  andMore,
  contentsHeading,
  exemptBecause,
  exemptHeading,
  goesOutAsNothing,
  lostHeading,
  mentionedHeading,
  takenBackHeading,
  takesBack,
  withoutTicketHeading,
} from "../wording/report.ts";
import { commitRow } from "./commit-row.ts";
import type { Row } from "./fit-rows.ts";
import type { ReportFacts } from "./report-facts.ts";
import { ticketRows } from "./ticket-rows.ts";

/** So that lists of what is wrong leave room for what goes out. */
const COMMITS_PER_LIST = 100;
const COMMITS_PER_TICKET = 20;
const MENTIONED_SHOWN = 50;

/** All that goes out, grouped by ticket; what has none; what was taken back. */
export function contentsRows(facts: ReportFacts): readonly Row[] {
  const { snapshot, carriage } = facts.judged;
  const lost = snapshot.changeSet.state === "known" ? snapshot.changeSet.value.lost : [];
  const rows = section(
    lostHeading(),
    lost.map(
      ({ sha }) =>
        () =>
          `- ${commitRow(sha, facts)}`,
    ),
  );
  if (carriage === null) return rows;
  return [
    ...rows,
    ...section(withoutTicketHeading(), commitRows(carriage.unticketed, COMMITS_PER_LIST, "- ", facts)),
    ...section(contentsHeading(snapshot.kind === "deploy"), goingOut(carriage, facts)),
    ...section(takenBackHeading(), takenBack(carriage, facts)),
  ];
}

/** What is short whatever the size of the change set, and therefore always shown. */
export function asideRows({ judged }: ReportFacts): readonly string[] {
  const { carriage } = judged;
  if (carriage === null) return [];
  return [...section(mentionedHeading(), mentioned(carriage)), ...section(exemptHeading(), exempt(carriage))];
}

function section<Kind extends Row>(heading: string, rows: readonly Kind[]): readonly (Kind | string)[] {
  return rows.length === 0 ? [] : [`### ${heading}`, "", ...rows, ""];
}

function goingOut(carriage: Carriage, facts: ReportFacts): readonly Row[] {
  const tickets = carriage.tickets.filter(({ reverted }) => !reverted);
  return tickets.map((ticket) => () => {
    const commits = commitRows(ticket.commits, COMMITS_PER_TICKET, "  - ", facts);
    return [...ticketRows(facts, ticket), ...commits].join("\n");
  });
}

function commitRows(
  shas: readonly CommitSha[],
  limit: number,
  bullet: string,
  facts: ReportFacts,
): readonly string[] {
  const rows = shas.slice(0, limit).map((sha) => `${bullet}${commitRow(sha, facts)}`);
  const rest = shas.length - rows.length;
  return rest === 0 ? rows : [...rows, `${bullet}${andMore(rest)}`];
}

function takenBack(carriage: Carriage, facts: ReportFacts): readonly Row[] {
  const tickets = carriage.tickets
    .filter(({ reverted }) => reverted)
    .map(({ key }) => `- ${markdownCode(key)} ${goesOutAsNothing()}`);
  const commits = carriage.reverts.map(
    ({ sha, reverts }) =>
      () =>
        `- ${commitRow(sha, facts)} ${takesBack()} ${commitRow(reverts, facts)}`,
  );
  return [...tickets, ...commits];
}

function mentioned({ mentioned: keys }: Carriage): readonly string[] {
  if (keys.length === 0) return [];
  const shown = keys.slice(0, MENTIONED_SHOWN).map((key) => markdownCode(key));
  const rest = keys.length - shown.length;
  return [`${shown.join(", ")}${rest === 0 ? "" : ` ${andMore(rest)}`}`];
}

function exempt({ exempt: exemptions }: Carriage): readonly string[] {
  const groups = groupBy<Exemption, Exemption["because"]>(exemptions, ({ because }) => because);
  return [...groups].map(
    ([because, group]) =>
      `- ${markdownProse(`${counted(group.length, "commit")}: ${exemptBecause(because)}`)}`,
  );
}
