import type { Answer } from "../../domain/decision.ts";
import { gateHeadline } from "../../domain/wording/cockpit/repository.ts";
import type { SeenIssue } from "../spectator.ts";
import { type Expectation, type GateQuestion, type Mood, noted, type Report, type Stage } from "./story.ts";

/** Where people and programs look while a deferred check is red: each answers one line of what is seen there. */

const LABEL = "deferred-compliance";

/** The newest compliance issue; null: there is none. */
export async function findIssue({ seen, repository }: Stage): Promise<SeenIssue | null> {
  const issues = await seen.issues(repository, LABEL);
  return issues.toSorted((one, other) => other.number - one.number)[0] ?? null;
}

/** The issue's state, labels and title. Labels that must not be there are named with a minus. */
export function issue(mood: "success" | "failure", ...says: readonly string[]): Expectation {
  return {
    where: "compliance issue",
    mood,
    says,
    async look(stage) {
      const found = await findIssue(stage);
      if (found === null) return null;
      const text = `#${found.number} ${found.state} [${found.labels.toSorted().join("] [")}] ${found.title}`;
      return {
        mood: found.state === "closed" ? "success" : "failure",
        where: "compliance issue",
        text,
      };
    },
  };
}

/** The issue is open and does not have the label. */
export function issueWithout(name: string): Expectation {
  const expected = issue("failure", "open", `without ${name}`);
  return {
    ...expected,
    async look(stage) {
      const sight = await expected.look(stage);
      if (sight === null || sight.text.includes(`[${name}]`)) return sight;
      return { ...sight, text: `${sight.text} (without ${name})` };
    },
  };
}

/** The issue as it is read on GitHub. */
export async function issueReport(stage: Stage): Promise<Report | null> {
  const found = await findIssue(stage);
  if (found === null) return null;
  return { title: `issue #${found.number}: ${found.title}`, text: withoutMarks(found.body).trim() };
}

/** A line of the issue's text that holds certain words. */
export function issueText(words: string, ...says: readonly string[]): Expectation {
  return {
    where: "its text",
    mood: "neutral",
    says: [words, ...says],
    async look(stage) {
      const body = (await findIssue(stage))?.body ?? "";
      return lineWith("its text", [body], words);
    },
  };
}

/** A line of the newest comment that holds certain words. */
export function comment(words: string): Expectation {
  return {
    where: "comment on the issue",
    mood: "neutral",
    says: [words],
    async look(stage) {
      const found = await findIssue(stage);
      const comments = found === null ? [] : await stage.seen.comments(stage.repository, found.number);
      return lineWith("comment on the issue", comments.toReversed(), words);
    },
  };
}

/** The newest message with those words, in the channel (a reply is told as one) or to a person. */
export function slack(channel: "#deploys" | `@${string}`, words: string): Expectation {
  const where = `Slack, ${channel}`;
  return {
    where,
    mood: "neutral",
    says: [words],
    async look({ box }) {
      const id = channel === "#deploys" ? "C0DEPLOYS" : `D${box.slack.userId(channel.slice(1)).slice(1)}`;
      const found = box.slack.messages(id).findLast(({ text }) => text.includes(words));
      if (found === undefined) return null;
      const text = `${found.threadTs === null ? "" : "↳ "}${found.text.replaceAll(/<[^<|>]*\|([^<>]*)>/g, "$1")}`;
      return { mood: "neutral", where, text: text.replaceAll("\n", " ") };
    },
  };
}

/** So many replies with those words stand in the thread by now. */
export function replies({ box }: Stage, words: string, count: number): Expectation {
  const expected = slack("#deploys", words);
  return {
    ...expected,
    async look(stage) {
      const found = box.slack
        .messages("C0DEPLOYS")
        .filter(({ threadTs, text }) => threadTs !== null && text.includes(words));
      return found.length < count ? null : await expected.look(stage);
    },
  };
}

/** Both doors for deploy tools: `holdpoint gate` and the address behind it, which must agree. */
export function gate(
  question: (stage: Stage) => GateQuestion,
  decision: "open" | "held",
  ...says: readonly string[]
): readonly Expectation[] {
  return [askedWithCommand(question, decision, says), askedOverHttp(question, decision, says)];
}

/** The repository's page in the cockpit, as somebody sees it who may only read. */
export function cockpit(decision: Answer, ...says: readonly string[]): Expectation {
  return {
    where: "cockpit",
    mood: DECIDED[decision] ?? "pending",
    says,
    async look({ readCockpit, repository }) {
      const { title, words } = await readCockpit(`/${repository}`);
      const found = ANSWERS.find(
        (one) => title === gateHeadline("production", { decision: one, wouldBe: one, unverified: false }),
      );
      const seen = says.filter((one) => words.includes(one));
      const text = [title, ...seen].join(" · ");
      return { mood: DECIDED[found ?? ""] ?? "neutral", where: "cockpit", text };
    },
  };
}

const ANSWERS = ["open", "held", "unknown"] as const satisfies readonly Answer[];
const DECIDED: Readonly<Record<string, Mood>> = { open: "success", held: "failure", unknown: "pending" };

function askedWithCommand(
  question: (stage: Stage) => GateQuestion,
  decision: "open" | "held",
  says: readonly string[],
): Expectation {
  return {
    where: "holdpoint gate",
    mood: decision === "open" ? "success" : "failure",
    says: [`exit ${decision === "open" ? 0 : 1}`, ...says],
    async look(stage) {
      const { environment, sha, intent } = question(stage);
      const rollback = intent === "rollback" ? ["--rollback"] : [];
      const { code, out } = await stage.askWithCommand([
        stage.repository,
        "--environment",
        environment,
        "--sha",
        sha,
        ...rollback,
      ]);
      const mood = ["success", "failure", "pending"] as const;
      const lines = out.trim().split("\n").slice(0, 2).join(" ");
      return { mood: mood[code] ?? "pending", where: "holdpoint gate", text: `exit ${code}, ${lines}` };
    },
  };
}

function askedOverHttp(
  question: (stage: Stage) => GateQuestion,
  decision: "open" | "held",
  says: readonly string[],
): Expectation {
  return {
    where: "GET /api/v1/…/gate",
    mood: decision === "open" ? "success" : "failure",
    says: [decision, ...says],
    async look(stage) {
      const { status, decision: got, reasons } = await stage.askOverHttp(question(stage));
      return {
        mood: DECIDED[got] ?? "pending",
        where: "GET /api/v1/…/gate",
        text: `${status} ${got} ${reasons.slice(0, 1).join("")}`.trim(),
      };
    },
  };
}

/** A deploy job behind the App's protection rule, by the note that holds its run. */
export function deployJob(
  run: string,
  mood: "success" | "failure" | "pending",
  ...says: readonly string[]
): Expectation {
  return {
    where: "deploy job",
    mood,
    says,
    async look(stage) {
      const { control } = stage.box.github;
      const seen = await control.readDeployment({
        repository: stage.repository,
        run: Number(noted(stage, run)),
      });
      const { answer, reports } = seen;
      if (answer === null) {
        return { mood: "pending", where: "deploy job", text: `${seen.status}: ${reports.at(-1) ?? ""}` };
      }
      const text = `${answer.state}, ends in ${seen.conclusion ?? "progress"}: ${answer.comment}`;
      return { mood: answer.state === "approved" ? "success" : "failure", where: "deploy job", text };
    },
  };
}

function lineWith(where: string, texts: readonly string[], words: string) {
  const text = texts.find((text) => text.includes(words));
  const found = text === undefined ? null : withoutMarks(text);
  const line = found?.split("\n").find((one) => one.includes(words));
  return line === undefined ? null : ({ mood: "neutral", where, text: line.trim() } as const);
}

/** Without the hidden marks that Holdpoint finds its own texts by. */
function withoutMarks(text: string): string {
  const [first = "", ...others] = text.split("<!--");
  return first + others.map((piece) => piece.slice(piece.indexOf("-->") + 3)).join("");
}
