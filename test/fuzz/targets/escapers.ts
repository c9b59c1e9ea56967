import * as fc from "fast-check";
import { csvLine } from "../../../src/domain/escape/csv-cell.ts";
import { cutSlackText } from "../../../src/domain/escape/cut-slack-text.ts";
import { markdownCode } from "../../../src/domain/escape/markdown-code.ts";
import { markdownLink } from "../../../src/domain/escape/markdown-link.ts";
import { markdownProse } from "../../../src/domain/escape/markdown-prose.ts";
import { mention } from "../../../src/domain/escape/mention.ts";
import { plainOfMarkdown } from "../../../src/domain/escape/plain-of-markdown.ts";
import { slackLink } from "../../../src/domain/escape/slack-link.ts";
import { slackText } from "../../../src/domain/escape/slack-text.ts";
import { visibleText } from "../../../src/domain/escape/visible-text.ts";
import { HOSTILE, hostileText } from "../../domain/escape/hostile-text.ts";
import { layoutOf, whatIsLive } from "../../domain/escape/render-markdown.ts";
import { mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

/** More than any field of GitHub or Jira holds. */
const LONGEST = { limit: 131_072, grownOneIn: 60 };
const CORPUS = HOSTILE.map(([, text]) => text).filter((text) => text.length < 200);
const HARMLESS = "x";

interface Written {
  readonly markdown: readonly string[];
  readonly layout: string;
  readonly slack: readonly string[];
  readonly csv: string;
  readonly visible: string;
  readonly plain: string;
}

/** Everything that is written of one text, where people read it. */
function writeAll(text: string): Written {
  const code = markdownCode(text);
  const prose = markdownProse(`“${text}” of 2`);
  const named = text.startsWith("@") ? "" : mention({ kind: "person", name: `${text} ` });
  return {
    markdown: [code, prose, markdownProse(text), `- **${code}**\n  More.`, named, markdownLink("`x`", text)],
    layout: `- by ${code} today\n- **${prose}**`,
    slack: [
      slackText(text, 300),
      cutSlackText(slackText(text, 1_000), 120),
      slackLink(text, slackText(text, 40)),
    ],
    csv: csvLine(["1", text, "end"]),
    visible: visibleText(text, 200),
    plain: plainOfMarkdown(`by ${code} at \`x\``),
  };
}

const wantedLayout = layoutOf(writeAll(HARMLESS).layout);

function judgeMarkdown({ markdown, layout }: Written, text: string): string | null {
  // An address that is nothing but one may be a link: to where it says.
  const allowed = new Set([text, text.replaceAll("&", "&amp;")]);
  const live = markdown.flatMap((one) => whatIsLive(one, allowed));
  if (live.length > 0) return `in Markdown lives ${live.join(" ")}`;
  return layoutOf(layout) === wantedLayout ? null : "another layout in Markdown";
}

function judgeSlack({ slack }: Written): string | null {
  const [text = "", cut = "", link = ""] = slack;
  for (const one of [text, cut, link.replace(/^<https?:\/\/[^\s<>|]*\|/, "").replace(/>$/, "")]) {
    if (/[<>\n\r]|&(?!(?:amp|lt|gt);)/.test(one)) return `in Slack lives ${one}`;
  }
  return cut.length <= 120 ? null : "too long for Slack";
}

/** RFC 4180: what stands between the quotes of the second cell. */
const LINE = /^"1","((?:[^"]|"")*)","end"\r\n$/;

function judgeCsv({ csv }: Written, text: string): string | null {
  const cell = LINE.exec(csv)?.[1]?.replaceAll('""', '"');
  if (cell === undefined) return "a line of CSV breaks out of its cells";
  if (/^[\s\p{Cc}\p{Cf}"\u2018-\u201F]*[=+\-@＝＋－＠]/u.test(cell)) return "a cell is calculated";
  const given = text.toWellFormed().replaceAll("\0", "\uFFFD");
  return cell.replaceAll("'", "") === given.replaceAll("'", "") ? null : "a cell lost something";
}

export const escapers = createTarget({
  name: "escapers",
  claim:
    "hostile texts up to 128 KB: nothing lives in Markdown as micromark renders it with GitHub's extensions, nothing in Slack's mrkdwn, no CSV cell is calculated or lost, every shown character can be seen",
  inputs: fc.oneof(hostileText, mutated(CORPUS, LONGEST)),
  act: writeAll,
  batch: 50,
  judge(text, written) {
    const { visible, plain } = written;
    if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(visible)) return "an invisible character is shown";
    if (Array.from(visible).length > 200) return "more is shown than may be";
    if (visible !== "" && plain !== `by ${visible} at x`) return `plain text is ${plain}`;
    return judgeMarkdown(written, text) ?? judgeSlack(written) ?? judgeCsv(written, text);
  },
});
