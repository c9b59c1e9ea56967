import { describe, expect, test } from "vitest";
import { complianceIssue } from "../../../src/domain/compliance/compliance-issue.ts";
import type { IssueView } from "../../../src/domain/compliance/issue-view.ts";
import { sha } from "../build-snapshot.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { layoutOf, whatIsLive } from "../escape/render-markdown.ts";
import { buildCase, buildView, green, hoursAfter, issuePolicy, RED, redRun } from "./build-issue-view.ts";

const SHORT = RED.slice(0, 7);
const PULL_REQUEST = "https://github.com/acme/storefront/pull/12";
const RUN = "https://github.com/acme/storefront/actions/runs/11/job/101";

describe("REL-74: what strangers wrote does nothing in an issue", () => {
  /** Every place where somebody else's words stand; nobody is mentioned on purpose. */
  function said(text: string): IssueView {
    const { range } = buildView();
    const policy = issuePolicy({ trunk: text });
    const end = {
      as: "by-hand",
      at: hoursAfter(5),
      by: text,
      because: text,
      url: text,
      sha: sha("fix"),
    } as const;
    return buildView({
      policy: {
        ...policy,
        override: { ...policy.override, label: text, allow: { kind: "teams", teams: [text] } },
      },
      cases: [
        buildCase({ id: 1, name: text, environments: [text], newestRed: redRun({ url: text }) }),
        green({ id: 2, name: `2 ${text}`, source: { kind: "app", app: text, appId: 1 }, end }),
        buildCase({ id: 3, name: `3 ${text}`, source: { kind: "workflow", workflow: text } }),
      ],
      range: {
        ...range,
        commits: [{ sha: RED, subject: text, isMerge: true, pullRequest: null }],
        pullRequests: [{ number: 12, title: text, url: PULL_REQUEST, author: text }],
      },
      people: { tagged: [], listed: [text], ownersMayBeIncomplete: false },
    });
  }
  const plain = complianceIssue(said("x y"));
  const allowed = new Set([
    PULL_REQUEST,
    RUN,
    `https://github.com/acme/storefront/commit/${RED}`,
    `https://github.com/acme/storefront/commit/${sha("green")}`,
    `https://github.com/acme/storefront/commit/${sha("fix")}`,
  ]);

  test.each(HOSTILE)("%s", (_, text) => {
    const issue = complianceIssue(said(text));
    expect(whatIsLive(issue.body, allowed)).toEqual(whatIsLive(plain.body, allowed));
    expect(whatIsLive(issue.footnote, allowed)).toEqual(whatIsLive(plain.footnote, allowed));
    expect(layoutOf(issue.body)).toBe(layoutOf(plain.body));
    expect(whatIsLive(issue.title)).toEqual([SHORT]);
    expect(issue.body).not.toMatch(/^<!--/m);
  });

  test("the plain text is as alive as Holdpoint makes it, and no more", () => {
    expect(new Set(whatIsLive(plain.body, allowed))).toEqual(
      new Set([
        "<ol>",
        "</ol>",
        '<input type="checkbox" disabled="" />',
        '<input type="checkbox" disabled="" checked="" />',
      ]),
    );
  });
});

test("REL-47: a text and a title of an issue are never too long for GitHub", () => {
  const long = "𝕏`".repeat(50_000);
  const many = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const issue = complianceIssue(
    buildView({
      policy: issuePolicy({ trunk: long }),
      cases: many(300, (id) =>
        buildCase({ id: id + 1, name: `${id} ${long}`, environments: many(20, () => long) }),
      ),
      range: {
        after: sha("green"),
        upTo: RED,
        commits: many(100, () => ({ sha: RED, subject: long, isMerge: true, pullRequest: null })),
        pullRequests: many(100, (number) => ({ number, title: long, url: long, author: long })),
        incomplete: true,
      },
      people: {
        tagged: many(500, (index) => ({
          kind: "team",
          name: `acme/${"x".repeat(90)}${index}`,
          because: "owner",
        })),
        listed: many(500, () => long),
        ownersMayBeIncomplete: true,
      },
    }),
  );
  expect(issue.title.length).toBeLessThanOrEqual(256);
  // Room for the marker.
  expect(issue.body.length + issue.footnote.length).toBeLessThan(65_000);
});
