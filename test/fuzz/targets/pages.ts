import * as fc from "fast-check";
import { codeInText } from "../../../src/cockpit/view/code-in-text.ts";
import { html } from "../../../src/cockpit/view/html.ts";
import { panel } from "../../../src/cockpit/view/panel.ts";
import { createLog } from "../../../src/log.ts";
import { HOSTILE as SCRIPTS } from "../../cockpit/hostile.ts";
import { findDirt } from "../../cockpit/clean-page.ts";
import { HOSTILE, hostileText } from "../../domain/escape/hostile-text.ts";
import { mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

const LONGEST = { limit: 131_072, grownOneIn: 60 };
const CORPUS = [...SCRIPTS, ...HOSTILE.map(([, text]) => text).filter((text) => text.length < 200)];
const SECRET = "hunter2-canary";

async function writeAll(text: string): Promise<{ page: string; lines: readonly string[] }> {
  const lines: string[] = [];
  const clock = { now: () => new Date("2026-01-02T03:04:05.678Z") };
  const log = createLog({ level: "debug", clock, secrets: [SECRET], write: (line) => lines.push(line) });
  log.warn("a text", { text, error: new Error(text), both: `${text}${SECRET}${text}` });
  const page = await html`<a title="${text}" href="/x?q=${encodeURIComponent(text.toWellFormed())}"
      >${text}</a
    >
    ${panel({ id: "p", title: text, aside: text, body: html`<p>${codeInText(text)}</p>` })}
    <textarea name="t">${text}</textarea><input value="${text}" />`;
  return { page: page.toString(), lines };
}

/** The tags of a page, in their order, without what their attributes say. */
function tagsOf(page: string): string {
  return Array.from(page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi), ([, name]) => name)
    .filter((name) => name !== "code" && name !== "/code")
    .join(" ");
}

const wanted = tagsOf((await writeAll("x")).page);

export const pages = createTarget({
  name: "pages-and-logs",
  claim:
    "hostile texts up to 128 KB in the templates of the cockpit and in the log: no tag or handler of theirs, one line for each record, read back as it was, without the secret",
  inputs: fc.oneof(hostileText, mutated(CORPUS, LONGEST)),
  act: writeAll,
  judge(text, { page, lines }) {
    const dirt = findDirt(page);
    if (dirt.length > 0) return `in the page lives ${dirt.join(" ")}`;
    if (tagsOf(page) !== wanted) return "the page has another layout";
    const [line = "", ...others] = lines;
    if (others.length > 0) return "one record, several writes";
    if (/[\p{Cc}\u2028\u2029]/u.test(line.slice(0, -1))) return "a log line holds what a terminal obeys";
    if (line.includes(SECRET)) return "the secret is in the log";
    const read: unknown = JSON.parse(line);
    const back = typeof read === "object" && read !== null && "text" in read ? read.text : undefined;
    return back === text ? null : "the log changed the text";
  },
});
