import { visibleText } from "../escape/visible-text.ts";
import { counted } from "./counted.ts";

export function demoHelp(): string {
  return `holdpoint demo [--once] [--hour 1s]

Starts everything on this machine: a PostgreSQL, a sandbox GitHub, Jira and Slack, and Holdpoint; plays a story
and prints what a person would see at each step; then goes on running. Nothing outside is asked, and nothing is
left behind. --once ends after the story: exit code 0 when everything was as it should be. --hour is how long an
hour of grace, reminders, overrides and waiting lasts here: with 1s, 72 hours pass in 72 seconds.
`;
}

/** Whom one may be in the cockpit, by what they may do. */
interface DemoPeople {
  readonly reader: string;
  readonly writer: string;
  readonly admin: string;
}

export function demoStarted(addresses: {
  readonly holdpoint: string;
  readonly github: string;
  readonly jira: string;
  readonly slack: string;
  readonly people: DemoPeople;
  readonly note: string;
}): string {
  const { reader, writer, admin } = addresses.people;
  return [
    "Everything is started:",
    `  the cockpit      ${addresses.holdpoint}`,
    `                   sign in there, and be ${admin} (admin), ${writer} (writer) or ${reader} (reader)`,
    `  sandbox GitHub   ${addresses.github}`,
    `  sandbox Jira     ${addresses.jira}`,
    `  sandbox Slack    ${addresses.slack}/_control/messages`,
    "  PostgreSQL       Holdpoint's own, in a temporary folder",
    `  ${addresses.note}`,
    "",
    "",
  ].join("\n");
}

export function demoHourWanted(): string {
  return "holdpoint: --hour takes a duration of at least a second, such as 1s, 10s or 1m.\n";
}

export function demoNeedsClone(): string {
  return "holdpoint: the demo plays with a sandbox that only a clone of Holdpoint has installed: clone it, run npm ci there, then npm run demo.\n";
}

interface Told {
  readonly title: string;
  readonly told: string;
}

interface Seen {
  readonly sights: readonly {
    readonly mood: "success" | "failure" | "pending" | "neutral";
    readonly where: string;
    readonly text: string;
  }[];
  readonly report: { readonly title: string; readonly text: string } | null;
  readonly missed: readonly string[];
}

const SIGNS = { success: "✔", failure: "✖", pending: "◆", neutral: "·" } as const;
const COLOURS = { success: "32", failure: "31", pending: "33", neutral: "36" } as const;
const REPORT_LINES = 30;

/** One scene: what somebody did, and what people see then. */
export function sceneTold(
  number: number,
  scene: Told,
  seen: Seen,
  milliseconds: number,
  colour: boolean,
): string {
  const sights = seen.sights.map(({ mood, where, text }) => {
    const sign = colour ? `\u001b[${COLOURS[mood]}m${SIGNS[mood]}\u001b[0m` : SIGNS[mood];
    return `     ${sign} ${where.padEnd(24)} ${visibleText(text, 260)}`;
  });
  return [
    `${String(number).padStart(2)}. ${scene.title}`,
    `     ${scene.told}`,
    ...sights,
    ...(seen.report === null ? [] : reportLines(seen.report)),
    ...seen.missed.map((sentence) => `     MISSED: ${sentence}`),
    `     (${inTime(milliseconds)})`,
    "",
    "",
  ].join("\n");
}

function inTime(milliseconds: number): string {
  return milliseconds < 10_000
    ? `${Math.round(milliseconds)} ms until all was quiet`
    : `${Math.round(milliseconds / 1_000)} s until all was as told`;
}

function reportLines(report: NonNullable<Seen["report"]>): readonly string[] {
  const lines = report.text.split("\n");
  const shown = lines.slice(0, REPORT_LINES).map((line) => `     │ ${plainLine(line)}`.trimEnd());
  const rest = lines.length - shown.length;
  return [
    `     ┌ ${visibleText(report.title, 150)}`,
    ...shown,
    rest > 0 ? `     └ and ${rest} more lines` : "     └",
  ];
}

/** A line of Markdown as a terminal shows it: its indent, and the labels of links without their addresses. */
function plainLine(line: string): string {
  const indent = line.length - line.trimStart().length;
  const text = line.replaceAll(/\]\(<[^<>]*>\)/g, "").replaceAll("[`", "`");
  return `${" ".repeat(indent)}${visibleText(text, 260)}`;
}

export function storyEnded(scenes: number, missed: number, violations: readonly string[]): string {
  return [
    missed === 0
      ? `All ${scenes} scenes ended as they should.`
      : `${counted(missed, "expectation was", "expectations were")} missed.`,
    violations.length === 0
      ? "Every request to GitHub, and every answer, was as GitHub describes them."
      : `${counted(violations.length, "request or answer was", "requests or answers were")} not as GitHub describes them:`,
    ...violations.slice(0, 20).map((violation) => `  ${visibleText(violation, 300)}`),
    "",
  ].join("\n");
}

export function demoGoesOn(addresses: {
  readonly holdpoint: string;
  readonly slack: string;
  readonly repository: string;
  readonly people: DemoPeople;
  readonly token: string;
}): string {
  const { holdpoint, slack, repository, people, token } = addresses;
  return [
    `Holdpoint goes on running at ${holdpoint}. In the cockpit, at ${holdpoint}/${repository}:`,
    `  as ${people.writer}: write the post-deploy check, move the ticket on, attach a ticket to the commit without one`,
    `  as ${people.admin}: give the red check more time, or override what holds; halt deploys, and let them go on again`,
    `  as ${people.reader}: see all of it, change nothing`,
    "  with two browsers: what one does, the other sees",
    "To play with the rest:",
    `  what Slack got   curl ${slack}/_control/messages`,
    `  ask the gate     HOLDPOINT_URL=${holdpoint} HOLDPOINT_TOKEN=${token} npx holdpoint gate ${repository} --environment production --sha …`,
    `  figures          curl ${holdpoint}/metrics`,
    "Ctrl+C ends everything.",
    "",
  ].join("\n");
}

export function answersHeldToDescription(): string {
  return "requests and answers are held against GitHub's own REST description";
}

export function answersNotHeld(): string {
  return "without the development dependencies, requests and answers are not held against GitHub's description";
}
