import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test("one whole report: what is wrong and who can mend it, what goes out, where it is known from", async () => {
  const repo = await shop.repository();
  const { control } = shop.box.github;
  const ready = shop.ticket({ summary: "Charge in euros", risk: "Low: only new venues" });
  const early = shop.ticket({
    summary: "Round | up `all` prices @acme/all",
    status: "In Review",
    checks: "",
  });
  const { number } = await repo.open({
    title: `${ready}: Charge in euros`,
    branch: "euros",
    author: "monalisa",
  });
  const { sha: merged } = await control.mergePullRequest({
    repository: repo.name,
    number,
    method: "squash",
    by: "monalisa",
  });
  const rounded = await repo.commit(`${early}: Round up\n\nAs in OPS-7.`, { author: "hubot" });
  const plain = await repo.commit("Tune <b>cache</b> headers, closes #1");
  const undone = await repo.commit("Try something");
  const undo = await repo.commit(`Revert "Try something"\n\nThis reverts commit ${undone}.`);
  const sha = await repo.commit("PLAY-9999: Ship it", { author: "hubot" });

  const link = (of: string): string =>
    `[\`${of.slice(0, 7)}\`](<${shop.box.githubUrl}/${repo.name}/commit/${of}>)`;
  const browse = (key: string): string => `[\`${key}\`](<${shop.box.jiraUrl}/browse/${key}>)`;
  const report = await repo.report(sha);
  expect(report?.conclusion).toBe("failure");
  expect(report?.title).toBe(
    "1 commit without ticket; 1 ticket not found or not visible to Holdpoint; 1 ticket lacks “Post-deploy checks”; 1 ticket in status “In Review”",
  );
  expect(report?.summary).toBe(
    `
**Held: 4 problems.** \`production\` would get 6 commits with 3 tickets.

- **1 commit without ticket: \`${plain.slice(0, 7)}\`**
  Put the ticket's key at the start of the pull request's title; that counts after the merge too.
  By \`octocat\`.
- **1 ticket not found or not visible to Holdpoint: \`PLAY-9999\`**
  Correct the key in the pull request's title, or let Holdpoint's Jira user see the project.
  By \`hubot\`.
- **1 ticket lacks “Post-deploy checks”: \`${early}\`**
  Fill in the field in Jira, then press “Check again” if Holdpoint has not looked by itself.
  By \`hubot\`.
- **1 ticket in status “In Review”: \`${early}\`**
  Move the tickets on in Jira, or take their work out of this deploy.
  By \`hubot\`.
`.trim(),
  );
  const [text = "", below = ""] = (report?.text ?? "").split("\n\nFacts read at ");
  expect(text).toBe(
    `
### Without ticket

- ${link(plain)} \`Tune <b>cache</b> headers, closes #1\` by \`octocat\`

### What goes out

- ${browse(ready)} \`Charge in euros\` – \`Story\`, \`Ready to deploy\`
  - Risk assessment: \`Low: only new venues\`
  - Post-deploy checks: \`place an order\`
  - ${link(merged)} \`${ready}: Charge in euros (#1)\` by \`monalisa\`, [\`#1\`](<https://github.com/${repo.name}/pull/1>)
- ${browse(early)} \`\` Round | up \`all\` prices @acme/all \`\` – \`Story\`, \`In Review\`
  - Risk assessment: \`low\`
  - Post-deploy checks: **empty**
  - ${link(rounded)} \`${early}: Round up\` by \`hubot\`
- \`PLAY-9999\` not found or not visible to Holdpoint
  - ${link(sha)} \`PLAY-9999: Ship it\` by \`hubot\`

### Taken back

- ${link(undo)} \`Revert "Try something"\` by \`octocat\` takes back ${link(undone)} \`Try something\` by \`octocat\`

### Needs no ticket

- 1 commit: taken back again
- 1 commit: reverts

### Where this comes from

- \`${sha.slice(0, 7)}\` compared with \`production\` at \`${repo.first.slice(0, 7)}\`.
- \`mode: enforce, on_unknown: hold\`
- Jira answered for 3 of 3 tickets.
- Passed: \`not-a-rollback\`, \`required-checks\`, \`ticket-complete\`.
`.trim(),
  );
  expect(below.replace(/^`[0-9 :-]+ UTC`/, "`then`")).toBe(`\`then\`, policy at \`${sha.slice(0, 7)}\`.`);
});
