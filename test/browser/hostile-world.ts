import type { Stage } from "./open-stage.ts";
import { OWNER, PEOPLE } from "./world-tools.ts";

/** Whatever of it ever runs, sets `window.__canary` or opens a dialog; whatever is ever loaded asks a stranger. */
export const TEXTS = [
  "<script>window.__canary='script'</script>",
  "<img src=x onerror=window.__canary='img'>",
  "\"><svg onload=window.__canary='svg'>",
  "'><details open ontoggle=window.__canary='toggle'>",
  "</textarea></title></style><script>window.__canary='closed'</script>",
  "<b hx-get=/operations hx-trigger=load hx-on:load=window.__canary='htmx'>",
  "<iframe srcdoc=\"<script>parent.__canary='frame'</script>\"></iframe>",
  "<a href=javascript:window.__canary='link'>link</a>",
  "[link](javascript:window.__canary='markdown') ![x](https://stranger.example/x.png)",
  "<style>@import 'https://stranger.example/x.css'</style><base href=https://stranger.example/>",
  "<meta http-equiv=refresh content='0;url=https://stranger.example/'>",
  "@acme/everyone &#64;acme &commat;acme #1 Fixes #1 GH-1 <!-- holdpoint -->",
  "\u202Etxt.exe\u2066 \u200B\u200Dzero\uFEFF width \u0007\u001B[31mred",
] as const;

const HOSTILE = TEXTS.join(" ");
/** YAML's own quotes, so that the text comes through as it is. */
const IN_YAML = JSON.stringify(HOSTILE.replaceAll(/[^\x20-\x7e]/g, "").slice(0, 100));

const POLICY = `
deploy:
  environments:
    "<img src=x onerror=window.__canary='environment'>": { base: { branch: production } }
tickets:
  projects: [PLAY]
  statuses: ["Ready to deploy"]
  fields: [{ name: "Risk assessment" }, { name: "Post-deploy checks" }]
deferred:
  checks:
    - name: ${IN_YAML}
      match: { workflow: "long.yml", job: "<img*" }
override: { allow: { permission: admin } }
`;

export interface HostileWorld {
  readonly repository: string;
  readonly head: string;
  readonly ticket: string;
}

/** A repository in which everything that anybody may write is hostile. */
export async function buildHostileWorld(stage: Stage): Promise<HostileWorld> {
  const { control } = stage.box.github;
  const name = `${OWNER}/hostile`;
  await control.createOrganisation({ login: OWNER });
  await control.createRepository({
    owner: OWNER,
    name: "hostile",
    files: { ".github/holdpoint.yml": POLICY, ".github/workflows/long.yml": "on: push\njobs: {}\n" },
  });
  await control.setPermission({ repository: name, login: PEOPLE.admin, role: "admin" });
  await control.setPermission({ repository: name, login: PEOPLE.writer, role: "write" });
  await control.createBranch({ repository: name, branch: "production", from: "main" });
  const job = "<img src=x onerror=window.__canary='job'>";
  await control.finishWorkflowRun({
    repository: name,
    sha: "main",
    workflow: "long.yml",
    jobs: [{ name: job, conclusion: "success" }],
  });
  const { key } = stage.box.jira.createIssue({
    project: "PLAY",
    type: "Story",
    summary: HOSTILE.slice(0, 250),
    status: "In Review",
    fields: { "Risk assessment": HOSTILE },
  });
  const branch = "work\"><svg/onload=window.__canary='branch'>";
  const author = { name: HOSTILE.replaceAll(/[<>\p{Cc}]/gu, "").slice(0, 200), email: "x@example.com" };
  const commit = { repository: name, branch, author, from: "main" };
  await control.commit({ ...commit, message: `${key}: ${HOSTILE}\n\n${HOSTILE}`, files: { "a.txt": "1\n" } });
  const { number } = await control.openPullRequest({
    repository: name,
    head: branch,
    title: `${key}: ${HOSTILE}`.slice(0, 250),
    by: PEOPLE.writer,
  });
  await control.mergePullRequest({ repository: name, number, by: PEOPLE.writer });
  for (const [index, message] of TEXTS.entries()) {
    const files = { [`<img src=x onerror=window.__canary='file'>-${index}.txt`]: "1\n" };
    await control.commit({ repository: name, branch: "main", author, message, files });
  }
  const { sha } = await control.commit({
    repository: name,
    branch: "main",
    author: "hubot",
    message: `Revert "${TEXTS[0]}"`,
    files: { "b.txt": "1\n" },
  });
  await stage.quiet();
  await control.finishWorkflowRun({
    repository: name,
    sha: "main",
    workflow: "long.yml",
    jobs: [{ name: job, conclusion: "failure" }],
  });
  await stage.quiet();
  const { number: issue } = await control.openIssue({ repository: name, title: HOSTILE.slice(0, 250) });
  const body = `/holdpoint halt because ${TEXTS.slice(0, 8).join(" ")}`;
  await control.comment({ repository: name, number: issue, body, by: PEOPLE.writer });
  await stage.quiet();
  stage.pass(80 * 3_600_000);
  await stage.tick("deadlines");
  return { repository: "hostile", head: sha, ticket: key };
}
