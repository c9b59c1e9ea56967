import { expect, test } from "vitest";
import { ticketPresent } from "../../../src/domain/rules/ticket-present.ts";
import { attributeTickets } from "../../../src/domain/tickets/attribute.ts";
import {
  buildCarriage,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildTicketPolicy,
  known,
  sha,
  unread,
} from "../build-snapshot.ts";

test("every commit that needs a ticket has one: pass", () => {
  expect(ticketPresent.evaluate(buildDeploySnapshot(), buildCarriage())).toMatchObject([
    { outcome: "pass", code: "ok", message: "every commit that needs a ticket has one" },
  ]);
});

test("commits without ticket fail together, all of them named in the finding", () => {
  const unticketed = ["a", "b", "c", "d", "e", "f", "g"].map(sha);
  expect(ticketPresent.evaluate(buildDeploySnapshot(), buildCarriage({ unticketed }))).toEqual([
    {
      rule: "ticket-present",
      outcome: "fail",
      warning: false,
      code: "no-ticket",
      message: "7 commits without ticket: e40c292, e70c2de, e60c2c5, e10c247, e00c22e and 2 more",
      publicMessage: "7 commits without ticket: e40c292, e70c2de, e60c2c5, e10c247, e00c22e and 2 more",
      commits: unticketed,
      tickets: [],
    },
  ]);
});

test("a policy that requires none asks nothing", () => {
  const policy = buildPolicy({ tickets: buildTicketPolicy({ require: "off" }) });
  const carriage = buildCarriage({ unticketed: [sha("a")] });
  expect(ticketPresent.evaluate(buildDeploySnapshot({ policy }), carriage)).toMatchObject([
    { outcome: "pass", code: "off" },
  ]);
});

test("REL-41: Jira does not say which projects exist: a key that may be a ticket is unknown, none at all still fails", () => {
  const policy = buildPolicy({ tickets: buildTicketPolicy({ projects: [] }) });
  const changeSet = buildChangeSet({
    commits: [
      buildCommit("french", "PLAY-1: Speak French"),
      buildCommit("standard", "UTF-8: Use it"),
      buildCommit("nothing", "Tidy up"),
    ],
  });
  const projects = unread("jira-timeout", "10 s");
  const carriage = attributeTickets({ changeSet, policy: policy.tickets, knownProjects: null, live: [] });
  const snapshot = buildDeploySnapshot({ policy, changeSet: known(changeSet), projects });
  expect(ticketPresent.evaluate(snapshot, carriage)).toMatchObject([
    { outcome: "fail", code: "no-ticket", commits: [sha("standard"), sha("nothing")] },
    {
      outcome: "unknown",
      code: "jira-timeout",
      message: "Jira did not answer in time (10 s); not known to carry a ticket: 23b6038",
      publicMessage: "Jira did not answer in time; not known to carry a ticket: 23b6038",
      commits: [sha("french")],
    },
  ]);
});
