import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notePolicyProblems } from "../../../src/store/policy.ts";
import {
  answers,
  buildChangeSet,
  buildCheck,
  buildCommit,
  buildPullRequest,
  buildTicket,
  key,
  known,
  sha,
} from "../../domain/build-snapshot.ts";
import { HOSTILE as REL_74 } from "../../domain/escape/hostile-text.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import { keepDeploy, POLICY, wordsOf } from "./build-deploy.ts";

let cockpit: OpenCockpit;
beforeAll(async () => {
  cockpit = await openCockpit();
});
afterAll(() => cockpit.close());

/** Controls but line breaks, direction overrides, what has no width; with what stands around it. */
const UNSEEN = /.{0,60}(?:[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]|(?!\n)\p{Cc}).{0,60}/gu;
const TEXTS = [...HOSTILE, ...REL_74.map(([, text]) => text)];

describe("REL-76: texts that strangers wrote", () => {
  test.each(TEXTS.map((text, index) => [index, text.slice(0, 40), text] as const))(
    "are text in every field of the page: %i %j",
    async (index, _, text) => {
      const repository = await cockpit.repository(`acme/hostile-${index}`);
      // As those who read them from GitHub leave them: no database takes these.
      const name = text.replaceAll("\0", "").toWellFormed().slice(0, 2_000);
      const author = { login: null, name: text, proven: false };
      await keepDeploy(cockpit, repository, {
        policyText: `${POLICY}required_checks: [{ workflow: ci.yml, job: "*" }]\n`,
        base: known({ sha: sha("base"), label: name, sameTreeAs: null }),
        changeSet: known(
          buildChangeSet({
            relation: "diverged",
            commits: [
              { ...buildCommit("one", `PLAY-1: ${text}`), author },
              { ...buildCommit("two", text), author },
              { ...buildCommit("three", `PLAY-3: ${text}`), author },
              { ...buildCommit("four", `x\n\nThis reverts commit ${sha("three")}.`), author },
            ],
            lost: [{ ...buildCommit("gone", text), author }],
            pullRequests: new Map([[sha("one"), [buildPullRequest({ title: text })]]]),
          }),
        ),
        tickets: answers({
          "PLAY-1": buildTicket("PLAY-1", {
            summary: text,
            type: name,
            status: { name, category: "new" },
            values: { "Risk assessment": { state: "filled", text: name } },
            url: name,
          }),
        }),
        checks: known([
          buildCheck({ name, said: name, url: name, state: "failure" }),
          buildCheck({ url: `javascript:canary()//${name}` }),
        ]),
        attached: [
          {
            sha: sha("one"),
            key: key("PLAY-1"),
            because: name,
            by: name,
            at: new Date("2026-11-21T09:00:00Z"),
          },
        ],
      });
      const problem = { line: 1, column: 1, path: name, message: name };
      await notePolicyProblems(cockpit.db.database, repository.id, "invalid", [problem], cockpit.now());
      const cookie = await cockpit.signIn("octocat", [[repository, "admin"]]);
      const query = `?q=${encodeURIComponent(text.slice(0, 200).toWellFormed())}`;
      for (const address of ["", query, `?environment=production&from=1`]) {
        const answer = await cockpit.get(`/acme/hostile-${index}${address}`, cookie);
        expect(answer.status).toBe(200);
        const page = await answer.text();
        expectCleanPage(page);
        expect(page).not.toMatch(/<(?:img|b onclick|a href="https:\/\/evil|script>)/i);
        expect(page.match(UNSEEN) ?? []).toEqual([]);
        expect(page.length).toBeLessThan(120_000);
      }
      const page = await (await cockpit.get(`/acme/hostile-${index}`, cookie)).text();
      expect(wordsOf(page)).toContain("PLAY-1");
    },
  );
});
