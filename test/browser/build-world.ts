import { DEFERRED, BROKEN, CHECKED, OBSERVED, PLAIN, STOREFRONT } from "./policies.ts";
import type { Stage } from "./open-stage.ts";
import { createTools, OWNER, PEOPLE, type Tools } from "./world-tools.ts";

const HOUR = 3_600_000;
/** Where tests and pictures begin. */
export interface World {
  /** Tickets of the storefront, by what is wrong with them. */
  readonly tickets: {
    readonly withoutChecks: string;
    readonly inReview: string;
    readonly ready: string;
  };
  /** The commit that carries no ticket. */
  readonly unticketed: string;
  /** The head of the storefront's trunk. */
  readonly head: string;
  /** Where the long job turned red. */
  readonly red: string;
  /** What production is. */
  readonly live: string;
}

/** A shop that deploys a lot: repositories in every state there is. */
export async function buildWorld(stage: Stage): Promise<World> {
  const { control } = stage.box.github;
  await control.createUser({ login: "hubot", email: "hubot@example.com" });
  await control.createOrganisation({ login: OWNER });
  const world = createTools(stage);
  const storefront = await openStorefront(stage, world);
  await openOthers(stage, world);
  const finished = await finishStorefront(stage, world, storefront);
  await stage.tick("reconciliation");
  return finished;
}

type Begun = Pick<World, "red" | "live">;

const INTEGRATION = ["storefront", "enterprise.yml", "integration (postgres)"] as const;
const NIGHTLY = ["storefront", "search.yml", "nightly"] as const;
const MOBILE = ["storefront", "mobile.yml", "end-to-end"] as const;

/** Days ago: all green, a release, then work of several people, and one of the long jobs turns red. */
async function openStorefront(stage: Stage, tools: Tools): Promise<Begun> {
  const { ticket, merge, run, commit, release, repository } = tools;
  await repository("storefront", STOREFRONT, ["ci.yml", "enterprise.yml", "search.yml", "mobile.yml"]);
  for (const [name, workflow, job] of [INTEGRATION, NIGHTLY, MOBILE])
    await run(name, workflow, job, "success");
  for (const summary of ["Show opening hours", "Cache the menu", "Sort venues by distance"]) {
    await commit("storefront", `${ticket({ summary })}: ${summary}`, "monalisa");
    stage.pass(3 * HOUR);
    await run(...INTEGRATION, "success");
    await run(...NIGHTLY, "success");
  }
  const live = await commit("storefront", "MINOR: a release", "octocat");
  await release("storefront");
  stage.pass(8 * HOUR);
  const rounding = ticket({ summary: "Round prices to cents", risk: "medium: receipts change" });
  const red = await merge(
    "storefront",
    `${rounding}: Round prices to cents`,
    [`${rounding}: Round prices to cents`, `${rounding}: Round discounts, too`],
    "hubot",
  );
  await stage.quiet();
  await run(...INTEGRATION, "failure");
  await stage.tick("deadlines");
  stage.pass(30 * HOUR);
  await run(...NIGHTLY, "success");
  await run(...MOBILE, "success");
  stage.pass(10 * HOUR);
  await commit(
    "storefront",
    `${ticket({ type: "Task", summary: "Rotate the signing keys", project: "OPS" })}: Rotate the signing keys`,
    "octocat",
  );
  await run(...INTEGRATION, "failure");
  await run(...NIGHTLY, "failure");
  await stage.tick("deadlines");
  return { red, live };
}

/** The deadline of the first passes, the second counts down, and today's work is not finished. */
async function finishStorefront(
  stage: Stage,
  { ticket, merge, commit }: Tools,
  begun: Begun,
): Promise<World> {
  stage.pass(33 * HOUR);
  await stage.tick("deadlines");
  const repository = `${OWNER}/storefront`;
  const inReview = ticket({
    summary: "Charge in the currency of the venue",
    status: "In Review",
    checks: "",
  });
  await merge(
    "storefront",
    `${inReview}: Charge in the currency of the venue`,
    [
      `${inReview}: Read the venue's currency`,
      `${inReview}: Charge in it`,
      `${inReview}: Show it on the receipt`,
    ],
    "hubot",
  );
  const withoutChecks = ticket({ summary: "Courier map clusters pins", risk: "low, map only", checks: "" });
  await merge(
    "storefront",
    `${withoutChecks}: Courier map clusters pins`,
    [`${withoutChecks}: Cluster pins`],
    "octocat",
  );
  const unticketed = await commit("storefront", "Tune cache headers", "monalisa");
  const ready = ticket({ summary: "Retry webhooks with back-off", risk: "medium, queue depth on deploy" });
  await merge(
    "storefront",
    `${ready}: Retry webhooks with back-off`,
    [`${ready}: Back off`, `${ready}: Give up after a day`],
    "octocat",
  );
  const checkout = ticket({ summary: "New checkout" });
  const reverted = await commit("storefront", `${checkout}: New checkout`, "monalisa");
  await commit(
    "storefront",
    `Revert "${checkout}: New checkout"\n\nThis reverts commit ${reverted}.`,
    "octocat",
  );
  const head = await commit("storefront", "MINOR: spelling", "hubot");
  await control(stage).finishWorkflowRun({
    repository,
    sha: "main",
    workflow: "ci.yml",
    branch: "main",
    jobs: [
      { name: "unit (node)", conclusion: "success" },
      { name: "unit (browser)", conclusion: null },
    ],
  });
  await stage.quiet();
  return { tickets: { withoutChecks, inReview, ready }, unticketed, head, ...begun };
}

/** One repository for every other state, most of them quiet. */
async function openOthers(stage: Stage, { ticket, commit, run, release, repository }: Tools): Promise<void> {
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
  const { number } = await control(stage).openIssue({
    repository: `${OWNER}/mobile`,
    title: "Payments are failing",
  });
  await control(stage).comment({
    repository: `${OWNER}/mobile`,
    number,
    body: "/holdpoint halt because payments are failing since noon",
    by: PEOPLE.writer,
  });
  await stage.quiet();

  await repository("backoffice", OBSERVED);
  await commit("backoffice", "Export all orders", "hubot");
  await repository("website", null);
  await repository("legacy", BROKEN);
  await stage.quiet();
}

function control(stage: Stage): Stage["box"]["github"]["control"] {
  return stage.box.github.control;
}
