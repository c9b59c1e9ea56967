import { BROKEN, CHECKED, DEFERRED, OBSERVED, PLAIN } from "./policies.ts";
import type { Stage } from "./open-stage.ts";
import { OWNER, PEOPLE, type Tools } from "./world-tools.ts";

const HOUR = 3_600_000;

/** One repository for every other state, most of them quiet. */
export async function openOthers(
  stage: Stage,
  { ticket, commit, run, release, repository }: Tools,
): Promise<void> {
  await repository("checkout", PLAIN);
  await commit("checkout", `${ticket({ summary: "Split the bill" })}: Split the bill`, "monalisa");
  await commit("checkout", `${ticket({ summary: "Tip in per cent" })}: Tip in per cent`, "hubot");
  await stage.quiet();

  await repository("couriers", DEFERRED, ["routes.yml"]);
  await run("couriers", "routes.yml", "plan (city)", "success");
  await commit(
    "couriers",
    `${ticket({ summary: "Plan around closed roads" })}: Plan around closed roads`,
    "hubot",
  );
  await run("couriers", "routes.yml", "plan (city)", "failure");
  await stage.tick("deadlines");

  await repository("search", DEFERRED, ["routes.yml"]);
  await run("search", "routes.yml", "plan (index)", "success");
  await commit("search", `${ticket({ summary: "Index allergens" })}: Index allergens`, "monalisa");
  await run("search", "routes.yml", "plan (index)", "failure");
  await stage.tick("deadlines");
  stage.pass(4 * HOUR);
  await commit("search", `${ticket({ summary: "Mend the index" })}: Mend the index`, "monalisa");
  await run("search", "routes.yml", "plan (index)", "success");
  await release("search");

  await repository("receipts", CHECKED, ["ci.yml"]);
  await commit("receipts", `${ticket({ summary: "Print allergens" })}: Print allergens`, "octocat");
  await run("receipts", "ci.yml", "unit (all)", null);

  await repository("mobile", PLAIN);
  await commit("mobile", `${ticket({ summary: "Dark mode" })}: Dark mode`, "monalisa");
  const { number } = await stage.box.github.control.openIssue({
    repository: `${OWNER}/mobile`,
    title: "Payments are failing",
  });
  await stage.box.github.control.comment({
    repository: `${OWNER}/mobile`,
    number,
    body: "/holdpoint halt because payments are failing since noon",
    by: PEOPLE.writer,
  });
  await stage.quiet();

  await repository("backoffice", OBSERVED);
  await commit("backoffice", "Export all orders", "hubot");
  await openWebsite(stage, { ticket, commit, run, repository });
  await repository("legacy", BROKEN);
  await stage.quiet();
}

/** Without a policy, and with everything that one could be written from. */
async function openWebsite(
  stage: Stage,
  { ticket, commit, run, repository }: Pick<Tools, "ticket" | "commit" | "run" | "repository">,
): Promise<void> {
  await repository("website", null, ["ci.yml", "browsers.yml"]);
  const work = ["Translate the menu", "Show allergens", "Pay by link", "Open on Sundays", "Sort by rating"];
  for (const [index, summary] of work.entries()) {
    const key = ticket({ summary, ...(index % 2 === 0 ? {} : { checks: "" }) });
    await commit("website", index === 3 ? summary : `${key}: ${summary}`, index < 3 ? "monalisa" : "hubot");
    await run("website", "ci.yml", "unit", "success");
    await run("website", "browsers.yml", "browsers (all)", index === 2 ? "failure" : "success");
  }
  const deployed = { repository: `${OWNER}/website`, environment: "production", sha: "main" };
  await stage.box.github.control.deploy({ ...deployed, by: PEOPLE.admin });
  await commit("website", `${ticket({ summary: "Book a table" })}: Book a table`, "octocat");
  await stage.quiet();
}
