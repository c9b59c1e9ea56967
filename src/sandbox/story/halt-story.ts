import { commit, deploy, GATE, JOB, label, runTests } from "./compliance-steps.ts";
import { cockpit, comment, deployJob, findIssue, gate, issue, issueWithout, slack } from "./sights.ts";
import { noted, type Scene, status } from "./story.ts";

/** Every way out of a halt: one that is refused, one for a while, one backwards, and the one that ends it. */
export const HALT_STORY: readonly Scene[] = [
  {
    title: "A deploy is asked for all the same",
    told: "octocat starts the deploy workflow. GitHub asks Holdpoint, which says why it waits, and keeps it waiting.",
    async act(stage) {
      await deploy(stage, noted(stage, "red"), "halted run");
      return [deployJob("halted run", "pending", "waiting", "red")];
    },
    hours: 0,
  },
  {
    title: "A writer's label is refused",
    told: "monalisa may write, but not override. Her label is taken off, with one comment.",
    async act(stage) {
      await label(stage, "monalisa");
      return [
        issueWithout("halt-override"),
        comment("monalisa"),
        status(noted(stage, "red"), GATE, "failure"),
        deployJob("halted run", "pending", "waiting"),
      ];
    },
    hours: 0,
  },
  {
    title: "An admin's label lets one deploy out",
    told: "octocat is an admin and puts the label halt-override on the issue. The waiting job goes on by itself.",
    async act(stage) {
      await label(stage, "octocat");
      const sha = noted(stage, "red");
      return [
        deployJob("halted run", "success", "approved"),
        issue("failure", "[halt-override]"),
        comment("lifted by"),
        slack("#deploys", "lifted by"),
        status(sha, GATE, "success"),
        cockpit("open"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    hours: 0,
  },
  {
    title: "The override ends by itself",
    told: "A day later it is over: the label is gone and the halt is back.",
    async act(stage) {
      const sha = noted(stage, "red");
      return [
        issueWithout("halt-override"),
        slack("#deploys", "override is over"),
        status(sha, GATE, "failure"),
        ...gate(() => ({ environment: "production", sha }), "held", "expired"),
      ];
    },
    hours: 24,
  },
  {
    title: "A rollback goes out during the halt",
    told: "Prices are wrong in production. monalisa asks for the version before, which was live: halts for red checks do not hold it.",
    async act(stage) {
      const { box, repository } = stage;
      const sha = noted(stage, "good");
      const found = await findIssue(stage);
      if (found === null) throw new Error("there is an issue to comment on");
      await box.github.control.comment({
        repository,
        number: found.number,
        body: `/holdpoint rollback ${sha} because prices are wrong`,
        by: "monalisa",
      });
      await stage.quiet();
      await deploy(stage, sha, "rollback run");
      return [
        deployJob("rollback run", "success", "approved"),
        ...gate(() => ({ environment: "production", sha, intent: "rollback" }), "open"),
        status(noted(stage, "red"), GATE, "failure"),
      ];
    },
    hours: 0,
  },
  {
    title: "A revert turns it green: the issue closes, the gate opens",
    told: "monalisa's change is reverted, and the deferred check is green on main again. Nobody has to tell Holdpoint.",
    async act(stage) {
      const red = noted(stage, "red");
      const message = `Revert "Round prices to cents"\n\nThis reverts commit ${red}.`;
      const sha = await commit(stage, message, "hubot", { "billing/round.txt": null });
      await stage.quiet();
      await runTests(stage, sha, "success");
      return [
        issue("success", "closed", JOB),
        slack("#deploys", "green again"),
        status(sha, GATE, "success"),
        cockpit("open"),
        ...gate(() => ({ environment: "production", sha }), "open"),
      ];
    },
    hours: 0,
  },
];
