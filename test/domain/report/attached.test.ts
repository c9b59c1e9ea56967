import { expect, test } from "vitest";
import { decisionOf } from "../../../src/domain/decision.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import { writeReport } from "../../../src/domain/report/report.ts";
import { attributeTickets } from "../../../src/domain/tickets/attribute.ts";
import {
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildRepository,
  key,
  known,
  sha,
  TAKEN_AT,
} from "../build-snapshot.ts";

function textOf(isPrivate: boolean): string {
  const changeSet = buildChangeSet({ commits: [buildCommit("cache", "Tune cache headers")] });
  const because = "Its other half, says @acme/all";
  const attached = [{ sha: sha("cache"), key: key("PLAY-1"), because, by: "hubot", at: TAKEN_AT }];
  const repository = buildRepository({ private: isPrivate });
  const snapshot = buildDeploySnapshot({ repository, changeSet: known(changeSet), attached });
  const policy = snapshot.policy.tickets;
  const carriage = attributeTickets({ changeSet, policy, knownProjects: null, live: [], attached });
  const verdict = evaluate(snapshot, carriage);
  expect(verdict.outcome).toBe("pass");
  const judged = { snapshot, carriage, verdict, publicUrl: "https://holdpoint.example.com" };
  return writeReport(judged, decisionOf(verdict, snapshot.policy)).text;
}

test("the report says who attached a ticket to a commit, and why", () => {
  expect(textOf(true)).toContain(
    `  - \`${sha("cache").slice(0, 7)}\` \`Tune cache headers\` by \`octocat\`; \`PLAY-1\` attached by \`hubot\`: \`Its other half, says @acme/all\``,
  );
});

test("in a public repository the reason stays in the cockpit: it may say what the ticket says", () => {
  expect(textOf(false)).toContain("`PLAY-1` attached by `hubot`\n");
  expect(textOf(false)).not.toContain("other half");
});
