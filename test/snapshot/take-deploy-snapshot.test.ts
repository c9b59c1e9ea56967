import { expect, test } from "vitest";
import { evaluate } from "../../src/domain/evaluate.ts";
import { type DeploySources, takeDeploySnapshot } from "../../src/snapshot/take-deploy-snapshot.ts";
import {
  TAKEN_AT,
  buildChangeSet,
  buildCommit,
  buildPolicy,
  buildRepository,
  buildTicketPolicy,
  known,
  missing,
  sha,
  unread,
} from "../domain/build-snapshot.ts";
import type { BranchHead } from "../../src/ports/repository.ts";
import type { Reading } from "../../src/domain/model.ts";

function sourcesWith(trunk: Reading<BranchHead>): DeploySources {
  const heads: Record<string, Reading<BranchHead>> = {
    trunk,
    deploy: known({ sha: sha("head"), tree: "tree" }),
    production: known({ sha: sha("base"), tree: "older" }),
  };
  return {
    jira: null,
    clock: { now: () => TAKEN_AT },
    github: {
      readOutline: () => Promise.reject(new Error("not expected")),
      readBranches: (_, names) =>
        Promise.resolve(new Map(names.map((name) => [name, heads[name] ?? missing(name)]))),
      readLiveDeployment: () => Promise.resolve(missing()),
      readChangeSet: (_, base, head) =>
        Promise.resolve(
          known(buildChangeSet({ base, head, commits: [buildCommit("head", "PLAY-1: Speak French")] })),
        ),
      readRecentCommits: () => Promise.resolve([]),
      readPullRequest: () => Promise.resolve(missing()),
      readOpenPullRequests: () => Promise.resolve(known([])),
      readChecks: () => Promise.resolve(known([])),
    },
  };
}

async function judgeWith(trunk: Reading<BranchHead>): Promise<unknown> {
  const [environment] = buildPolicy().deploy.environments;
  if (environment === undefined) throw new Error("no environment");
  const policy = buildPolicy({
    trunk: "trunk",
    deploy: { branch: "deploy", allowDiverged: false, environments: [environment] },
    tickets: buildTicketPolicy({ complete: "hold" }),
  });
  const taken = await takeDeploySnapshot(sourcesWith(trunk), {
    repository: buildRepository(),
    policy,
    environment,
    sha: null,
  });
  if (taken.state !== "known") throw new Error(taken.state);
  const { findings } = evaluate(taken.value.snapshot, taken.value.carriage);
  return findings
    .filter(({ rule }) => rule === "ticket-complete")
    .map(({ outcome, code }) => [outcome, code]);
}

test("a trunk that does not exist: whether work is left behind there is unknown", async () => {
  expect(await judgeWith(missing("trunk"))).toEqual([["unknown", "branch-not-found"]]);
});

test("a trunk that could not be read: whether work is left behind there is unknown", async () => {
  expect(await judgeWith(unread("github-unreachable"))).toEqual([["unknown", "github-unreachable"]]);
});
