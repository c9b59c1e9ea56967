import { describe, expect, test } from "vitest";
import { announce } from "../../../src/domain/compliance/announce.ts";
import { caseLinks } from "../../../src/domain/compliance/case-links.ts";
import { complianceIssue } from "../../../src/domain/compliance/compliance-issue.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { whatIsLive } from "../escape/render-markdown.ts";
import { buildCase, buildView, issuePolicy, SLACK } from "./build-issue-view.ts";

const cockpitUrl = "https://holdpoint.example.com";
const TWO = [buildCase(), buildCase({ id: 2, name: "lint" })];
const policy = issuePolicy({ notify: { slack: SLACK } });

describe("where people can sign in to the cockpit", () => {
  test("the issue leads to the pages of its cases, and says nothing else than without", () => {
    const without = complianceIssue(buildView({ cases: TWO }));
    const { body, ...rest } = complianceIssue(buildView({ cases: TWO, cockpitUrl }));
    const line =
      "In Holdpoint: [`integration tests`](<https://holdpoint.example.com/acme/storefront/cases/1>), [`lint`](<https://holdpoint.example.com/acme/storefront/cases/2>)";
    expect(body).toContain(`\n\n${line}\n\n`);
    expect({ ...rest, body: body.replace(`${line}\n\n`, "") }).toEqual(without);
  });

  test("every message of Slack ends with the way there", () => {
    const view = buildView({ policy, cases: TWO, cockpitUrl });
    const said = [
      ...announce(view, { what: "opened", key: "o", cases: TWO }),
      ...announce(view, { what: "expired", key: "e", cases: [buildCase()] }),
      ...announce(view, { what: "override-ended", key: "x", by: null }),
    ].flatMap((effect) => (effect.kind === "slack" ? [effect.text.split("\n").at(-1)] : []));
    const one = "<https://holdpoint.example.com/acme/storefront/cases/1|integration tests>";
    const both = `In Holdpoint: ${one}, <https://holdpoint.example.com/acme/storefront/cases/2|lint>`;
    expect(said).toEqual([both, both, `In Holdpoint: ${one}`, both]);
  });
});

test("without a cockpit nothing leads there", () => {
  const view = buildView({ policy, cases: TWO });
  expect(caseLinks("note", view, TWO)).toEqual([]);
  expect(caseLinks("slack", { ...view, cockpitUrl: null }, TWO)).toEqual([]);
});

test.each(HOSTILE)("REL-74: %s in a check's name does nothing in a link", (_what, name) => {
  const cases = [buildCase({ name })];
  const [note = ""] = caseLinks("note", buildView({ cases, cockpitUrl }), cases);
  expect(whatIsLive(note)).toEqual(
    whatIsLive("In Holdpoint: [`x`](<https://holdpoint.example.com/acme/storefront/cases/1>)"),
  );
  const [message = ""] = caseLinks("slack", buildView({ cases, cockpitUrl }), cases);
  expect(message.match(/[<>]/g)).toEqual(["<", ">"]);
});
