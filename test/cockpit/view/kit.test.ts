import { describe, expect, test } from "vitest";
import { isCommitSha } from "../../../src/domain/brands.ts";
import type { CommitSha } from "../../../src/domain/model.ts";
import { blank } from "../../../src/cockpit/view/empty.ts";
import { gateMark, gateSign } from "../../../src/cockpit/view/gate-sign.ts";
import { type Html, html } from "../../../src/cockpit/view/html.ts";
import {
  commitLink,
  issueLink,
  outsideLink,
  outsideUrl,
  personLink,
  pullRequestLink,
  ticketLink,
} from "../../../src/cockpit/view/links.ts";
import { mark } from "../../../src/cockpit/view/mark.ts";
import { clockTime, moment } from "../../../src/cockpit/view/moment.ts";
import { notice } from "../../../src/cockpit/view/notice.ts";
import { OCTICONS, octicon } from "../../../src/cockpit/view/octicon.ts";
import { panel } from "../../../src/cockpit/view/panel.ts";
import { pill } from "../../../src/cockpit/view/pill.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";

const GITHUB = "https://github.com";
const SHOP = { owner: "acme", name: "storefront" };
const NOW = new Date("2026-11-21T12:00:00Z");

/** As a browser reads it, without the spaces that mean nothing. */
async function shown(piece: Html): Promise<string> {
  return String(await piece)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/> | <|\s+(?=\/?>)/g, (gap) => gap.trim());
}

async function words(piece: Html): Promise<string> {
  return String(await piece)
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function shaOf(digit: string): CommitSha {
  const sha = digit.repeat(40);
  if (!isCommitSha(sha)) throw new Error("no sha");
  return sha;
}

describe("the sign of a gate", () => {
  test("is another shape for each state, with its word beside it", async () => {
    const small = await Promise.all(
      (["held", "unknown", "open"] as const).map((one) => shown(gateSign(one, "small"))),
    );
    expect(await Promise.all([words(gateSign("held", "small")), words(gateSign("open", "small"))])).toEqual([
      "Held",
      "Open",
    ]);
    const shapes = small.map((one) => /<svg[^>]*>(.*)<\/svg>/.exec(one)?.[1]);
    expect(new Set(shapes).size).toBe(3);
    expect(shapes[0]).toContain('d="M20 3h24l17 17v24L44 61H20L3 44V20z"');
    expect(small.map((one) => /hp-gate-(?:held|unknown|open)/.exec(one)?.[0])).toEqual([
      "hp-gate-held",
      "hp-gate-unknown",
      "hp-gate-open",
    ]);
  });

  test("says its word by itself where it stands alone", async () => {
    expect(await shown(gateSign("unknown", "large"))).toContain('role="img" aria-label="Unknown"');
    expect(await shown(gateMark("open"))).toContain('aria-hidden="true"');
  });
});

describe("a mark", () => {
  test.each([
    ["pass", "Passes"],
    ["fail", "Fails"],
    ["unknown", "Unknown"],
    ["warning", "Warning"],
    ["running", "Running"],
    ["reverted", "Reverted"],
  ] as const)("%s says %s to those who do not see it", async (name, word) => {
    expect(await shown(mark(name))).toContain(`role="img" aria-label="${word}"`);
  });
});

test("every picture is there in both sizes", async () => {
  for (const name of OCTICONS) {
    expect(await shown(octicon(name))).toMatch(/<svg class="octicon" viewBox="0 0 16 16".*<path /);
    expect(await shown(octicon(name, { size: 24, label: "x" }))).toMatch(/viewBox="0 0 24 24".*<path /);
  }
});

describe("times", () => {
  test("count on from what the server's clock says, and show the exact moment", async () => {
    expect(await shown(moment(new Date("2026-11-21T17:12:00Z"), NOW))).toBe(
      '<time class="hp-moment" datetime="2026-11-21T17:12:00.000Z" title="2026-11-21 17:12:00 UTC" ' +
        'data-counts="1795262400000">in 5 h 12 min</time>',
    );
  });

  test("of a clock stand still", async () => {
    expect(await shown(clockTime(new Date("2026-11-20T16:20:00Z"), NOW))).toBe(
      '<time class="hp-moment" datetime="2026-11-20T16:20:00.000Z" title="2026-11-20 16:20:00 UTC">' +
        "yesterday 16:20 UTC</time>",
    );
  });
});

describe("links", () => {
  test("lead to GitHub's own pages", async () => {
    const sha = shaOf("a");
    expect(await shown(commitLink(GITHUB, SHOP, sha))).toBe(
      `<a class="hp-sha" href="https://github.com/acme/storefront/commit/${sha}" title="${sha}">aaaaaaa</a>`,
    );
    expect(await shown(pullRequestLink(GITHUB, SHOP, 7))).toBe(
      '<a href="https://github.com/acme/storefront/pull/7">#7</a>',
    );
    expect(await shown(issueLink(GITHUB, SHOP, 8))).toBe(
      '<a href="https://github.com/acme/storefront/issues/8">#8</a>',
    );
  });

  test.each([
    ["octocat", '<a class="hp-person" href="https://github.com/octocat">octocat</a>'],
    ["mona_acme", '<a class="hp-person" href="https://github.com/mona_acme">mona_acme</a>'],
    ["dependabot[bot]", '<a class="hp-person" href="https://github.com/apps/dependabot">dependabot[bot]</a>'],
    ["Mona Lisa", '<span class="hp-person">Mona Lisa</span>'],
    ["../settings", '<span class="hp-person">../settings</span>'],
  ])("the author %s", async (login, link) => {
    expect(await shown(personLink(GITHUB, login))).toBe(link);
  });

  test("a ticket leads to Jira where that is known", async () => {
    expect(await shown(ticketLink("PLAY-1", "https://acme.atlassian.net/browse/PLAY-1"))).toBe(
      '<a class="hp-key" href="https://acme.atlassian.net/browse/PLAY-1">PLAY-1</a>',
    );
    expect(await shown(ticketLink("PLAY-1", null))).toBe('<span class="hp-key">PLAY-1</span>');
    expect(await shown(ticketLink("PLAY-1", "javascript:canary()"))).toBe(
      '<span class="hp-key">PLAY-1</span>',
    );
  });

  test.each([
    ["https://ci.example.com/1", "https://ci.example.com/1"],
    ["http://127.0.0.1:4000/1", "http://127.0.0.1:4000/1"],
    ["http://localhost/1", "http://localhost/1"],
    ["http://ci.example.com/1", null],
    ["javascript:canary()", null],
    ["data:text/html,x", null],
    ["//evil.example", null],
    ["https://user:word@evil.example", null],
    ["java\nscript:canary()", null],
    ["", null],
  ])("an address from outside: %j", (given, followed) => {
    expect(outsideUrl(given)).toBe(followed);
  });
});

test("a panel, a notice and a blank say what they are", async () => {
  const body = html`<p>body</p>`;
  expect(await shown(panel({ title: "Deferred checks", aside: "3", id: "checks", body }))).toBe(
    '<section class="hp-panel" id="checks" aria-labelledby="checks-title"><div class="hp-panel-head">' +
      '<h2 class="hp-panel-title" id="checks-title">Deferred checks</h2><div class="hp-panel-aside">3</div></div>' +
      "<p>body</p></section>",
  );
  expect(await words(notice({ tone: "attention", title: "Not done", body: "Only admins may." }))).toBe(
    "Not done Only admins may.",
  );
  expect(await shown(notice({ tone: "attention", title: "Not done" }))).toContain(
    'role="status" aria-live="polite"',
  );
  expect(await words(blank({ title: "Nothing", body: "It is empty.", action: html`<a>Go</a>` }))).toBe(
    "Nothing It is empty. Go",
  );
  for (const level of [1, 2, 3] as const) {
    expect(await shown(blank({ title: "Nothing", body: "", level }))).toContain(`<h${level} `);
  }
});

describe("REL-76: text by strangers is text in every piece of a page", () => {
  test.each(HOSTILE)("%j", async (text) => {
    const pieces: readonly Html[] = [
      pill(text, "danger"),
      notice({ tone: "danger", title: text, body: text }),
      blank({ title: text, body: text }),
      panel({ title: text, aside: text, id: "x", body: html`${text}` }),
      personLink(GITHUB, text),
      ticketLink(text, text),
      outsideLink(text, text),
      pullRequestLink(GITHUB, { owner: text, name: text }, 1),
      commitLink(GITHUB, { owner: text, name: text }, shaOf("b")),
      octicon("alert", { label: text }),
    ];
    for (const piece of pieces) expectCleanPage(`<div>${String(await piece)}</div>`);
    const all = String(await html`${pieces}`);
    expect(all).not.toMatch(/<(?:script|img|a href="https:\/\/evil)/);
    // In what is shown as a name of something, nothing turns the direction or has no width.
    const named = String(await pill(text, "muted")) + String(await personLink(GITHUB, text));
    expect(named).not.toMatch(/\p{Cf}|[\p{Cc}--[\n]]/v);
  });
});
