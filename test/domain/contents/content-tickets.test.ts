import { expect, test } from "vitest";
import { deployContentsOf } from "../../../src/domain/contents/deploy-contents-of.ts";
import { contentTickets } from "../../../src/domain/contents/content-tickets.ts";
import type { Verdict } from "../../../src/domain/finding.ts";
import {
  answers,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildTicket,
  buildTicketPolicy,
  carrying,
  known,
} from "../build-snapshot.ts";

const FINE: Verdict = { outcome: "pass", findings: [], skipped: [] };
const policy = buildPolicy({ tickets: buildTicketPolicy({ projects: ["PLAY", "OPS"] }) });

test("tickets that are alike stand by project, then by number", () => {
  const carriage = carrying("PLAY-10", "OPS-3", "PLAY-9", "OPS-20");
  const snapshot = buildDeploySnapshot({ policy, tickets: { state: "off", because: "no-settings" } });
  expect(contentTickets(snapshot, carriage, FINE).map(({ key }) => key)).toEqual([
    "OPS-3",
    "OPS-20",
    "PLAY-9",
    "PLAY-10",
  ]);
});

test("a field that Jira did not answer is one that its type does not have", () => {
  const ticket = buildTicket("PLAY-1", { values: {} });
  const snapshot = buildDeploySnapshot({ policy, tickets: answers({ "PLAY-1": ticket }) });
  const [one] = contentTickets(snapshot, carrying("PLAY-1"), FINE);
  expect(one?.facts).toMatchObject({
    fields: [{ name: "Risk assessment", value: { state: "no-such-field" } }],
  });
});

test("an author without a login stands by name", () => {
  const commit = { ...buildCommit("a"), author: { login: null, name: "Mona Lisa", proven: false } };
  const snapshot = buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits: [commit] })) });
  const { commits } = deployContentsOf({ snapshot, carriage: carrying(), verdict: FINE });
  expect(commits.map(({ author }) => author)).toEqual(["Mona Lisa"]);
});
