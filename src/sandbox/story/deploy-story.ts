import { cockpit } from "./sights.ts";
import { checkRun, noted, type Scene, type Stage, status } from "./story.ts";

const STORY_POLICY = `mode: enforce
deploy:
  environments:
    production: { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy", { category: done }]
  fields:
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks", types: [Story, Bug] }
`;

/** Who may do what in the story's repository. */
const ROLES = { octocat: "admin", monalisa: "write", hubot: "write", robin: "read" } as const;

const PRE_DEPLOY = "holdpoint/pre-deploy";
const TICKETS = "holdpoint/tickets";

/** From a first push to a release: what each person does, and what GitHub then shows. */
export const DEPLOY_STORY: readonly Scene[] = [
  {
    title: "A repository gets a policy",
    told: "acme/storefront has one file, .github/holdpoint.yml. Production is a branch; main is what goes out next.",
    async act({ box, repository }) {
      const { control } = box.github;
      const [owner = "", name = ""] = repository.split("/");
      const { sha } = await control.createRepository({
        owner,
        name,
        files: { ".github/holdpoint.yml": STORY_POLICY, "shop.txt": "open\n" },
      });
      if (sha === null) throw new Error("the repository has a first commit");
      for (const [login, role] of Object.entries(ROLES)) {
        await control.setPermission({ repository, login, role });
      }
      await control.createBranch({ repository, branch: "production", from: "main" });
      return [status(sha, PRE_DEPLOY, "success", "nothing")];
    },
  },
  {
    title: "A pull request without a ticket",
    told: "monalisa opens a pull request. Nothing in it says what it is for.",
    async act({ box, repository, notes }) {
      const { control } = box.github;
      const { sha } = await control.commit({
        repository,
        branch: "currency",
        from: "main",
        author: "monalisa",
        message: "Charge in the currency of the venue",
        files: { "currency.txt": "EUR\n" },
      });
      const { number } = await control.openPullRequest({
        repository,
        head: "currency",
        title: "Charge in the currency of the venue",
        by: "monalisa",
      });
      notes.set("pull request", String(number));
      notes.set("branch head", sha);
      return [status(sha, TICKETS, "failure", "without ticket")];
    },
  },
  {
    title: "The title names the ticket, but the ticket is not finished",
    told: "She puts the ticket's key into the title. Its post-deploy checks are still empty in Jira.",
    async act(stage) {
      const { box, repository, notes } = stage;
      const issue = box.jira.createIssue({
        project: "PLAY",
        type: "Story",
        summary: "Charge in the currency of the venue",
        status: "In Review",
        fields: { "Risk assessment": "Low: only new venues are affected" },
      });
      notes.set("ticket", issue.key);
      await box.github.control.editPullRequest({
        repository,
        number: Number(noted(stage, "pull request")),
        title: `${issue.key}: Charge in the currency of the venue`,
        by: "monalisa",
      });
      const sha = noted(stage, "branch head");
      return [status(sha, TICKETS, "failure", "Post-deploy checks")];
    },
  },
  {
    title: "Mended in Jira, noticed on GitHub",
    told: "She writes the post-deploy check in Jira. Jira's webhook brings it; nobody touches GitHub.",
    async act(stage) {
      stage.box.jira.editIssue(noted(stage, "ticket"), {
        fields: { "Post-deploy checks": "Place a test order in Lisbon, see EUR on the receipt" },
      });
      const sha = noted(stage, "branch head");
      return [status(sha, TICKETS, "success")];
    },
  },
  {
    title: "Merged, but not accepted yet",
    told: "The pull request is merged. Its ticket is still in review, so the deploy is held.",
    async act(stage) {
      const { box, repository, notes } = stage;
      const { sha } = await box.github.control.mergePullRequest({
        repository,
        number: Number(noted(stage, "pull request")),
        method: "merge",
        by: "monalisa",
      });
      notes.set("head", sha);
      return [status(sha, PRE_DEPLOY, "failure", "In Review"), cockpit("held", noted(stage, "ticket"))];
    },
    report: checkRun("head"),
  },
  {
    title: "Accepted: the deploy may go",
    told: "The ticket is moved to “Ready to deploy”. The status turns green by itself.",
    async act(stage) {
      stage.box.jira.transition(noted(stage, "ticket"), "Accept");
      return [status(noted(stage, "head"), PRE_DEPLOY, "success", "1 ticket"), cockpit("open")];
    },
  },
  {
    title: "A commit that nobody has looked at",
    told: "hubot pushes straight to main, without a ticket.",
    async act(stage) {
      const sha = await commitToMain(stage, "Tune cache headers", "hubot");
      stage.notes.set("unticketed", sha);
      return [status(sha, PRE_DEPLOY, "failure", "1 commit without ticket")];
    },
  },
  {
    title: "Reverted: it goes out as nothing",
    told: "The commit is reverted. The pair cancels out; the gate opens, and the report says so.",
    async act(stage) {
      const reverted = noted(stage, "unticketed");
      const message = `Revert "Tune cache headers"\n\nThis reverts commit ${reverted}.`;
      const sha = await commitToMain(stage, message, "hubot");
      stage.notes.set("head", sha);
      return [status(sha, PRE_DEPLOY, "success")];
    },
    report: checkRun("head"),
  },
  {
    title: "Jira is down: unknown is not open",
    told: "Jira stops answering. A new commit carries a ticket that nobody can read now.",
    async act(stage) {
      const { box, notes } = stage;
      const issue = box.jira.createIssue({
        project: "PLAY",
        type: "Bug",
        summary: "Retry webhooks with back-off",
        status: "Ready to deploy",
        fields: { "Risk assessment": "Medium", "Post-deploy checks": "Watch the queue's depth" },
      });
      box.jira.lie({ kind: "unavailable" });
      const sha = await commitToMain(stage, `${issue.key}: Retry webhooks with back-off`, "octocat");
      notes.set("head", sha);
      return [status(sha, PRE_DEPLOY, "pending", "could not verify"), cockpit("unknown", issue.key)];
    },
  },
  {
    title: "Jira is back",
    told: "Jira answers again. Somebody presses “Check again” on the check run; waiting a minute does the same.",
    async act(stage) {
      const { box, repository, seen } = stage;
      box.jira.tellTheTruth();
      const sha = noted(stage, "head");
      const run = (await seen.checkRuns(repository, sha)).find(({ name }) => name === "Holdpoint");
      if (run === undefined) throw new Error("the check run is there");
      await box.github.control.clickCheckRunAction({
        repository,
        checkRun: run.id,
        identifier: "check-again",
        by: "octocat",
      });
      return [status(sha, PRE_DEPLOY, "success", "2 tickets")];
    },
  },
  {
    title: "Released",
    told: "Production moves to main. Nothing is left to deploy.",
    async act(stage) {
      const { box, repository } = stage;
      const sha = noted(stage, "head");
      await box.github.control.forcePush({ repository, branch: "production", to: sha, by: "octocat" });
      return [status(sha, PRE_DEPLOY, "success", "nothing")];
    },
  },
];

async function commitToMain({ box, repository }: Stage, message: string, author: string): Promise<string> {
  const path = `${message.slice(0, 20).replaceAll(/\W+/g, "-")}.txt`;
  const { sha } = await box.github.control.commit({
    repository,
    branch: "main",
    message,
    author,
    files: { [path]: message },
  });
  return sha;
}
