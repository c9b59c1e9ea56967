import { commit, readyTicket, runTests } from "./compliance-steps.ts";
import { cockpit, issue } from "./sights.ts";
import { type Scene, status } from "./story.ts";

/** What is left to whoever watches: a deploy with everything that can be mended in the cockpit. */
export const COCKPIT_STORY: readonly Scene[] = [
  {
    title: "The next deploy is yours",
    told: "A ticket lacks its post-deploy check and is still in review, a commit carries no ticket, and a deferred check is red: mend it in the cockpit.",
    async act(stage) {
      const { box, repository, notes } = stage;
      const { control } = box.github;
      const ready = readyTicket(stage, "Sort venues by distance");
      await commit(stage, `${ready}: Sort venues by distance`, "octocat", { "venues.txt": "by distance\n" });
      const { key } = box.jira.createIssue({
        project: "PLAY",
        type: "Story",
        summary: "Cluster pins on the courier map",
        status: "In Review",
        fields: { "Risk assessment": "Low: the map only" },
      });
      notes.set("to mend", key);
      const title = `${key}: Cluster pins on the courier map`;
      for (const [step, file] of ["pins", "zoom"].entries()) {
        await control.commit({
          repository,
          branch: "pins",
          ...(step === 0 ? { from: "main" } : {}),
          author: "monalisa",
          message: `${key}: ${step === 0 ? "Cluster pins" : "Split clusters when zoomed in"}`,
          files: { [`map/${file}.txt`]: "yes\n" },
        });
      }
      const opened = await control.openPullRequest({ repository, head: "pins", title, by: "monalisa" });
      await control.mergePullRequest({ repository, number: opened.number, by: "monalisa" });
      const head = await commit(stage, "Tune cache headers again", "hubot", { "cache.txt": "1 h\n" });
      await stage.quiet();
      await runTests(stage, head, "failure");
      return [
        status(head, "holdpoint/pre-deploy", "failure", "1 commit without ticket"),
        issue("failure", "open"),
        cockpit("held", key, "Tune cache headers again"),
      ];
    },
    hours: 0,
  },
];
